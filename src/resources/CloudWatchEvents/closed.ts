/** Finds targets that do not let EventBridge in: AWS accepts the rule, and its events go nowhere. */
import type { Finding, Linked, LinkedSpec } from "../../spec/type-rules.ts";
import { invokedBy, isAllowed } from "../Lambda/permission/allows.ts";
import { objectOf } from "../live-values.ts";
import { mayAllow } from "../policy/allows.ts";
import { own } from "../../model/own.ts";

/** Targets with a policy of their own: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html */
const POLICIES: Readonly<Record<string, { readonly what: string; readonly action: string }>> = {
  sqsQueue: { what: "queue", action: "sqs:SendMessage" },
  snsTopic: { what: "topic", action: "sns:Publish" },
};

export function closedTo(one: Linked, spec: LinkedSpec, service: string): readonly Finding[] {
  // With a role, that decides.
  if (one.dependencies.role !== undefined || one.properties.RoleArn !== undefined) return [];
  return [...closedFunction(one, spec, service), ...closedByPolicy(one, spec, service)];
}

function closedFunction(one: Linked, spec: LinkedSpec, service: string): readonly Finding[] {
  const invoked = invokedBy(one, spec);
  if (invoked === undefined || isAllowed(invoked, spec, service)) return [];
  const { name } = invoked.fn.draft;
  return [
    closed(
      `${one.draft.key} calls ${name}, but ${service} has no permission to invoke it: its events are dropped`,
      `Add to the Lambda::Permission of ${name} a statement {Action: "lambda:InvokeFunction", Principal: "${service}", SourceArn: the rule's ARN}.`,
    ),
  ];
}

function closedByPolicy(one: Linked, spec: LinkedSpec, service: string): readonly Finding[] {
  return Object.entries(POLICIES).flatMap(([key, { what, action }]) => {
    const [target] = own(one.dependencies, key) ?? [];
    const found = target !== undefined && "key" in target ? spec.byKey(target.key) : undefined;
    if (found === undefined || found.draft.readOnly || found.draft.broken === true) return [];
    const { Policy } = objectOf(found.properties.Attributes);
    if (mayAllow(Policy, action, service)) return [];
    return [
      closed(
        `${one.draft.key} sends to ${what} ${found.draft.name}, whose policy does not let ${service} in: its events are dropped`,
        `Set Attributes.Policy of the ${what}: allow ${action} to the service ${service}, with the condition ArnEquals aws:SourceArn, the rule's ARN.`,
      ),
    ];
  });
}

function closed(message: string, hint: string): Finding {
  return { severity: "warning", code: "TARGET_CLOSED", message, hint };
}
