/** What users write for a stage, a region, a path, a list: checked alike in the Action and at the terminal. */
import { GatewrightError } from "./errors.ts";

export const STAGE_FORM = "1 to 64 letters, digits, dots, dashes or underscores, such as dev";
export const REGION_FORM = "an AWS region, such as eu-west-2";

export function isStage(value: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,63}$/.test(value);
}

export function isRegion(value: string): boolean {
  return /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(value);
}

/** The region of the environment, as the AWS SDK and configure-aws-credentials set it. */
export function regionOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined;
}

/** `where` says how to give one: an input in the Action, an option at the terminal. */
export function noRegion(where: string): GatewrightError {
  return new GatewrightError("NO_REGION", `no AWS region is set; accepted: ${REGION_FORM}`, {
    hint: `Set ${where}, or AWS_REGION in the environment.`,
  });
}

/** Lines or comma-separated values, without empty ones. */
export function list(value: string): readonly string[] {
  return value
    .split(/[\n,]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

/** A relative path that stays inside. */
export function isInside(path: string): boolean {
  return path !== "" && !/^([/\\~]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes("..");
}
