/** What of a layer's folder no function would find: https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html */
import type { CodeFolder, Finding } from "../../../spec/type-rules.ts";
import { doubtful } from "../../findings.ts";

/** Packages in the root of the folder, and where their runtime looks for them. */
const PACKAGES = [
  { at: /^node_modules\//, what: "node_modules", into: "nodejs/node_modules", of: "Node.js" },
  { at: /^[^/]+\.dist-info\//, what: "Python packages", into: "python", of: "Python" },
];

export function inspectFolder({ what: folder, files }: CodeFolder): readonly Finding[] {
  return PACKAGES.filter(({ at }) => files.some((path) => at.test(path))).map(({ what, into, of }) =>
    doubtful(
      "LAYER_PATH",
      "LayerName",
      `${folder} has ${what} in its root, where ${of} does not look for packages of a layer`,
      `Move them to ${into} in it.`,
    ),
  );
}
