/** How long an integration may take, by its Api's protocol: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
import type { Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";

/** Milliseconds. */
export const TIMEOUT = { HTTP: { least: 50, most: 30_000 }, WEBSOCKET: { least: 50, most: 29_000 } } as const;

export function timeoutFindings({ draft, parent, properties }: Linked, spec: LinkedSpec): readonly Finding[] {
  const { TimeoutInMillis } = properties;
  if (typeof TimeoutInMillis !== "number") return [];
  const api = parent === undefined ? undefined : spec.byKey(parent);
  const written = api?.properties.ProtocolType;
  // Contains a reference, so it is not known here.
  if (written !== undefined && written !== "HTTP" && written !== "WEBSOCKET") return [];
  const protocol = written ?? "HTTP";
  const { least, most } = TIMEOUT[protocol];
  if (TimeoutInMillis >= least && TimeoutInMillis <= most) return [];
  return [
    {
      severity: "error",
      code: "QUOTA_EXCEEDED",
      message: `${draft.key}: TimeoutInMillis is ${TimeoutInMillis}; accepted: ${least} to ${most} (AWS quota "integration timeout" of ${protocol} APIs)`,
      hint: "For work that takes longer, start it in one request and fetch the result in another.",
    },
  ];
}
