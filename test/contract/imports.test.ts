/** The rooms of the house and which of them may import which. docs/architecture.md draws the same arrows. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

interface Source {
  /** Relative to the repository, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

/** What may stand before a quoted relative path for it to be an import. */
const IMPORT = /(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;

function sources(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => {
      const path = join(folder, name).replaceAll("\\", "/");
      const text = readFileSync(join(root, path), "utf8");
      const imports = [...text.matchAll(IMPORT)].map(([, specifier]) =>
        relative(root, resolve(root, dirname(path), specifier ?? "")).replaceAll("\\", "/"),
      );
      return { path, text, imports };
    });
}

const all = [...sources("src"), ...sources("bot")];

/** `src/engine` for `src/engine/plan/diff.ts`; the file itself for the doors `src/main.ts`, `bot/bot.ts` … */
function room(path: string): string {
  return path.split("/").slice(0, 2).join("/");
}

const LOW = ["src/model", "src/text"];
const CORE = [
  ...LOW,
  "src/source",
  "src/settings",
  "src/spec",
  "src/aws",
  "src/resources",
  "src/engine",
  "src/report",
];
const SHARED = [...CORE, "src/github"];
const BELOW_GATES = [...SHARED, "bot/config", "bot/services", "bot/db", "bot/stacks"];
const BELOW_EVENTS = [...BELOW_GATES, "bot/gates", "bot/runs", "bot/reports", "bot/commands"];

/** What each room may import besides itself. A room that is not here fails the test: it has to find its place first. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/model": [],
  "src/text": ["src/model"],
  "src/source": LOW,
  "src/settings": [...LOW, "src/source"],
  "src/spec": [...LOW, "src/source"],
  "src/aws": LOW,
  "src/resources": [...LOW, "src/source", "src/spec", "src/aws"],
  "src/engine": [...LOW, "src/source", "src/spec", "src/aws", "src/resources"],
  "src/report": [...LOW, "src/source", "src/spec", "src/aws", "src/resources", "src/engine"],
  "src/github": LOW,
  "src/action": SHARED,
  "src/cli": SHARED,
  // The sandbox's first thread starts before the rest is loaded.
  "src/main.ts": ["src/model", "src/spec", "src/action"],
  "src/cli.ts": ["src/model", "src/cli"],
  "src/index.ts": SHARED,
  "bot/config": SHARED,
  "bot/services": SHARED,
  "bot/db": [...SHARED, "bot/config", "bot/services"],
  "bot/stacks": [...SHARED, "bot/config", "bot/services"],
  "bot/gates": BELOW_GATES,
  "bot/runs": [...BELOW_GATES, "bot/gates"],
  "bot/reports": [...BELOW_GATES, "bot/gates"],
  "bot/commands": [...BELOW_GATES, "bot/gates", "bot/runs", "bot/reports"],
  "bot/events": BELOW_EVENTS,
  "bot/http": [...BELOW_EVENTS, "bot/events"],
  "bot/workflow": [...BELOW_EVENTS, "bot/events"],
  "bot/bot.ts": [...BELOW_EVENTS, "bot/events", "bot/http"],
  "bot/main.ts": [...BELOW_EVENTS, "bot/http", "bot/bot.ts"],
};

/** Every path from a node back to itself that a depth-first walk meets, as text. */
function cyclesOf(arrows: ReadonlyMap<string, Iterable<string>>): readonly string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (node: string, trail: readonly string[]): void => {
    if (trail.includes(node)) {
      cycles.push([...trail.slice(trail.indexOf(node)), node].join(" → "));
      return;
    }
    if (done.has(node)) return;
    for (const next of arrows.get(node) ?? []) visit(next, [...trail, node]);
    done.add(node);
  };
  for (const node of arrows.keys()) visit(node, []);
  return cycles;
}

/** Lists of what the folders beside them hold: they import them all, and those use the contract in their own folder. */
const REGISTRIES = ["src/resources/types.ts", "src/resources/registry.ts"];

/** The arrows between folders, each folder with its own files only. */
function folderArrows(): ReadonlyMap<string, ReadonlySet<string>> {
  const folderOf = (path: string): string => (REGISTRIES.includes(path) ? path : dirname(path));
  const arrows = new Map<string, Set<string>>();
  for (const { path, imports } of all) {
    const from = folderOf(path);
    const to = arrows.get(from) ?? new Set<string>();
    arrows.set(from, to);
    for (const target of imports) if (folderOf(target) !== from) to.add(folderOf(target));
  }
  return arrows;
}

describe("the arrows of the house", () => {
  it("knows every room there is, and no other", () => {
    expect([...new Set(all.map(({ path }) => room(path)))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it.each(Object.entries(MAY_IMPORT))("%s imports only what stands below it", (name, below) => {
    const wrong = all
      .filter(({ path }) => room(path) === name)
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => room(target) !== name && !below.includes(room(target)))
          .map((target) => `${path} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it("has no cycle of files, not even of types or of what is loaded later", () => {
    expect(cyclesOf(new Map(all.map(({ path, imports }) => [path, imports])))).toEqual([]);
  });

  it("has no cycle of folders", () => {
    expect(cyclesOf(folderArrows())).toEqual([]);
  });
});

describe("the files of the house", () => {
  const lengths = all.map(({ path, text }) => ({ path, text, lines: text.split("\n").length }));

  it("are small: a median below 80 lines, none above 300 without a reason in its first comment", () => {
    const sorted = lengths.map(({ lines }) => lines).sort((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(80);
    const long = lengths.filter(
      ({ lines, text }) => lines > 300 && !/\blong because\b/i.test(text.slice(0, 1500)),
    );
    expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  it("share a folder with at most fifteen others", () => {
    const folders = Map.groupBy(all, ({ path }) => dirname(path));
    const full = [...folders].filter(([, files]) => files.length > 16);
    expect(full.map(([folder, files]) => `${folder}: ${files.length}`)).toEqual([]);
  });

  it("hold no barrel but src/index.ts", () => {
    const barrels = all.filter(({ path, text }) => path !== "src/index.ts" && /^export \* from/m.test(text));
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });

  it("are not all called index.ts: a name says what is inside", () => {
    const nameless = all.filter(({ path }) => basename(path) === "index.ts" && path !== "src/index.ts");
    expect(nameless.map(({ path }) => path)).toEqual([]);
  });
});
