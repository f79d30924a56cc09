import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

interface Source {
  /** Relative to the repository, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function sources(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => {
      const path = join(folder, name).replaceAll("\\", "/");
      const text = readFileSync(join(root, path), "utf8");
      const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, specifier]) =>
        relative(root, resolve(root, dirname(path), specifier ?? "")).replaceAll("\\", "/"),
      );
      return { path, text, imports };
    });
}

const all = [...sources("src"), ...sources("bot")];

/** The part of the house a file is in: `src/plan`, or the file itself for those directly in src. */
function part(path: string): string {
  const [top, folder, ...rest] = path.split("/");
  if (top === "bot") return "bot";
  return rest.length === 0 ? `${top}/${folder}` : `${top}/${folder}`;
}

/** What each part may import, beside itself and the leaves. docs/architecture.md draws it. */
const LEAVES = [
  "src/model/errors.ts",
  "src/model/values.ts",
  "src/model/version.ts",
  "src/model/reference-marker.ts",
  "src/text/nearest.ts",
];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "src/aws": ["src/resources/type.ts"],
  "src/source": [],
  "src/resources": ["src/aws"],
  "src/spec": ["src/resources", "src/source"],
  "src/live": ["src/resources", "src/aws"],
  "src/plan": ["src/engine/read/observed.ts", "src/resources", "src/aws/tags.ts", "src/spec/types.ts"],
  "src/apply": ["src/plan", "src/engine/read/observed.ts", "src/resources", "src/aws", "src/spec/types.ts"],
  "src/engine/verbs.ts": [
    "src/apply",
    "src/plan",
    "src/live",
    "src/spec",
    "src/resources",
    "src/aws",
    "src/source",
  ],
};

/** Parts that see data types of the engine only. */
const DATA_ONLY = ["src/render", "src/github"];

describe("the arrows of the house", () => {
  it.each(Object.entries(ALLOWED))("%s imports only what stands below it", (name, allowed) => {
    const wrong = all
      .filter(({ path }) => part(path) === name)
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => part(target) !== name && !LEAVES.includes(target))
          .filter((target) => !allowed.some((one) => target === one || target.startsWith(`${one}/`)))
          .map((target) => `${path} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it.each(DATA_ONLY)("%s sees only data types of the engine", (name) => {
    const wrong = all
      .filter(({ path }) => part(path) === name)
      .flatMap(({ path, text }) =>
        [...text.matchAll(/import\s+(type\s+)?([^;]*?)\s+from\s+"(\.[^"]+)"/g)]
          .map(([, type, what, specifier]) => ({
            type,
            what,
            target: relative(root, resolve(root, dirname(path), specifier ?? "")),
          }))
          .filter(
            ({ target }) =>
              part(target) !== name && !LEAVES.includes(target) && !DATA_ONLY.includes(part(target)),
          )
          .filter(({ type, target }) => type === undefined && !target.endsWith("/types.ts"))
          .map(({ target }) => `${path} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it("lets bot/ see nothing of src/ but its public face, and nothing see bot/", () => {
    const wrong = all.flatMap(({ path, imports }) =>
      imports
        .filter((target) =>
          part(path) === "bot"
            ? target.startsWith("src/") && target !== "src/index.ts"
            : target.startsWith("bot/"),
        )
        .map((target) => `${path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("has no circles, not even of types or of what is loaded later", () => {
    const arrows = new Map(all.map(({ path, imports }) => [path, imports]));
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) {
        circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
        return;
      }
      if (done.has(path)) return;
      for (const next of arrows.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of arrows.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });
});

describe("the files of the house", () => {
  it("are small: a median below 100 lines, none above 300 without a reason in its first comment", () => {
    const lengths = all
      .map(({ path, text }) => ({ path, lines: text.split("\n").length, text }))
      .sort((one, other) => one.lines - other.lines);
    expect(lengths[Math.floor(lengths.length / 2)]?.lines).toBeLessThan(100);
    const long = lengths.filter(
      ({ lines, text }) => lines > 300 && !/\blong because\b/i.test(text.slice(0, 1500)),
    );
    expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  it("hold no barrel but src/index.ts", () => {
    const barrels = all.filter(({ path, text }) => path !== "src/index.ts" && /^export \* from/m.test(text));
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });
});
