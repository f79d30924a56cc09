/** Aliases. Facts: https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html */
import * as z from "zod";
import type { Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { defineType } from "../../define.ts";
import { optional, required } from "../../facts.ts";
import { refused } from "../../findings.ts";
import { textOf } from "../../live-values.ts";
import { limitedText, patternText, properties, wholeNumber } from "../../schema.ts";
import type { Readiness } from "../../type.ts";
import { ALIAS } from "../aliases.ts";
import { eventInvoke } from "../event-invoke.ts";
import { FUNCTION } from "../function/state.ts";
import { lambda } from "../service.ts";
import { readAliases } from "./read.ts";
import { createAlias, deleteAlias, updateAlias } from "./write.ts";

const READINESS: Record<string, Readiness> = { IN_PROGRESS: "pending", FAILED: "failed" };

/** A version's number cannot be known before it is published: it comes from the function, or is an old one's. */
function inspect(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const fn = one.parent === undefined ? undefined : spec.byKey(one.parent);
  if (one.properties.FunctionVersion !== undefined || fn === undefined || fn.draft.readOnly) return [];
  if (fn.properties.Publish === true) return [];
  return [
    refused(
      "FunctionVersion",
      `is missing, and ${fn.draft.name} publishes no versions`,
      `Give ${fn.draft.name} the property Publish: true, and the alias follows its versions; or write FunctionVersion, such as "1" or "$LATEST".`,
    ),
  ];
}

export const alias = defineType({
  type: ALIAS,
  summary: "A name for a version of a function, which callers keep while the version changes.",
  service: lambda,
  properties: properties({
    Name: required(
      patternText(
        /^(?!\d+$)[\w-]{1,128}$/,
        "an alias: letters, digits, - and _, not digits alone, at most 128",
      ),
      "Name of the alias.",
      { createOnly: true },
    ),
    FunctionVersion: optional(
      patternText(/^(\$LATEST(\.PUBLISHED)?|\d{1,1024})$/, "a version's number or $LATEST"),
      "The version that it stands for.",
      { defaultWords: "the version that the function's `Publish` made last" },
    ),
    Description: optional(limitedText(256), "Description of the alias."),
    RoutingConfig: optional(
      properties({
        AdditionalVersionWeights: optional(
          z.record(patternText(/^\d{1,1024}$/, "a version's number"), z.number().min(0).max(1)),
          "Part of the calls, from 0 to 1, that a second version gets: `{ 7: 0.1 }`.",
        ),
      }),
      "Sends a part of the calls to another version.",
    ),
    ProvisionedConcurrencyConfig: optional(
      properties({
        ProvisionedConcurrentExecutions: required(wholeNumber(1), "How many instances are kept ready."),
      }),
      "Instances that are started before they are called. They cost money while they wait.",
    ),
    EventInvokeConfig: optional(eventInvoke, "What happens to events that it gets asynchronously.", {
      defaultWords: "AWS's own",
    }),
  }),
  dependencies: {
    lambdaFunction: {
      type: FUNCTION,
      required: true,
      parent: true,
      fills: "FunctionVersion",
      with: "PublishedVersion",
    },
  },
  identity: { by: "parent", property: "Name" },
  id: "AliasArn",
  wait: {
    readiness: ({ attributes }) => READINESS[textOf(attributes.ProvisionedStatus)] ?? "ready",
    awaiting: ({ name }) => `the provisioned instances of alias ${name}`,
    // Callers still reach it, and made anew it would lose its permissions.
    failsInPart: true,
    why: ({ attributes }) => textOf(attributes.ProvisionedStatusReason) || undefined,
    // As long as Terraform waits: internal/service/lambda/provisioned_concurrency_config.go.
    deadlineMs: 900_000,
  },
  inspect,
  attributes: {
    id: "The alias's ARN.",
    "live.Arn": "The alias's ARN.",
    "live.AliasArn": "The alias's ARN.",
    "live.FunctionVersion": "The version that it stands for.",
  },
  permissions: {
    read: ["ListAliases", "ListProvisionedConcurrencyConfigs", "ListFunctionEventInvokeConfigs"],
    write: [
      "CreateAlias",
      "UpdateAlias",
      "GetAlias",
      "DeleteAlias",
      "PutProvisionedConcurrencyConfig",
      "DeleteProvisionedConcurrencyConfig",
      "PutFunctionEventInvokeConfig",
      "DeleteFunctionEventInvokeConfig",
      "TagResource",
    ],
  },
  consequence: ({ name }) => `Everything that calls alias ${name} fails.`,
  predict({ dependency, properties: { Name } }): Record<string, string> {
    const arn = dependency("lambdaFunction")?.attribute("FunctionArn");
    if (typeof arn !== "string" || typeof Name !== "string") return {};
    const id = `${arn}:${Name}`;
    return { id, Arn: id, AliasArn: id };
  },
  verbs: (live) => ({
    read: (context) => readAliases(context, live),
    create: (context) => createAlias(context, live),
    update: (context) => updateAlias(context, live),
    delete: deleteAlias,
  }),
});
