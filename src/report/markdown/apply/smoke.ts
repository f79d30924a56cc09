/** The smoke test in an apply comment. */
import { type ApplyResult, failedSmoke, type SmokeCall } from "../../../model/apply.ts";
import { duration } from "../../../text/duration.ts";
import { codeSpan, fence } from "../../../text/escape.ts";
import { prose } from "../../../text/prose.ts";
import { alertBox } from "../alert-box.ts";
import { addressLink } from "../links.ts";

/** What failed in a box, what passed in a line. */
export function smokeBlocks(result: Pick<ApplyResult, "smoke">, stage: string): readonly string[] {
  const failed = failedSmoke(result);
  const passed = (result.smoke ?? []).filter((call) => call.passed);
  return [
    ...(failed.length === 0
      ? []
      : [
          alertBox("CAUTION", failed.map(failedLine)),
          `What was applied is in AWS. To plan the way back to the commit that was deployed before, comment:\n\n${fence("", [`/rollback -s ${stage}`])}`,
        ]),
    ...(passed.length === 0 ? [] : [`🩺 ${passed.map(passedText).join(", ")}`]),
  ];
}

function failedLine({ call, url, found }: SmokeCall): string {
  const where = url === undefined ? "" : ` (${addressLink(url)})`;
  return `**The smoke test failed:** ${codeSpan(call, 160)}${where}: ${prose(found, { max: 300 })}`;
}

function passedText({ call, found, durationMs }: SmokeCall): string {
  return `${codeSpan(call, 100)} ${prose(found, { max: 100 })} in ${duration(durationMs)}`;
}
