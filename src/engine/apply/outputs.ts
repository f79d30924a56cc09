/** What a stack gives to those who call it: first-class values by resource. Pure. */
import type { Live } from "../../resources/type.ts";
import type { Output } from "../../model/apply.ts";

/** Attributes worth reporting, by type. */
const REPORTED: Readonly<Record<string, readonly string[]>> = {
  "ApiGatewayV2::Api": ["ApiId", "ApiEndpoint"],
  "ApiGatewayV2::Integration": ["IntegrationId"],
  "ApiGatewayV2::Stage": ["InvokeUrl"],
  "Lambda::Function": ["FunctionArn", "FunctionUrl"],
  "IAM::Role": ["RoleArn"],
};

export function outputsOf(live: ReadonlyMap<string, Live>): readonly Output[] {
  return [...live.values()].flatMap((one) =>
    (REPORTED[one.type] ?? []).flatMap((name): readonly Output[] => {
      const value = one.attributes[name === "RoleArn" ? "Arn" : name];
      return typeof value === "string" && value !== ""
        ? [{ type: one.type, resource: one.name, name, value }]
        : [];
    }),
  );
}
