import { expect, test } from "vitest";
import { groupId } from "../../../../bot/services/group.ts";

test("the same command or merge always has the same group, a UUID", () => {
  const id = groupId("command", 1, 1001);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(groupId("command", 1, 1001)).toBe(id);
});

test("another repository, comment, commit or stage is another group", () => {
  const ids = [
    groupId("command", 1, 1001),
    groupId("command", 11, 1),
    groupId("command", 1, 1002),
    groupId("merge", 1, "1001", "dev"),
    groupId("merge", 1, "1001", "prod"),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
