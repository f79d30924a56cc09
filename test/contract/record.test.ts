/** `npm run record`, on the strict fake: its answers are the recorded ones, and nothing is ever left. */
import { describe, expect, it } from "vitest";
import { record } from "../../scripts/record/record.ts";
import { account } from "../fakes/aws/testing.ts";

const pause = async (): Promise<void> => undefined;

describe("npm run record", () => {
  it("finds no difference from the recorded rows, and leaves nothing", async () => {
    const clients = account({ consistency: { roleAssumable: 5, functionActive: 2 } });
    const before = clients.fake.keys();
    const { rows, differences, left } = await record(clients, "gatewright-record-1", pause);
    expect(differences).toEqual([]);
    expect(left).toEqual([]);
    expect(rows).toHaveLength(10);
    expect(clients.fake.keys()).toEqual(before);
  });

  it("says what differs", async () => {
    const clients = account();
    clients.logs.describeLogGroups = (async () => ({
      logGroups: [{ logGroupClass: "INFREQUENT_ACCESS" }],
    })) as never;
    const { differences } = await record(clients, "gatewright-record-1", pause);
    expect(differences).toContain('log-group-raw logGroupClass: "INFREQUENT_ACCESS", recorded "STANDARD"');
  });

  it.each(["CreateFunction", "GetRole", "UpdateApi"])("leaves nothing when %s fails", async (operation) => {
    const clients = account();
    const before = clients.fake.keys();
    clients.fake.faults.inject({ kind: "denied", operation });
    await expect(record(clients, "gatewright-record-1", pause)).rejects.toThrow();
    expect(clients.fake.keys()).toEqual(before);
  });
});
