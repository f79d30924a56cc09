/**
 * `node scripts/type-costs.ts`: the files and lines that were written by hand for each resource type, for decision 9. One rule for
 * all: a file is the type's whose name it or its folder has (`route/key.ts`, `routes.test.ts`); every other file of a service is
 * shared by the service's types in equal parts.
 */
import { globSync, readFileSync } from "node:fs";
import { resourceTypes } from "../src/resources/registry.ts";

/** The fake's folders that are not called as the group is. */
const FAKES: Readonly<Record<string, string>> = {
  CloudWatchEvents: "events",
  CloudWatchLogs: "logs",
  CognitoIdentityServiceProvider: "cognito",
  StepFunctions: "states",
};

const PARTS = ["source", "unit tests", "example", "fake", "fake's tests"] as const;
type Part = (typeof PARTS)[number];

interface HandWritten {
  readonly part: Part;
  /** What the file or its folder is called, below the service's folder: `apimappings`. */
  readonly name: string;
  readonly lines: number;
}

interface Cost {
  readonly type: string;
  readonly files: number;
  readonly lines: number;
  readonly parts: Readonly<Record<Part, number>>;
}

function filesOf(group: string): readonly HandWritten[] {
  const fake = `test/fakes/aws/${FAKES[group] ?? group.toLowerCase()}`;
  const folders: readonly (readonly [string, Part, Part])[] = [
    [`src/resources/${group}`, "source", "source"],
    [`test/unit/resources/${group}`, "unit tests", "unit tests"],
    [`test/type-examples/${group}`, "example", "example"],
    [fake, "fake", "fake's tests"],
  ];
  return folders.flatMap(([folder, part, tests]) =>
    globSync(`${folder}/**/*.ts`).map((file) => ({
      part: file.endsWith(".test.ts") ? tests : part,
      name: plain(file.slice(folder.length + 1)),
      lines: readFileSync(file, "utf8").split("\n").length - 1,
    })),
  );
}

/** `api-mappings.test.ts` → `apimappings`, `route/key.ts` → `route` */
function plain(path: string): string {
  return (path.split(/[/.]/)[0] ?? "").replaceAll("-", "").toLowerCase();
}

/** The type that a file is called after: of `Api` and `ApiMapping`, the longer one. `policies` is of `Policy`. */
function typeOf(name: string, types: readonly string[]): string | undefined {
  return types
    .filter((type) => {
      const called = plain(type.split("::")[1] ?? "");
      return name.startsWith(called) || name.startsWith(`${called.replace(/y$/, "")}ies`);
    })
    .toSorted((one, other) => other.length - one.length)[0];
}

function costsOf(group: string, types: readonly string[]): readonly Cost[] {
  const files = filesOf(group).map((file) => ({ ...file, of: typeOf(file.name, types) }));
  return types.map((type) => {
    const parts = { source: 0, "unit tests": 0, example: 0, fake: 0, "fake's tests": 0 };
    let count = 0;
    for (const { part, lines, of } of files) {
      const share = of === undefined ? 1 / types.length : of === type ? 1 : 0;
      parts[part] += lines * share;
      count += share;
    }
    return { type, files: count, lines: Object.values(parts).reduce((sum, one) => sum + one, 0), parts };
  });
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
};

const groups = Map.groupBy(resourceTypes.keys(), (type) => type.split("::")[0] ?? "");
const costs = [...groups].flatMap(([group, types]) => costsOf(group, types));
const row = (cells: readonly (string | number)[]): void =>
  void process.stdout.write(
    `| ${cells.map((cell) => (typeof cell === "number" ? Math.round(cell) : cell)).join(" | ")} |\n`,
  );
row(["type", "files", "lines", ...PARTS]);
row(["---", ...["files", "lines", ...PARTS].map(() => "---:")]);
for (const { type, files, lines, parts } of costs.toSorted((one, other) => one.lines - other.lines))
  row([`\`${type}\``, files.toFixed(1), lines, ...PARTS.map((part) => parts[part])]);
const total = (of: (cost: Cost) => number): number => costs.reduce((sum, cost) => sum + of(cost), 0);
row([
  `**median of ${costs.length}**`,
  median(costs.map(({ files }) => files)).toFixed(1),
  median(costs.map(({ lines }) => lines)),
  ...PARTS.map((part) => median(costs.map(({ parts }) => parts[part]))),
]);
row([
  "all",
  total(({ files }) => files),
  total(({ lines }) => lines),
  ...PARTS.map((part) => total(({ parts }) => parts[part])),
]);
