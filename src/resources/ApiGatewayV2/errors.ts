/** API Gateway's own words: one code has several meanings, and only the text says which. */
import { type ErrorRule, RAISE } from "../../aws/classify.ts";

const MAPPED =
  "A custom domain maps to it. Delete that API mapping first (API Gateway console, Custom domain names, API mappings), then run the same command.";

export const errors: readonly ErrorRule[] = [
  // The code and the status of throttling.
  {
    message: /maximum number of .* has been reached/i,
    class: "quota",
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
    quota: {
      name: "resources of this kind in an API",
      raise: `${RAISE} 300 integrations of an HTTP API is the most there is.`,
    },
  },
  {
    message: /Policy document length breaking/i,
    class: "quota",
    quota: {
      name: "size of a resource policy of CloudWatch Logs, in characters",
      value: 5120,
      raise:
        "Remove the log groups of stages that are gone from the policy, or use a group under /aws/vendedlogs/, which needs no entry in it.",
    },
  },
  {
    message: /Cannot find log delivery/i,
    class: "wait",
    awaiting: "CloudWatch Logs to set up the delivery of the stage's access logs",
    deadlineMs: 120_000,
  },
  {
    message: /provided certificate does not exist/i,
    class: "wait",
    awaiting: "API Gateway to know the certificate (a wrong ARN looks the same)",
    deadlineMs: 120_000,
  },
  // https://github.com/hashicorp/terraform-provider-aws/issues/32025
  {
    message: /not yet issued|RequestInProgressException/i,
    class: "wait",
    awaiting: "the domain name's certificate to be issued",
    deadlineMs: 4_500_000,
  },
  // The stage is there: a route that its settings name is not.
  {
    message: /Unable to find Route by key/i,
    class: "refuse",
    hint: "RouteSettings name a route that the API does not have. Remove those settings, or add the route.",
  },
  { message: /must be unique.*already exists/i, class: "exists" },
  { code: /^(Conflict|BadRequest)/, message: /already exists/i, class: "exists" },
  { message: /remove all (API|base path) mappings/i, class: "refuse", hint: MAPPED },
  {
    code: /^(Conflict|BadRequest)/,
    message: /referenced (by|in)|Active stages pointing|still in use|is in use/i,
    class: "refuse",
    hint: "Something still uses it, perhaps outside this stack. Remove what AWS names first, then run the same command.",
  },
  {
    code: /^Conflict/,
    class: "busy",
    awaiting: "another change of the API to finish",
    deadlineMs: 300_000,
  },
];
