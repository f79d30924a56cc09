/**
 * `node scripts/type-costs.ts`: the files and lines that were written by hand for a resource type, for decision 9. What the types of
 * a service share (its errors, its fake) counts in equal parts for each of them.
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

interface Cost {
  readonly files: number;
  readonly lines: number;
}

function costOf(group: string): Cost {
  const fake = FAKES[group] ?? group.toLowerCase();
  const files = [
    `src/resources/${group}`,
    `test/unit/resources/${group}`,
    `test/type-examples/${group}`,
    `test/fakes/aws/${fake}`,
  ].flatMap((folder) => globSync(`${folder}/**/*.ts`));
  const lines = files.map((file) => readFileSync(file, "utf8").split("\n").length - 1);
  return { files: files.length, lines: lines.reduce((sum, one) => sum + one, 0) };
}

const types = [...resourceTypes.keys()];
const groups = Map.groupBy(types, (type) => type.split("::")[0] ?? "");
const perType = [...groups].flatMap(([group, members]) => {
  const { files, lines } = costOf(group);
  process.stdout.write(
    `${group}: ${members.length} types, ${files} files, ${lines} lines, each ${Math.round(lines / members.length)}\n`,
  );
  return members.map(() => ({ files: files / members.length, lines: lines / members.length }));
});
const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
process.stdout.write(
  `median of ${types.length} types: ${median(perType.map(({ files }) => files)).toFixed(1)} files, ${Math.round(median(perType.map(({ lines }) => lines)))} lines\n`,
);
