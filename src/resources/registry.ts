/** The resource types by their names. */
import type { ResourceType } from "./type.ts";
import * as types from "./types.ts";

const ALL: readonly ResourceType[] = Object.values(types);

/** By `Group::Type`, in alphabetical order. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  ALL.map((type) => [type.type, type] as const).toSorted(([one], [other]) => (one < other ? -1 : 1)),
);
