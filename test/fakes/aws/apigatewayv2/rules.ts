import { createRules } from "../core/rules.ts";
import { badRequest } from "./common.ts";

/** API Gateway's rules: what they find is a BadRequestException. */
export const { refuse, atMost, required, without } = createRules(badRequest);
