/** The smoke test in an apply comment. */
import { elapsed, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import { type ApplyResult, failedSmoke, type SmokeCall } from "../../../model/apply.ts";
import { previewPull } from "../../../model/stage.ts";
import { codeSpan, fence } from "../../../text/escape.ts";
import { prose } from "../../../text/prose.ts";
import { alertBox } from "../alert-box.ts";
import { addressLink } from "../../../text/link.ts";

/** What failed in a box, what passed in a line. */
export function smokeBlocks(result: Pick<ApplyResult, "smoke">, stage: string): readonly Markdown[] {
  const failed = failedSmoke(result);
  const passed = (result.smoke ?? []).filter((call) => call.passed);
  return [
    ...(failed.length === 0
      ? []
      : [
          alertBox("CAUTION", failed.map(failedLine)),
          previewPull(stage) !== undefined
            ? md`What was applied is in AWS. The next push, or \`/preview\`, applies again.`
            : md`What was applied is in AWS. To plan the way back to the commit that was deployed before, comment:\n\n${fence("", [`/rollback -s ${stage}`])}`,
        ]),
    ...(passed.length === 0 ? [] : [md`🩺 ${joinMarkdown(passed.map(passedText), ", ")}`]),
  ];
}

function failedLine({ call, url, found }: SmokeCall): Markdown {
  const where = url === undefined ? "" : md` (${addressLink(url)})`;
  return md`**The smoke test failed:** ${codeSpan(call, 160)}${where}: ${prose(found, { max: 300 })}`;
}

function passedText({ call, found, durationMs }: SmokeCall): Markdown {
  return md`${codeSpan(call, 100)} ${prose(found, { max: 100 })} in ${elapsed(durationMs)}`;
}
