/** The caller's AWS identity: one STS call, which also verifies the credentials. */
import { fail } from "../model/errors.ts";
import type { Aws } from "./aws.ts";
import { askOnce } from "../model/promises/once.ts";
import { translate } from "./errors.ts";
import { sts } from "./services.ts";

export interface Identity {
  /** Twelve digits. */
  readonly account: string;
  readonly partition: string;
  /** The caller's ARN; shown in errors, never in comments. */
  readonly arn: string;
}

/** A connection stays one caller's. */
const answers = new WeakMap<Aws, ReturnType<typeof ask>>();

async function ask(aws: Aws) {
  try {
    return await (await aws.client(sts)).getCallerIdentity({});
  } catch (error) {
    throw translate(error);
  }
}

export async function identify(aws: Aws, expectedAccount?: string): Promise<Identity> {
  const answer = await askOnce(answers, aws, () => ask(aws));
  const arn = answer.Arn ?? "";
  const account = answer.Account ?? "";
  if (expectedAccount !== undefined && account !== expectedAccount) {
    fail(
      "AWS_WRONG_ACCOUNT",
      `the credentials belong to account ${account}, expected ${expectedAccount} (${arn})`,
      {
        hint: "Use credentials for the expected account, or correct the account in the stage's settings.",
      },
    );
  }
  return { account, partition: arn.split(":")[1] || "aws", arn };
}
