import * as client from "@aws-sdk/client-resource-groups-tagging-api";
import { AwsError } from "../core/errors.ts";
import { operation, service } from "../core/service.ts";
import { COMMON } from "../core/throttle.ts";
import { getResources } from "./resources.ts";

/** The Resource Groups Tagging API, reading only. */
export const tagging = service(
  {
    id: "tagging",
    protocol: "aws-json",
    key: "ResourceGroupsTaggingAPI_20170126",
    missing: (member) => new AwsError("InvalidParameterException", `Missing parameter: ${member}`),
    iamPrefix: "tag",
    ...COMMON,
  },
  client,
  [operation(client.GetResources$, getResources)],
);
