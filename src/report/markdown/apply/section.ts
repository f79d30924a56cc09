/** One stack of an apply comment. */
import { counted, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import { type ApplyResult, failedSmoke } from "../../../model/apply.ts";
import type { StackFacts } from "../../../model/stack.ts";
import { alertBox } from "../alert-box.ts";
import type { ApplyReport, StackApply } from "../../apply-report.ts";
import { applyTable } from "./steps-table.ts";
import { type ResultView, viewResult } from "../../result-view.ts";
import { attentionFirst, type Step, stepsOf } from "../../steps.ts";
import { errorList } from "../error-list.ts";
import { codeSpan, fence } from "../../../text/escape.ts";
import { gateLines, nextStep } from "../gates.ts";
import { outputBlocks } from "./outputs.ts";
import { prose, sentenceProse } from "../../../text/prose.ts";
import { resourceInSentence } from "../resource-cell.ts";
import { smokeBlocks } from "./smoke.ts";
import { VOCABULARY } from "../../vocabulary.ts";
import { atMost } from "../../../text/words.ts";

export interface ApplyLevel {
  readonly rows: number;
  readonly boxes: number;
  readonly outputs: number;
  readonly sections: number;
}

/** The blocks of a section; join them with empty lines. */
export function applySection(
  stack: StackApply,
  report: ApplyReport,
  level: ApplyLevel,
  elsewhere: Markdown,
): readonly Markdown[] {
  switch (stack.state) {
    case "finished":
      return finished(stack.result, report, level, elsewhere);
    case "nothing":
      return [...failureOf(stack, report.stage), ...given(stack, stack.plan.stack, level)];
    case "refused":
      return refused(stack.gates);
    case "stopped":
      return [
        errorList(stack.errors, report.origin, Math.max(1, level.boxes * 2)),
        md`Nothing was changed in AWS.`,
      ];
    case "overtaken":
      return [
        md`${sentenceProse(stack.reason, { max: 200 })} Nothing was changed in AWS: the run of the newer commit includes this one.`,
      ];
    case "running":
      return [
        alertBox("NOTE", [
          md`This comment is updated while the run is in progress. \`/cancel\` stops it between two steps.`,
        ]),
        applyTable(attentionFirst(stepsOf(stack.plan, stack)), level.rows, elsewhere),
      ];
    case "queued":
      return [
        stack.behind === undefined ? md`Queued.` : md`Waiting for ${prose(stack.behind, { max: 200 })}.`,
      ];
  }
}

function finished(
  result: ApplyResult,
  report: ApplyReport,
  level: ApplyLevel,
  elsewhere: Markdown,
): readonly Markdown[] {
  const view = viewResult(result);
  const outputs = given(result, result.plan.stack, level);
  const done = applyTable(view.steps, level.rows, elsewhere);
  return [
    ...failureBox(view.failures, level.boxes),
    ...failureOf(result, report.stage),
    ...(result.succeeded ? [...outputs, done] : [done, ...remains(view, result, report), ...outputs]),
  ].filter((block) => block !== "");
}

type Ended = Pick<Extract<StackApply, { state: "nothing" }>, "outputs" | "callables" | "smoke">;

/** A smoke test that failed stands at the top, one that passed below the line that tries the stack out. */
function failureOf(ended: Ended, stage: string): readonly Markdown[] {
  return failedSmoke(ended).length === 0 ? [] : smokeBlocks(ended, stage);
}

function given(
  ended: Ended,
  { region, stage }: Pick<StackFacts, "region" | "stage">,
  level: ApplyLevel,
): readonly Markdown[] {
  const { outputs = [], callables = [] } = ended;
  const smoke = failedSmoke(ended).length === 0 ? smokeBlocks(ended, stage) : [];
  return outputBlocks({ outputs, callables, smoke, region }, level.outputs);
}

function failureBox(failed: readonly Step[], most: number): readonly Markdown[] {
  if (failed.length === 0) return [];
  const more = (left: number): Markdown => md`… and ${counted(left, "more failure")}.`;
  return [alertBox("CAUTION", atMost(most, failed, failure, more))];
}

function failure({ change, kind, error }: Step): Markdown {
  const { code = "unknown", message = "", hint, requestId } = error ?? {};
  return joinMarkdown(
    [
      md`**Not ${VOCABULARY[kind].done}:** ${resourceInSentence(change)}: ${codeSpan(code, 60)}: ${sentenceProse(message, { code: [change.key], max: 600 })}`,
      ...(hint === undefined ? [] : [md`*${prose(hint, { max: 400 })}*`]),
      ...(requestId === undefined ? [] : [md`<sub>request ${codeSpan(requestId, 80)}</sub>`]),
    ],
    " ",
  );
}

/** What is done, what is not, and how to continue. */
function remains(
  { done, notDone }: ResultView,
  result: ApplyResult,
  report: ApplyReport,
): readonly Markdown[] {
  const command = report.resume ?? (report.purpose === "destroy" ? "/destroy" : "/apply");
  const kept = done === "" ? "Nothing was changed." : "Completed changes are kept.";
  const how = result.cancelled ? "To continue, comment" : "Once the cause is fixed, continue with";
  return [
    md`**Done:** ${done === "" ? "nothing" : prose(done)}. **Not done:** ${prose(notDone)}. ${kept}`,
    md`${how}:\n\n${fence("", [command])}`,
  ];
}

function refused(gates: Parameters<typeof gateLines>[0]): readonly Markdown[] {
  const next = nextStep(gates);
  return [
    joinMarkdown(gateLines(gates), "\n"),
    md`Nothing was changed in AWS.`,
    ...(next === undefined ? [] : [md`**Next:** ${next}`]),
  ];
}
