/** Links of documents that leave docs/ lead to files of the repository: on the site, to GitHub. Pure. */

const REPOSITORY = "https://github.com/gatewright/gatewright/blob/main";

/**
 * @param page the document, relative to docs/: `bot.md`, `decisions/0001-….md`
 * @returns the address on GitHub, or the link as it is
 */
export function siteLink(page: string, link: string): string {
  if (/^(?:[a-z]+:|#|\/)/i.test(link)) return link;
  const [path = "", heading] = link.split("#");
  const parts = ["docs", ...page.split("/").slice(0, -1)];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const isPage = parts[0] === "docs" && path.endsWith(".md");
  if (isPage) return link;
  return `${REPOSITORY}/${parts.join("/")}${heading === undefined ? "" : `#${heading}`}`;
}
