/** What must not be sent twice is declared, never guessed from an operation's name. */
import { describe, expect, it } from "vitest";
import { apiGateway } from "../../src/resources/ApiGatewayV2/service.ts";
import { logs } from "../../src/resources/CloudWatchLogs/service.ts";
import { iam } from "../../src/resources/IAM/service.ts";
import { lambda } from "../../src/resources/Lambda/service.ts";
import { resourceTypes } from "../../src/resources/registry.ts";

const SERVICES: Readonly<Record<string, { readonly lookBeforeRepeating: readonly string[] }>> = {
  ApiGatewayV2: apiGateway,
  CloudWatchLogs: logs,
  IAM: iam,
  Lambda: lambda,
};

/** Operations whose names say that they add something: sent twice, they may add it twice. */
const ADDS = /^(Create|Add|Publish|Request|Register|Allocate|Import|Run|Start)/;

describe("an operation that adds something", () => {
  const types = [...resourceTypes.values()];

  it.each(types.map((type) => [type.type, type] as const))(
    "of %s is looked for before it is repeated",
    (name, type) => {
      const [group = ""] = name.split("::");
      const service = SERVICES[group];
      expect(service, `${group} is not in this test's list of services`).toBeDefined();
      const adding = (type.permissions?.write ?? []).filter((operation) => ADDS.test(operation));
      const undeclared = adding.filter(
        (operation) => service?.lookBeforeRepeating.includes(operation) !== true,
      );
      expect(undeclared).toEqual([]);
    },
  );

  it.each(Object.entries(SERVICES))(
    "that %s declares is one that a type calls",
    (group, { lookBeforeRepeating }) => {
      const called = types
        .filter(({ type }) => type.startsWith(`${group}::`))
        .flatMap(({ permissions }) => permissions?.write ?? []);
      expect(lookBeforeRepeating.filter((operation) => !called.includes(operation))).toEqual([]);
    },
  );
});
