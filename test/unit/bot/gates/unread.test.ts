import { describe, expect, it } from "vitest";
import { gatherFacts } from "../../../../bot/gates/facts/gather.ts";
import type { Facts } from "../../../../bot/gates/facts/facts.ts";
import { decideGates } from "../../../../bot/gates/gates.ts";
import { createRequest } from "../../../../src/github/client.ts";
import type { GateName } from "../../../../src/model/gate.ts";
import { createFakeClock } from "../../../fakes/clock.ts";
import { httpError } from "../../github/memory-github.ts";
import { PULL } from "./pull.ts";

/** The gate's next step when GitHub answers every request like this. */
async function nextStep(gate: GateName, status: number, said: string): Promise<string | undefined> {
  const clock = createFakeClock();
  const send = async () => {
    throw httpError(status, said);
  };
  const request = createRequest(send, { audience: "app", clock });
  const repository = { id: 1, owner: "acme", name: "shop", defaultBranch: "main" };
  const options = { login: "ana", appSlug: "gatewright", ignore: [], allowed: ["acme/deployers"] };
  const found = await gatherFacts(request, repository, PULL, options);
  const facts: Facts = { ...found, command: "apply", lock: undefined, now: new Date(0) };
  return decideGates([gate], facts).gates[0]?.next;
}

describe("a gate that cannot be read", () => {
  it.each([
    ["checks", /`checks: read`|`statuses: read`/],
    ["approved", /`pull_requests: read`/],
    ["up-to-date", /`contents: read`/],
    ["permission", /`metadata: read`/],
  ] as const)("%s names the permission that the App lacks", async (gate, permission) => {
    expect(await nextStep(gate, 403, "Resource not accessible by integration")).toMatch(permission);
  });

  it.each(["checks", "approved", "up-to-date", "permission"] as const)(
    "%s says to try again when GitHub is ill",
    async (gate) => {
      expect(await nextStep(gate, 502, "Bad Gateway")).toBe("Send the command again in a minute.");
    },
  );
});
