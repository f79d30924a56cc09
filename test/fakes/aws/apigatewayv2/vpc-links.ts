import type { VpcLink } from "@aws-sdk/client-apigatewayv2";
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

/** Milliseconds until one is ready or gone, and why new ones fail: change it to play a slow or a bad day. */
export const vpcLinkTimes = each<RegionState, { ready: number; gone: number; failure?: string }>(() => ({
  ready: 0,
  gone: 0,
}));

function seen(it: Row, { ctx }: Place): Row | undefined {
  if (ctx.now().getTime() < it.until) return it;
  if (it.VpcLinkStatus === "DELETING") return undefined;
  if (it.VpcLinkStatus !== "PENDING") return it;
  const { failure } = vpcLinkTimes(ctx.region);
  const VpcLinkStatus = failure === undefined ? "AVAILABLE" : "FAILED";
  return { ...it, VpcLinkStatus, VpcLinkStatusMessage: failure };
}

const unused: Rule<Row, Place> = ({ VpcLinkId: id }, { ctx }) => {
  const users = [...ctx.region.apis.values()].flatMap(({ integrations }) =>
    [...integrations.values()].filter(({ ConnectionId }) => ConnectionId === id),
  );
  const names = users.map((user) => `${user.IntegrationMethod}:${user.IntegrationId}`).join(", ");
  if (names !== "")
    throw badRequest(
      `Cannot delete vpc link. Vpc link '${id}', is referenced in [${names}] in format of [Method:Resource].`,
    );
};

const formed = (ids: string[] | undefined, form: RegExp): boolean => (ids ?? []).every((id) => form.test(id));

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
    until: it.until ?? ctx.now().getTime() + vpcLinkTimes(ctx.region).ready,
  }),
  rules: [
    required("Name", "Invalid VPC link name specified"),
    atMost("Name", 128),
    refuse((it) => it.SubnetIds?.length === 0 || !formed(it.SubnetIds, /^subnet-\w+$/), "Invalid subnets"),
    refuse((it) => !formed(it.SecurityGroupIds, /^sg-\w+$/), "Invalid security group identifier specified"),
  ],
  seen,
  removal: [unused],
  remove: (it, { ctx }) => {
    const until = ctx.now().getTime() + vpcLinkTimes(ctx.region).gone;
    vpcLinks(ctx.region).set(it.VpcLinkId ?? "", { ...it, VpcLinkStatus: "DELETING", until });
  },
});
