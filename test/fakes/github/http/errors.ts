import type { Json, JsonObject } from "../json.ts";

/** An answer that is an error, in the shape GitHub gives it. Thrown anywhere below a route. */
export class GitHubError extends Error {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, more: JsonObject = {}, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.body = {
      message,
      ...more,
      documentation_url: "https://docs.github.com/rest",
      status: String(status),
    };
    this.headers = headers;
  }
}

/** 404; GitHub also answers it for what the caller may not see. */
export const notFound = (): GitHubError => new GitHubError(404, "Not Found");

/** 401 of a token that is unknown, expired or revoked. */
export const badCredentials = (): GitHubError => new GitHubError(401, "Bad credentials");

/** 403 of an App's or a workflow's token whose permissions do not allow this. */
export const notAccessible = (): GitHubError =>
  new GitHubError(403, "Resource not accessible by integration");

/** 422 with GitHub's list of what is wrong. */
export const invalid = (message: string, errors?: readonly Json[]): GitHubError =>
  new GitHubError(422, message, errors ? { errors } : {});

/** 422 for one field. */
export const invalidField = (resource: string, field: string, code: string, message?: string): GitHubError =>
  invalid("Validation Failed", [{ resource, field, code, ...(message ? { message } : {}) }]);

/** The value, or 404 when there is none. */
export function found<T>(value: T | undefined): T {
  if (value === undefined) throw notFound();
  return value;
}
