/** An IAM role's ARN, as the bot's configuration and a repository's settings write it. */
import * as z from "zod";

export const roleArn = z.string().regex(/^arn:[\w-]+:iam::\d{12}:role\/.+$/, "the ARN of an IAM role");
