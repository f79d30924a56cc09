/** The host's answers to the sandbox: which file a `require` gets, and which account this is. */
import { GatewrightError } from "../../../model/errors.ts";
import { normalisePath } from "../../../source/path.ts";
import type { SpecFiles } from "./files.ts";
import type { Answer, Question } from "../protocol.ts";
import { resolveRequire } from "./resolve.ts";
import type { EvaluateOptions } from "../types.ts";

/**
 * Limits the number of questions, because waiting for answers does not count as the spec's time and endless questions
 * would hang.
 */
const MAX_QUESTIONS = 2_000;

export interface Answers {
  answer(question: Question): Promise<Answer>;
  /** What the host refused, by the number the guest was given. */
  readonly refusals: readonly { readonly code: string; readonly message: string; readonly hint: string }[];
}

/** An answer that fails for a reason outside the spec (network, credentials) is thrown. */
export function makeAnswers({ directory, account }: EvaluateOptions, files: SpecFiles): Answers {
  const refusals: { code: string; message: string; hint: string }[] = [];
  const root = normalisePath(directory);
  let questions = 0;
  const refuse = (code: string, message: string, hint: string): Answer => {
    refusals.push({ code, message, hint });
    return { refused: { id: refusals.length - 1, code, message } };
  };
  const load = async (specifier: string, from: string): Promise<Answer> => {
    const resolution = resolveRequire(specifier, from, root);
    if ("builtin" in resolution) return { loaded: resolution };
    if ("refused" in resolution) {
      const { code, message, hint } = resolution.refused;
      return refuse(code, message, hint);
    }
    const { candidates, within } = resolution;
    for (const path of candidates) {
      try {
        const text = await files.read(path, within);
        if (text !== undefined) return { loaded: { path, text } };
      } catch (error) {
        if (!(error instanceof GatewrightError) || error.code !== "SOURCE_SYMLINK") throw error;
        return refuse(
          "REQUIRE_SYMLINK",
          `require("${specifier}"): ${error.message}`,
          error.hint ?? "Replace the link with a copy of the file.",
        );
      }
    }
    return refuse(
      "REQUIRE_NOT_FOUND",
      `require("${specifier}") found no file`,
      `Looked for ${candidates.slice(0, 8).join(", ")}.`,
    );
  };
  return {
    refusals,
    answer: async (question) => {
      if (++questions > MAX_QUESTIONS) {
        throw new GatewrightError("SPEC_TOO_LARGE", `the spec requires more than ${MAX_QUESTIONS} files`);
      }
      if (question.ask === "account") return { account: (await account()).account };
      return load(question.specifier, question.from);
    },
  };
}
