/** The site: `npm run site`. VitePress fails the build for a dead link; search and dark mode are its own. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { siteLink } from "../links.ts";
import { SECTIONS } from "../pages.ts";

const DOCS = fileURLToPath(new URL("../../docs", import.meta.url));

const resolved = (name: string): string => fileURLToPath(import.meta.resolve(name));

/** `0008-type-contract.md` → its first heading */
const decisions = readdirSync(`${DOCS}/decisions`)
  .filter((name) => name.endsWith(".md"))
  .sort()
  .map((name) => ({
    text: /^# (.+)$/m.exec(readFileSync(`${DOCS}/decisions/${name}`, "utf8"))?.[1] ?? name,
    link: `/decisions/${name.replace(/\.md$/, "")}`,
  }));

export default defineConfig({
  title: "Gatewright",
  description: "Review changes to AWS API Gateway in the pull request; apply them with a comment.",
  srcDir: DOCS,
  outDir: fileURLToPath(new URL("../dist", import.meta.url)),
  cleanUrls: true,
  // docs/ has no node_modules of its own, nor above it.
  vite: {
    resolve: {
      alias: [
        { find: /^vue\/server-renderer$/, replacement: resolved("vue/server-renderer") },
        { find: /^vue$/, replacement: resolved("vue/dist/vue.runtime.esm-bundler.js") },
      ],
    },
  },
  markdown: {
    config: (md) => {
      // Documents are not Vue templates: {{ }} is text.
      md.renderer.rules.text = (tokens, index) =>
        md.utils.escapeHtml(tokens[index]?.content ?? "").replaceAll("{{", "&#123;&#123;");
      md.renderer.rules.code_inline = (tokens, index) =>
        `<code v-pre>${md.utils.escapeHtml(tokens[index]?.content ?? "")}</code>`;
      md.core.ruler.push("repository-links", ({ tokens, env }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const link = token.type === "link_open" ? token.attrGet("href") : null;
          if (link !== null) token.attrSet("href", siteLink(env.relativePath ?? "", link));
        }
      });
    },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Getting started", link: "/getting-started" },
      { text: "Spec", link: "/spec" },
      { text: "GitHub", link: "https://github.com/gatewright/gatewright" },
    ],
    sidebar: [
      ...SECTIONS.map(({ text, pages }) => ({
        text,
        items: pages.map(([title, page]) => ({ text: title, link: `/${page}` })),
      })),
      { text: "Decisions", collapsed: true, items: decisions },
    ],
    editLink: { pattern: "https://github.com/gatewright/gatewright/edit/main/docs/:path" },
  },
});
