/** Which story a request to GitHub or AWS belongs to, and what it does. Stories are named like their repository. */
import type { FakeAws } from "../../fakes/aws/fake-aws.ts";
import { bodyText, type WireRequest } from "../../fakes/aws/wire/message.ts";
import { nameOf } from "../../fakes/proxy/identify.ts";
import type { Named } from "./kill-gate.ts";

/** Ids are left out of paths: what is written is the same in every story. A reaction is named by what it is. */
export function gitHubNameOf(request: WireRequest): Named | undefined {
  const [, story, path = ""] = /^\/repos\/acme\/(shop-\d+)\/(.*)$/.exec(request.path) ?? [];
  if (story === undefined || request.method === "GET") return undefined;
  const what = path.replaceAll(/\/\d+/g, "");
  const content = /"content":"(\w+)"/.exec(bodyText(request))?.[1];
  return { story, write: `github ${request.method} ${what}${content === undefined ? "" : ` ${content}`}` };
}

/** Everything of a story carries its name, or the id of an API that does. */
export function awsNameOf(aws: FakeAws): (request: WireRequest) => Named | undefined {
  return (request) => {
    const { operation, write, input } = nameOf(request);
    const api = /\/apis\/([a-z0-9]+)/.exec(decodeURIComponent(request.path))?.[1] ?? "";
    const told = `${JSON.stringify(input)} ${request.path} ${aws.state.apis.get(api)?.api.Name ?? ""}`;
    const story = /shop-\d+/.exec(told)?.[0];
    return story === undefined ? undefined : { story, write: `aws ${write ? "" : "read "}${operation}` };
  };
}
