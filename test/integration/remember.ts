/**
 * Evaluations remembered, for tests that plan the same spec hundreds of times: a thread with a new sandbox is most of
 * what a plan on the strict fake costs. The same files give the same result every time; that is the sandbox's own test.
 */
import type { SpecSource } from "../../src/source/source.ts";
import type { EvaluatedSpec, EvaluateOptions } from "../../src/spec/sandbox/types.ts";

type Evaluate = (options: EvaluateOptions) => Promise<EvaluatedSpec>;

/** For `vi.mock`: the module, evaluating what a source gives once for each way of asking. */
export function remembering<Module extends { readonly evaluateSpec: Evaluate }>(module: Module): Module {
  const known = new WeakMap<SpecSource, Map<string, Promise<EvaluatedSpec>>>();
  const evaluateSpec: Evaluate = (options) => {
    const { source, account: _account, ...rest } = options;
    const ofSource = known.get(source) ?? new Map<string, Promise<EvaluatedSpec>>();
    known.set(source, ofSource);
    const asked = JSON.stringify(rest);
    const evaluated = ofSource.get(asked) ?? module.evaluateSpec(options);
    ofSource.set(asked, evaluated);
    return evaluated;
  };
  return { ...module, evaluateSpec };
}
