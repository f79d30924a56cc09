/** Formats errors for the terminal. */
import { inertLog, visible } from "../../text/escape.ts";
import { placeText } from "../annotations.ts";
import type { ErrorView } from "../report.ts";
import { colorsFor } from "./colors.ts";
import { stackOf } from "../../model/errors.ts";

/** Shows the stack trace only for a bug in Gatewright (`errors` is undefined). Ends without a newline. */
export function terminalErrors(
  thrown: unknown,
  errors: readonly ErrorView[] | undefined,
  color: boolean,
): string {
  const colors = colorsFor(color);
  if (errors === undefined) {
    const stack = stackOf(thrown);
    const lines = stack.split("\n").map(visible).join("\n");
    const please = colors.dim("This is a bug in Gatewright: please report it with this text.");
    return inertLog(`${colors.red("INTERNAL")} ${lines}\n  ${please}`);
  }
  const shown = errors.map(({ code, message, hint, at }) => {
    const place = at === undefined ? "" : `${colors.dim(visible(placeText(at)))} `;
    const [first = "", ...rest] = message.split(/\r?\n/).map(visible);
    return [
      `${colors.red(`error ${code}`)} ${place}${first}`,
      ...rest.map((line) => `  ${line}`),
      ...(hint === undefined
        ? []
        : [`  ${colors.cyan("hint:")} ${hint.split(/\r?\n/).map(visible).join(" ")}`]),
    ].join("\n");
  });
  return inertLog(shown.join("\n"));
}
