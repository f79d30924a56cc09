/** The outputs of an apply: endpoints, ids and ARNs, and how to call what is there. Pure. */
import type { Callable, Callers, Output } from "../model/apply.ts";

/** Addresses that callers use, the most precise first: a stage's address begins with its API's. */
const ADDRESSES = ["InvokeUrl", "ApiEndpoint", "FunctionUrl"];

/** Most useful first. */
const ORDER = [...ADDRESSES, "ApiId", "IntegrationId", "FunctionArn", "RoleArn"];

/** Most useful first. */
export function sortedOutputs(outputs: readonly Output[]): readonly Output[] {
  const rank = ({ name }: Output): number => {
    const index = ORDER.indexOf(name);
    return index < 0 ? ORDER.length : index;
  };
  return [...outputs].sort((left, right) => rank(left) - rank(right));
}

interface OutputsView {
  /** Each address once; an API's own is left out where its stages have theirs. */
  readonly endpoints: readonly Output[];
  /** `ApiId`, `IntegrationId` and other short values. */
  readonly ids: readonly Output[];
  readonly arns: readonly Output[];
}

export function viewOutputs(outputs: readonly Output[]): OutputsView {
  const sorted = sortedOutputs(outputs);
  const isAddress = ({ name }: Output): boolean => ADDRESSES.includes(name);
  const isArn = ({ value }: Output): boolean => value.startsWith("arn:");
  const addresses = sorted.filter(isAddress);
  return {
    endpoints: addresses.filter(
      ({ value }, index) =>
        !addresses.some(
          (other, place) => (other.value === value && place < index) || other.value.startsWith(`${value}/`),
        ),
    ),
    ids: sorted.filter((output) => !isAddress(output) && !isArn(output)),
    arns: sorted.filter((output) => !isAddress(output) && isArn(output)),
  };
}

/** Who may call it, for a column of that name. */
export const CALLERS: Readonly<Record<Callers, string>> = {
  anybody: "anybody",
  token: "who has a token",
  aws: "who has AWS credentials",
  authorizer: "whom the authorizer lets in",
};

/**
 * The line that tries the stack out: `curl https://…/hello`. It calls what needs least: no credentials, no variables in the
 * path, no body. Undefined if nothing can be called.
 */
export function callLine(callables: readonly Callable[], region: string): string | undefined {
  const [easiest] = callables
    .map((callable) => ({ callable, effort: effortOf(callable) }))
    .sort((one, other) => one.effort - other.effort);
  if (easiest === undefined) return undefined;
  const { method, url, callers, signedFor = "execute-api" } = easiest.callable;
  const address = quoted(url.replace(/\{([^{}]*?)\+?\}/g, (_, name: string) => name.toUpperCase()));
  if (/^wss?:/.test(url)) return ["npx wscat", ...headers(callers), `-c ${address}`].join(" ");
  return [
    "curl",
    ...methodOption(method),
    ...headers(callers),
    ...(callers === "aws"
      ? [
          `--aws-sigv4 ${quoted(`aws:amz:${region}:${signedFor}`)}`,
          '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
          '-H "x-amz-security-token: $AWS_SESSION_TOKEN"',
        ]
      : []),
    ...(BODIES.has(method ?? "") ? ["-H 'content-type: application/json' -d '{}'"] : []),
    address,
  ].join(" ");
}

/** With `-X HEAD` curl would wait for a body that never comes. */
function methodOption(method: string | undefined): readonly string[] {
  if (method === undefined || method === "GET") return [];
  return method === "HEAD" ? ["--head"] : [`-X ${quoted(method)}`];
}

const BODIES: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);
const EFFORT: Readonly<Record<Callers, number>> = { anybody: 0, token: 1, aws: 2, authorizer: 3 };

/** A read comes before everything that may change something, whoever may call it. */
function effortOf({ method, url, callers }: Callable): number {
  const reads = method === undefined || method === "GET" || method === "HEAD";
  return (
    (reads ? 0 : 100) + EFFORT[callers] * 10 + (/[{]/.test(url) ? 5 : 0) + (method === undefined ? 1 : 0)
  );
}

function headers(callers: Callers): readonly string[] {
  if (callers === "token") return ['-H "Authorization: Bearer $TOKEN"'];
  return callers === "authorizer" ? ['-H "Authorization: $TOKEN"'] : [];
}

/** For a POSIX shell: a route's path may hold anything. */
function quoted(text: string): string {
  return /^[\w:/.@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The address of the API, where there is one. */
export function webAddress(outputs: readonly Output[]): string | undefined {
  const found =
    outputs.find(({ name }) => name === "InvokeUrl") ?? outputs.find(({ name }) => name === "ApiEndpoint");
  return found !== undefined && /^https?:\/\//.test(found.value) ? found.value : undefined;
}
