import * as client from "@aws-sdk/client-apigatewayv2";
import { sdk } from "../core/sdk.ts";
import type { ApiRecord } from "../state.ts";
import { mappedDomains } from "./api-mappings.ts";
import { autoDeploy } from "./stage-auto-deploy.ts";
import {
  badRequest,
  checkEnum,
  checkLength,
  checkTags,
  compact,
  isHttp,
  limitReached,
  listPage,
  merge,
  needApi,
} from "./common.ts";
import { checkCors, corsAfter } from "./api-cors.ts";
import { quickCreate, quickUpdate } from "./api-quick-create.ts";

const on = sdk<client.ApiGatewayV2>(client);
const HTTP_SELECTION = "$request.method $request.path";
const API_KEY_SELECTION = "$request.header.x-api-key";

/** Creates an API; with Target also its quick-created integration, route and stage. */
const createApi = on("createApi", (ctx, input) => {
  checkEnum("protocolType", input.ProtocolType, ["HTTP", "WEBSOCKET"]);
  const http = input.ProtocolType === "HTTP";
  if (input.Name === "") throw badRequest("Invalid API name specified");
  check(input, http);
  if (!http && (input.RouteSelectionExpression ?? "") === "") {
    throw badRequest("RouteSelectionExpression is required for WEBSOCKET APIs");
  }
  checkTags(ctx, {}, input.Tags ?? {});
  if (ctx.region.apis.size >= ctx.quotas.apis) throw limitReached("APIs");
  const id = ctx.ids.lower(10);
  const api: client.Api = compact({
    Name: input.Name,
    ProtocolType: input.ProtocolType,
    RouteSelectionExpression: input.RouteSelectionExpression ?? HTTP_SELECTION,
    ApiEndpoint: `${http ? "https" : "wss"}://${id}.execute-api.${ctx.regionName}.${ctx.dnsSuffix}`,
    ApiId: id,
    ApiKeySelectionExpression: input.ApiKeySelectionExpression ?? API_KEY_SELECTION,
    CorsConfiguration: corsAfter(undefined, input.CorsConfiguration),
    CreatedDate: ctx.now(),
    Description: input.Description === "" ? undefined : input.Description,
    DisableSchemaValidation: http ? undefined : input.DisableSchemaValidation,
    DisableExecuteApiEndpoint: input.DisableExecuteApiEndpoint ?? false,
    IpAddressType: input.IpAddressType ?? "ipv4",
    Tags: input.Tags ?? {},
    Version: input.Version === "" ? undefined : input.Version,
  });
  const record: ApiRecord = {
    api,
    routes: new Map(),
    integrations: new Map(),
    stages: new Map(),
    deployments: new Map(),
    authorizers: new Map(),
    pending: new Map(),
    snapshots: new Map(),
  };
  if (input.Target !== undefined) quickCreate(ctx, record, input);
  ctx.region.apis.set(id, record);
  return api;
});

interface Checked {
  Name?: string | undefined;
  Description?: string | undefined;
  Version?: string | undefined;
  RouteSelectionExpression?: string | undefined;
  ApiKeySelectionExpression?: string | undefined;
  IpAddressType?: string | undefined;
  CorsConfiguration?: client.Cors | undefined;
  DisableSchemaValidation?: boolean | undefined;
  Target?: string | undefined;
  RouteKey?: string | undefined;
  CredentialsArn?: string | undefined;
}

/** What CreateApi and UpdateApi refuse alike. */
function check(input: Checked, http: boolean): void {
  checkLength("name", input.Name, 128);
  checkLength("description", input.Description, 1024);
  checkLength("version", input.Version, 64);
  checkEnum("ipAddressType", input.IpAddressType, ["ipv4", "dualstack"]);
  const selection = input.RouteSelectionExpression ?? "";
  if (http) {
    if (
      selection !== "" &&
      selection !== HTTP_SELECTION &&
      // biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's own syntax
      selection !== "${request.method} ${request.path}"
    ) {
      throw badRequest("Invalid route selection expression specified");
    }
    if (input.DisableSchemaValidation === true) {
      throw badRequest("DisableSchemaValidation is not supported for HTTP APIs");
    }
  } else {
    if (input.CorsConfiguration !== undefined) throw badRequest("CORS is not supported for WEBSOCKET APIs");
    for (const member of ["Target", "RouteKey", "CredentialsArn"] as const) {
      if (input[member] !== undefined) throw badRequest(`${member} is not supported for WEBSOCKET APIs`);
    }
  }
  if (input.Target === undefined && input.RouteKey !== undefined) {
    throw badRequest("RouteKey is supported only with Target");
  }
  const keys = ["$request.header.x-api-key", "$context.authorizer.usageIdentifierKey"];
  const key = input.ApiKeySelectionExpression;
  if (key !== undefined && key !== "" && !keys.includes(key)) {
    throw badRequest("Invalid API key selection expression specified");
  }
  checkCors(input.CorsConfiguration);
}

/** Merges: what is not sent stays, also inside Cors; "" clears. */
const updateApi = on("updateApi", (ctx, input) => {
  const record = needApi(ctx, input.ApiId);
  const http = isHttp(record);
  if (input.Name === "") throw badRequest("Invalid API name specified");
  if (!http && input.RouteSelectionExpression === "") {
    throw badRequest("RouteSelectionExpression is required for WEBSOCKET APIs");
  }
  check({ ...input, RouteKey: input.Target === undefined ? undefined : input.RouteKey }, http);
  if (input.Target !== undefined || input.RouteKey !== undefined || input.CredentialsArn !== undefined) {
    quickUpdate(ctx, record, input);
  }
  record.api = merge<client.Api>(record.api, {
    Name: input.Name,
    Description: input.Description,
    Version: input.Version,
    RouteSelectionExpression:
      input.RouteSelectionExpression === "" ? HTTP_SELECTION : input.RouteSelectionExpression,
    ApiKeySelectionExpression:
      input.ApiKeySelectionExpression === "" ? API_KEY_SELECTION : input.ApiKeySelectionExpression,
    CorsConfiguration: corsAfter(record.api.CorsConfiguration, input.CorsConfiguration),
    DisableSchemaValidation: input.DisableSchemaValidation,
    DisableExecuteApiEndpoint: input.DisableExecuteApiEndpoint,
    IpAddressType: input.IpAddressType,
  });
  autoDeploy(ctx, record);
  return record.api;
});

/** APIs: HTTP and WEBSOCKET. */
export const apis = [
  createApi,
  updateApi,
  on("getApi", (ctx, input) => needApi(ctx, input.ApiId).api),
  on("getApis", (ctx, input) => {
    const all = [...ctx.region.apis.values()].map((record) => record.api);
    return listPage(ctx, all, input);
  }),
  // Everything below it goes with it.
  on("deleteApi", (ctx, input) => {
    needApi(ctx, input.ApiId);
    if (mappedDomains(ctx, input.ApiId).length > 0)
      throw badRequest(
        `Deleting API ${input.ApiId} failed. Please remove all API mappings for the API from your custom domain names.`,
      );
    ctx.region.apis.delete(input.ApiId ?? "");
  }),
  // The only way to remove CORS: an update cannot send "none".
  on("deleteCorsConfiguration", (ctx, input) => {
    const record = needApi(ctx, input.ApiId);
    record.api = compact({ ...record.api, CorsConfiguration: undefined });
    autoDeploy(ctx, record);
  }),
];
