/**
 * Caches evaluations, for tests that plan the same spec hundreds of times. Most of the time of a plan on the strict fake goes
 * into a thread with a new sandbox. The same files always give the same result, which the sandbox's own tests check.
 */
import type { SpecSource } from "../../src/source/source.ts";
import { evaluatePlain } from "./plain-spec.ts";
import type { EvaluatedSpec, EvaluateOptions } from "../../src/spec/sandbox/types.ts";

type Evaluate = (options: EvaluateOptions) => Promise<EvaluatedSpec>;

/** For `vi.mock`: the module, which evaluates a source only once for each set of options, and plain data without a sandbox. */
export function remembering<Module extends { readonly evaluateSpec: Evaluate }>(module: Module): Module {
  const known = new WeakMap<SpecSource, Map<string, Promise<EvaluatedSpec>>>();
  const evaluateSpec: Evaluate = (options) => {
    const { source, account: _account, ...rest } = options;
    const ofSource = known.get(source) ?? new Map<string, Promise<EvaluatedSpec>>();
    known.set(source, ofSource);
    const asked = JSON.stringify(rest);
    const evaluated =
      ofSource.get(asked) ?? evaluatePlain(options).then((plain) => plain ?? module.evaluateSpec(options));
    ofSource.set(asked, evaluated);
    return evaluated;
  };
  return { ...module, evaluateSpec };
}
