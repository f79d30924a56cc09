/** Dashboards. Facts: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
import type { CloudWatch, Tag } from "@aws-sdk/client-cloudwatch";
import * as z from "zod";
import { ifFound, refusalIn } from "../../aws/errors.ts";
import { canonicalJson, isObject, type JsonObject, type JsonValue } from "../../model/values.ts";
import { hasMarker } from "../../model/reference-marker.ts";
import { defineType } from "../define.ts";
import { tagsByArn } from "../tags.ts";
import { required } from "../facts.ts";
import { tagList, tagsOf, textOf } from "../live-values.ts";
import { parsedPolicy } from "../policy/document.ts";
import { patternText, properties, tags, text } from "../schema.ts";
import { cloudWatch } from "./service.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const WIDGETS = 500;

const asText = (body: JsonValue | undefined): string =>
  typeof body === "string" ? body : JSON.stringify(body ?? {});

/**
 * AWS answers 200 with messages both where some widget will not show and where it refused the whole body; only what it has
 * afterwards tells which.
 */
async function put(
  client: CloudWatch,
  DashboardName: string,
  body: JsonValue,
  Tags?: Tag[],
): Promise<JsonObject> {
  const { DashboardValidationMessages: messages = [] } = await client.putDashboard({
    DashboardName,
    DashboardBody: asText(body),
    ...(Tags === undefined ? {} : { Tags }),
  });
  if (messages.length === 0) return {};
  const found = await ifFound(() => client.getDashboard({ DashboardName }));
  const kept = parsedPolicy(found?.DashboardBody ?? "");
  const told = messages.map(({ DataPath = "", Message = "" }) => `${DataPath}: ${Message}`);
  if (canonicalJson(kept) === canonicalJson(parsedPolicy(body))) return { DashboardValidationMessages: told };
  throw refusalIn(cloudWatch, "PutDashboard", "DashboardInvalidInputError", told.join("; "));
}

export const dashboard = defineType({
  type: "CloudWatch::Dashboard",
  summary: "A dashboard. Its name is unique in the account, in all regions.",
  service: cloudWatch,
  properties: properties({
    DashboardName: required(
      patternText(/^[\w-]{1,255}$/, "a dashboard's name: letters, digits, - and _, at most 255"),
      "Name of the dashboard, also its name in the spec.",
      { createOnly: true },
    ),
    DashboardBody: required(
      z.union([text(), z.record(z.string(), z.json())]),
      "Its widgets, as an object or as JSON text.",
      { spelling: parsedPolicy },
    ),
    Tags: tags(),
  }),
  identity: { by: "name", property: "DashboardName" },
  physicalName: (name, shortened) => shortened(name, 255),
  id: "DashboardName",
  // Dashboards have no region. The tagging API does not find them.
  arn: ({ partition, account }, { name }) => `arn:${partition}:cloudwatch::${account}:dashboard/${name}`,
  predicted: (Arn) => ({ DashboardArn: Arn }),
  nameOfArn: (arn) => /^arn:[^:]+:cloudwatch:[^:]*:\d*:dashboard\/(.+)$/.exec(arn)?.[1],
  updates: "replace",
  tags: tagsByArn("ResourceARN"),
  checks({ properties: { DashboardBody } }) {
    const body = parsedPolicy(DashboardBody);
    const path = "DashboardBody";
    if (typeof body === "string" && hasMarker(body)) return [];
    if (!isObject(body)) return [{ path, message: "is not a JSON object" }];
    const { widgets } = body;
    if (widgets !== undefined && !Array.isArray(widgets))
      return [{ path, message: "has widgets that are no list" }];
    const count = widgets?.length ?? 0;
    return count > WIDGETS ? [{ path, message: `has ${count} widgets; AWS takes at most ${WIDGETS}` }] : [];
  },
  attributes: {
    id: "The dashboard's name.",
    "live.Arn": "The dashboard's ARN.",
    "live.DashboardArn": "The dashboard's ARN.",
    "live.DashboardName": "The dashboard's name.",
  },
  permissions: {
    read: ["GetDashboard", "ListTagsForResource"],
    write: ["PutDashboard", "DeleteDashboards", "TagResource", "UntagResource"],
  },
  consequence: (live) => `Nobody can open dashboard ${live.name} any more.`,
  calls: {
    async get(client, DashboardName, { arn = "" }) {
      // Without tags it is somebody else's, never absent: what is absent would be written over.
      const [found, tagged] = await Promise.all([
        client.getDashboard({ DashboardName }),
        ifFound(() => client.listTagsForResource({ ResourceARN: arn })),
      ]);
      return { ...found, Tags: tagged?.Tags ?? [] };
    },
    create: (client, { DashboardName, DashboardBody = {}, Tags = {} }) =>
      put(client, textOf(DashboardName), DashboardBody, tagList(tagsOf({ Tags }))),
    update: (client, { DashboardBody = {} }, { live }) => put(client, live.id, DashboardBody),
    delete: (client, { id }) => client.deleteDashboards({ DashboardNames: [id] }),
  },
});
