import type { VpcLink } from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import type { Rule } from "../core/rules.ts";
import { each, table } from "../core/table.ts";
import type { RegionState } from "../state.ts";
import { badRequest, checkTags } from "./common.ts";
import { inRegion, type Place } from "./resource.ts";
import { atMost, refuse, required } from "./rules.ts";

/** A VPC link and when its PENDING or DELETING ends, in milliseconds since the epoch. */
interface Row extends VpcLink {
  until: number;
}

/** The VPC links of a region, by id. */
export const vpcLinks = table<RegionState, Row>();

interface Times {
  ready: number;
  gone: number;
  failure?: string;
}

/**
 * How long this region's VPC links take to be made and to go, in milliseconds of the fake's clock, and why
 * new ones fail, if they do. Change it to play a slow or a bad day.
 */
export const vpcLinkTimes = each<RegionState, Times>(() => ({ ready: 0, gone: 0 }));

const endsIn = (ctx: Ctx, ms: number): number => ctx.now().getTime() + ms;

/** What time has made of it: PENDING becomes AVAILABLE or FAILED, DELETING nothing. */
function seen(it: Row, { ctx }: Place): Row | undefined {
  if (ctx.now().getTime() < it.until) return it;
  if (it.VpcLinkStatus === "DELETING") return undefined;
  if (it.VpcLinkStatus !== "PENDING") return it;
  const { failure } = vpcLinkTimes(ctx.region);
  return failure === undefined
    ? { ...it, VpcLinkStatus: "AVAILABLE", VpcLinkStatusMessage: "VPC link is ready to route traffic" }
    : { ...it, VpcLinkStatus: "FAILED", VpcLinkStatusMessage: failure };
}

/** Not while an integration goes through it. */
const unused: Rule<Row, Place> = (it, { ctx }) => {
  const users = [...ctx.region.apis.values()].flatMap(({ integrations, routes }) =>
    [...integrations.values()]
      .filter((each) => each.ConnectionId === it.VpcLinkId)
      .map(({ IntegrationId, IntegrationMethod }) => {
        const route = [...routes.values()].find((each) => each.Target === `integrations/${IntegrationId}`);
        return `${IntegrationMethod}:${route?.RouteId ?? IntegrationId}`;
      }),
  );
  if (users.length === 0) return;
  throw badRequest(
    `Cannot delete vpc link. Vpc link '${it.VpcLinkId}', is referenced in [${users.join(", ")}] in format of [Method:Resource].`,
  );
};

/** VPC links: ready and gone some time after the call; only the name can change. */
export const vpcLinkOperations = inRegion<Row>({
  noun: "VpcLink",
  store: ({ ctx }) => vpcLinks(ctx.region),
  id: 6,
  sentRules: [(it, { ctx }) => checkTags(ctx, {}, it.Tags ?? {})],
  complete: (it, { ctx }) => ({
    Tags: {},
    CreatedDate: ctx.now(),
    VpcLinkStatus: "PENDING",
    VpcLinkStatusMessage: "VPC link is provisioning ENIs",
    VpcLinkVersion: "V2",
    ...it,
    SecurityGroupIds: it.SecurityGroupIds ?? [],
    until: it.until ?? endsIn(ctx, vpcLinkTimes(ctx.region).ready),
  }),
  rules: [
    required("Name", "Invalid VPC link name specified"),
    atMost("Name", 128),
    refuse((it) => it.SubnetIds?.length === 0, "At least one subnet is required"),
    refuse(
      (it) => it.SubnetIds?.some((id) => !/^subnet-\w+$/.test(id)) === true,
      "Invalid subnet identifier specified",
    ),
    refuse(
      (it) => it.SecurityGroupIds?.some((id) => !/^sg-\w+$/.test(id)) === true,
      "Invalid security group identifier specified",
    ),
  ],
  seen,
  removal: [unused],
  remove: (it, { ctx }) =>
    vpcLinks(ctx.region).set(it.VpcLinkId ?? "", {
      ...it,
      VpcLinkStatus: "DELETING",
      until: it.VpcLinkStatus === "DELETING" ? it.until : endsIn(ctx, vpcLinkTimes(ctx.region).gone),
    }),
});
