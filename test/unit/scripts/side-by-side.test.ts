/** What `npm test` runs beside each other. */
import { expect, test } from "vitest";
import { sideBySide } from "../../../scripts/side-by-side.ts";

test("a program's output and its exit code are given when it has ended", async () => {
  const { start } = sideBySide(process.cwd());
  expect(await start("bash", ["-c", "echo one; echo two >&2; exit 3"])).toEqual({
    status: 3,
    output: expect.stringMatching(/one\n|two\n/),
  });
  expect(await start("/nonexistent/program", [])).toMatchObject({ status: null });
});

test("programs that still run are ended, with what they have started; those that have ended are left alone", async () => {
  const { start, end } = sideBySide(process.cwd());
  expect(await start("true", [])).toMatchObject({ status: 0 });
  // The inner shell keeps the pipe open: it is closed only when both have ended.
  const running = start("bash", ["-c", "bash -c 'read < <(exec sleep 1000)' & wait"]);
  end();
  expect(await running).toMatchObject({ status: null });
  expect(end).not.toThrow();
});
