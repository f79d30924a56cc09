import type { Route } from "@aws-sdk/client-apigatewayv2";
import type { AwsError } from "../core/errors.ts";
import type { Rule } from "../core/rules.ts";
import type { ApiPlace } from "./resource.ts";

/** Refuses a deletion while routes use the resource; `error` gets their ids. */
export const routesThat =
  <T>(use: (route: Route, it: T) => boolean, error: (ids: string, it: T) => AwsError): Rule<T, ApiPlace> =>
  (it, { api }) => {
    const users = [...api.routes.values()].filter((route) => use(route, it));
    if (users.length > 0) throw error(users.map((route) => route.RouteId).join(", "), it);
  };
