/** What other types know of aliases. */
export const ALIAS = "Lambda::Alias";

/** Of a function, as the spec calls it; for `comesAfter`, which passes over what is not in the spec: a version's number. */
export function aliasOf(fn: string, qualifier: string): { readonly type: string; readonly name: string } {
  return { type: ALIAS, name: `${fn}::${qualifier}` };
}
