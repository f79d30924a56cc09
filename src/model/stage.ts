/** Valid names of stages and regions: one rule for the Action, the terminal, commands and settings. */
import { GatewrightError } from "./errors.ts";
import { couldBeRegion } from "./regions.ts";

export const STAGE_PATTERN = /^[A-Za-z0-9][\w.-]{0,63}$/;
export const STAGE_FORM =
  "1 to 64 letters, digits, dots, dashes or underscores, starting with a letter or digit, such as dev";

export const REGION_PATTERN = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;
export const REGION_FORM = "an AWS region, such as eu-west-2";

export function isStage(value: string): boolean {
  return STAGE_PATTERN.test(value);
}

export function isRegion(value: string): boolean {
  return REGION_PATTERN.test(value) && couldBeRegion(value);
}

/** The region from the environment variables of the AWS SDK and configure-aws-credentials. */
export function regionOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined;
}

/** `where` names the setting: an input of the Action, an option of the terminal. */
export function noRegion(where: string): GatewrightError {
  return new GatewrightError("NO_REGION", `no AWS region is set; accepted: ${REGION_FORM}`, {
    hint: `Set ${where}, or AWS_REGION in the environment.`,
  });
}
