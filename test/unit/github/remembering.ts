/** A `Remembered` in memory. */
import type { Remembered } from "../../../src/github/remembered.ts";

export function remembered(id?: number): Remembered & { readonly state: { id: number | undefined } } {
  const state: { id: number | undefined } = { id };
  return {
    name: "memory",
    state,
    get: async () => state.id,
    set: async (now) => {
      state.id = now;
    },
    forget: async () => {
      state.id = undefined;
    },
  };
}
