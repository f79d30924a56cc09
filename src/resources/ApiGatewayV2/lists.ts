/** The lists that reading consists of: each once per reading, however many types look at it. */
import type { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import type { JsonObject } from "../../model/values.ts";
import { listAll, type Page } from "../list-all.ts";
import { jsonOf } from "../live-values.ts";
import type { ReadContext } from "../type.ts";
import { apiGateway } from "./service.ts";

type Reading = Pick<ReadContext, "aws" | "once">;
type Paging = { MaxResults: string; NextToken?: string };

function listOnce(
  { aws, once }: Reading,
  key: string,
  getPage: (client: ApiGatewayV2, paging: Paging) => Promise<Page<object>>,
): Promise<readonly JsonObject[]> {
  return once(key, async () => {
    const client = await aws.client(apiGateway);
    return (await listAll((paging) => getPage(client, paging))).map(jsonOf);
  });
}

export function listApis(reading: Reading): Promise<readonly JsonObject[]> {
  return listOnce(reading, "GetApis", (client, paging) => client.getApis(paging));
}

export function listIntegrations(reading: Reading, ApiId: string): Promise<readonly JsonObject[]> {
  return listOnce(reading, `GetIntegrations ${ApiId}`, (client, paging) =>
    client.getIntegrations({ ApiId, ...paging }),
  );
}

export function listRoutes(reading: Reading, ApiId: string): Promise<readonly JsonObject[]> {
  return listOnce(reading, `GetRoutes ${ApiId}`, (client, paging) => client.getRoutes({ ApiId, ...paging }));
}

export function listStages(reading: Reading, ApiId: string): Promise<readonly JsonObject[]> {
  return listOnce(reading, `GetStages ${ApiId}`, (client, paging) => client.getStages({ ApiId, ...paging }));
}

export function listDeployments(reading: Reading, ApiId: string): Promise<readonly JsonObject[]> {
  return listOnce(reading, `GetDeployments ${ApiId}`, (client, paging) =>
    client.getDeployments({ ApiId, ...paging }),
  );
}
