/** Settings that stages and previews have in common, and the form of each. */
import * as z from "zod";
import { isRegion, REGION_FORM, REGION_PATTERN, STAGE_FORM, STAGE_PATTERN } from "../model/stage.ts";

const NAMES_PATTERN = /^(?:[\w-]|\{stage\})*\{name\}(?:[\w-]|\{stage\})*$/;
const NAMES_FORM =
  "{name} once, with letters, digits, dashes, underscores and {stage} around it, such as {name}-{stage}";

export const stageName = z.string().regex(STAGE_PATTERN, STAGE_FORM);
export const region = z.string().regex(REGION_PATTERN, REGION_FORM).refine(isRegion, REGION_FORM);
export const account = z.string().regex(/^\d{12}$/, "twelve digits, in quotes");
export const names = z.string().regex(NAMES_PATTERN, NAMES_FORM);
export const variables = z.record(
  z.string().regex(/^[A-Z][A-Z0-9_]*$/, "an environment variable's name"),
  z.string(),
);
