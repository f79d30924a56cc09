/** The examples of all types, in the order of their files: `ApiGatewayV2/Api.ts` has that of ApiGatewayV2::Api. */
import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { TypeExample, TypeLife } from "./example.ts";

async function exampleIn(file: string): Promise<TypeExample> {
  const path = pathToFileURL(join(import.meta.dirname, file)).href;
  // The one place where it is believed that a file beside this one has an example.
  const { example } = (await import(path)) as { readonly example: TypeExample };
  return example;
}

export const examples: readonly TypeExample[] = await Promise.all(
  globSync("*/*.ts", { cwd: import.meta.dirname })
    .toSorted()
    .map(exampleIn),
);

export const lives: readonly TypeLife[] = examples.flatMap(livesOf);

export function livesOf({ type, lives }: TypeExample): readonly TypeLife[] {
  return lives.map((life) => ({ type, ...life }));
}
