import { describe, expect, it } from "vitest";
import { readArguments } from "../../../src/cli/arguments.ts";
import { COMMANDS, type CommandName } from "../../../src/cli/definitions.ts";
import { help } from "../../../src/cli/help.ts";

const names = Object.keys(COMMANDS) as CommandName[];

describe("help", () => {
  it("names every command", () => {
    for (const name of names) expect(help(undefined)).toContain(`  ${name} `);
  });

  it("reads well", () => {
    expect(help("list")).toMatchInlineSnapshot(`
      "A table per resource type with name, owner, live properties and tags, then a summary.

      Usage: gatewright list [dir] [options]

      Options:
        -t, --type GROUP::TYPE   only this resource type
        -s, --stage STAGE        stage to work on (default: dev)
            --region REGION      AWS region (default: the stage's settings, AWS_REGION, AWS_DEFAULT_REGION, AWS profile)
            --spec FILE          spec file inside the directory (default: resources.js, .mjs, .ts, .cjs, .mts or .cts)
            --untracked          also read files that git does not track, such as built code
            --project-name NAME  value of the gc-project-name tag (default: config.js, package.json)
            --verbose            show every property of a plan
            --no-color           no colors (also: NO_COLOR, or not a terminal)
        -h, --help               show help
            --account ID         refuse credentials for any other AWS account
            --endpoint URL       AWS endpoint instead of Amazon's (default: AWS_ENDPOINT_URL)

      Examples:
        gatewright list                               everything in the stack
        gatewright list -t ApiGatewayV2::Integration  one type
      "
    `);
  });

  it.each(names)("%s has examples that are accepted as they stand", (name) => {
    const { examples } = COMMANDS[name];
    expect(examples.length).toBeGreaterThan(0);
    for (const [line] of examples) {
      expect(help(name)).toContain(line);
      const words = line.replace(/ > .*/, "").split(" ");
      expect(words[0]).toBe("gatewright");
      expect(readArguments(words.slice(1))).toMatchObject({ kind: "run", invocation: { command: name } });
    }
  });
});
