/** Valid names of stages and regions: one rule for the Action, the terminal, commands and settings. */
import { GatewrightError } from "./errors.ts";

export const STAGE_PATTERN = /^[A-Za-z0-9][\w.-]{0,63}$/;
export const STAGE_FORM =
  "1 to 64 letters, digits, dots, dashes or underscores, starting with a letter or digit, such as dev";

/** The stage of a pull request's preview. */
export function previewStage(pull: number): string {
  return `pr-${pull}`;
}

/** The rule of the bot's configuration, and the policies, that stand for the stages of all previews. */
export const PREVIEW_STAGES = "pr-*";

/** The pull request whose preview a stage is; undefined for every other stage. */
export function previewPull(stage: string): number | undefined {
  const [, number] = /^pr-([1-9]\d{0,9})$/.exec(stage) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** AWS does not everywhere tell upper from lower case: such a name is kept from people's own stages. */
export function looksLikePreview(name: string): boolean {
  return /^pr-\d+$/i.test(name);
}

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

/**
 * AWS's regions, as the SDK's table of partitions has them (test/contract/regions.test.ts). AWS opens one or two a year,
 * so the next number of a known row (`us-east-3`) is taken too; whatever else is not here does not exist.
 */
const REGIONS = (
  "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 " +
  "ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 " +
  "ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 " +
  "il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 sa-west-1 us-east-1 us-east-2 us-west-1 " +
  "us-west-2 cn-north-1 cn-northwest-1 eusc-de-east-1 us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 " +
  "eu-isoe-west-1 us-isof-east-1 us-isof-south-1 us-gov-east-1 us-gov-west-1"
).split(" ");

export function knownRegions(): readonly string[] {
  return REGIONS;
}

/** True for a region that is known, or could have been opened since. */
export function couldBeRegion(name: string): boolean {
  if (REGIONS.includes(name)) return true;
  const [, row = "", number = ""] = /^([a-z-]+-)([1-9]\d?)$/.exec(name) ?? [];
  return row !== "" && REGIONS.includes(`${row}${Number(number) - 1}`);
}

/** Derived from the region, so that a spec that uses it does not wait for AWS. */
export function partitionOf(region: string): string {
  const known: readonly (readonly [string, string])[] = [
    ["cn-", "aws-cn"],
    ["us-gov-", "aws-us-gov"],
    ["us-iso-", "aws-iso"],
    ["us-isob-", "aws-iso-b"],
    ["eu-isoe-", "aws-iso-e"],
    ["us-isof-", "aws-iso-f"],
    ["eusc-", "aws-eusc"],
  ];
  return known.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}
