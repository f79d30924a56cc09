import { each } from "../core/table.ts";
import type { RegionState } from "../state.ts";

/** What uses certificates in a region: the user's ARN → the certificates' ARNs. Services write it, ACM reads it. */
export const certificateUses = each<RegionState, Map<string, readonly string[]>>(() => new Map());
