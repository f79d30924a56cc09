import type {
  Authorizer,
  CreateAuthorizerRequest,
  CreateAuthorizerResponse,
  DeleteAuthorizerRequest,
  GetAuthorizerRequest,
  GetAuthorizerResponse,
  GetAuthorizersRequest,
  GetAuthorizersResponse,
  UpdateAuthorizerRequest,
  UpdateAuthorizerResponse,
} from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import { type ApiRecord, need } from "../state.ts";
import { checkAuthorizer } from "./authorizer-rules.ts";
import { autoDeploy } from "./auto-deploy.ts";
import { compact, conflict, isHttp, limitReached, listPage, merge, needApi, notFound } from "./common.ts";

const needAuthorizer = (record: ApiRecord, id: string | undefined): Authorizer =>
  need(record.authorizers.get(id ?? ""), () => notFound("Authorizer", id));

function checkName(record: ApiRecord, name: string | undefined, except: string | undefined): void {
  for (const other of record.authorizers.values()) {
    if (other.Name === name && other.AuthorizerId !== except) {
      throw conflict(`Authorizer name must be unique. Authorizer ${name} already exists in this RestApi.`);
    }
  }
}

/** The time to live has no default: the 300 seconds one reads of are the console's, which sends them. */
function defaults(authorizer: Authorizer, http: boolean): Authorizer {
  const lambda = authorizer.AuthorizerType === "REQUEST";
  return compact({
    ...authorizer,
    EnableSimpleResponses: authorizer.EnableSimpleResponses ?? (lambda && http ? false : undefined),
  });
}

export function createAuthorizer(ctx: Ctx, input: CreateAuthorizerRequest): CreateAuthorizerResponse {
  const record = needApi(ctx, input.ApiId);
  const { ApiId: _api, ...fields } = input;
  const authorizer = defaults(compact<Authorizer>({ ...fields }), isHttp(record));
  checkAuthorizer(authorizer, isHttp(record));
  checkName(record, authorizer.Name, undefined);
  if (record.authorizers.size >= ctx.quotas.authorizersPerApi) {
    throw limitReached("Authorizers");
  }
  authorizer.AuthorizerId = ctx.ids.lower(6);
  record.authorizers.set(authorizer.AuthorizerId, authorizer);
  autoDeploy(ctx, record);
  return authorizer;
}

export function getAuthorizer(ctx: Ctx, input: GetAuthorizerRequest): GetAuthorizerResponse {
  return needAuthorizer(needApi(ctx, input.ApiId), input.AuthorizerId);
}

export function getAuthorizers(ctx: Ctx, input: GetAuthorizersRequest): GetAuthorizersResponse {
  return listPage(ctx, [...needApi(ctx, input.ApiId).authorizers.values()], input);
}

/** Merges; lists and the JWT configuration are replaced as a whole. */
export function updateAuthorizer(ctx: Ctx, input: UpdateAuthorizerRequest): UpdateAuthorizerResponse {
  const record = needApi(ctx, input.ApiId);
  const before = needAuthorizer(record, input.AuthorizerId);
  const { ApiId: _api, AuthorizerId: _id, ...fields } = input;
  const next = defaults(merge<Authorizer>(before, fields), isHttp(record));
  checkAuthorizer(next, isHttp(record));
  checkName(record, next.Name, before.AuthorizerId);
  record.authorizers.set(before.AuthorizerId ?? "", next);
  autoDeploy(ctx, record);
  return next;
}

/** Not while a route uses it. */
export function deleteAuthorizer(ctx: Ctx, input: DeleteAuthorizerRequest): void {
  const record = needApi(ctx, input.ApiId);
  const id = needAuthorizer(record, input.AuthorizerId).AuthorizerId ?? "";
  const users = [...record.routes.values()].filter((route) => route.AuthorizerId === id);
  if (users.length > 0) {
    const names = users.map((route) => route.RouteId).join(", ");
    throw conflict(
      `Cannot delete Authorizer because it is referenced by the following Routes with Ids: [${names}]`,
    );
  }
  record.authorizers.delete(id);
  autoDeploy(ctx, record);
}
