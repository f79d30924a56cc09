/** Names of environment variables: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
import * as z from "zod";

/** Names that Lambda sets itself. */
const RESERVED = [
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
];

export const variableName = z.string().superRefine((name, context) => {
  const message = RESERVED.includes(name)
    ? `${name} is set by Lambda itself and cannot be set`
    : `${JSON.stringify(name)} is not a variable's name: a letter, then letters, digits and _, at least 2 in all`;
  if (RESERVED.includes(name) || !/^[a-zA-Z][a-zA-Z0-9_]+$/.test(name))
    context.addIssue({ code: "custom", message });
});
