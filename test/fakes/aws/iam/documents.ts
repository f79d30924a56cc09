import { AwsError } from "../core/errors.ts";

const malformed = (message: string): AwsError => new AwsError("MalformedPolicyDocument", message, 400);

const VERSIONS = new Set(["2012-10-17", "2008-10-17"]);
const POLICY_KEYS = new Set(["Version", "Id", "Statement"]);
const STATEMENT_KEYS = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

type Fields = Map<string, unknown>;

function fields(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw malformed("Syntax errors in policy.");
  return new Map(Object.entries(value));
}

const strings = (value: unknown): string[] | undefined => {
  if (typeof value === "string") return [value];
  return Array.isArray(value) && value.length > 0 && value.every((v) => typeof v === "string")
    ? value
    : undefined;
};

/** Checks a policy document as IAM does on every write: grammar, not meaning. */
export function checkDocument(text: string, kind: "identity" | "trust"): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw malformed(kind === "trust" ? "This policy contains invalid Json" : "Syntax errors in policy.");
  }
  const policy = fields(parsed);
  for (const key of policy.keys()) if (!POLICY_KEYS.has(key)) throw malformed(`Unknown field ${key}`);
  const version = policy.get("Version");
  if (version !== undefined && !VERSIONS.has(String(version))) throw malformed("Syntax errors in policy.");
  const statement = policy.get("Statement");
  const statements = Array.isArray(statement) ? statement : statement === undefined ? [] : [statement];
  if (statements.length === 0) throw malformed("Syntax errors in policy.");
  const sids = new Set<string>();
  for (const each of statements) {
    const sid = checkStatement(fields(each), kind);
    if (sid === undefined) continue;
    if (sids.has(sid)) throw malformed("Statement IDs (SID) in a single policy must be unique.");
    sids.add(sid);
  }
}

function checkStatement(statement: Fields, kind: "identity" | "trust"): string | undefined {
  for (const key of statement.keys()) if (!STATEMENT_KEYS.has(key)) throw malformed(`Unknown field ${key}`);
  const effect = statement.get("Effect");
  if (effect !== "Allow" && effect !== "Deny") throw malformed("Syntax errors in policy.");
  checkActions(statement, kind);
  if (kind === "identity") checkResources(statement);
  else checkPrincipal(statement);
  const sid = statement.get("Sid");
  if (sid === undefined) return undefined;
  if (typeof sid !== "string" || !/^[0-9A-Za-z]*$/.test(sid)) {
    throw malformed(
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    );
  }
  return sid === "" ? undefined : sid;
}

function checkActions(statement: Fields, kind: "identity" | "trust"): void {
  const actions = strings(statement.get("Action") ?? statement.get("NotAction"));
  if (actions === undefined) throw malformed("Policy statement must contain actions.");
  for (const action of actions) {
    if (action === "*") continue;
    if (!/^[\w*-]+:[\w*?]+$/.test(action)) {
      throw malformed(`Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.`);
    }
    if (kind === "trust" && !action.toLowerCase().startsWith("sts:")) {
      throw malformed("AssumeRole policy may only specify STS AssumeRole actions.");
    }
  }
}

function checkResources(statement: Fields): void {
  if (statement.has("Principal") || statement.has("NotPrincipal")) {
    throw malformed("Policy document should not specify a principal.");
  }
  const resources = strings(statement.get("Resource") ?? statement.get("NotResource"));
  if (resources === undefined) throw malformed("Policy statement must contain resources.");
  for (const resource of resources) {
    if (resource === "*" || /^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+$/.test(resource) || /^[*$]/.test(resource))
      continue;
    throw malformed(`Resource ${resource} must be in ARN format or "*".`);
  }
}

function checkPrincipal(statement: Fields): void {
  if (statement.has("Resource") || statement.has("NotResource")) {
    throw malformed("Has prohibited field Resource");
  }
  const principal = statement.get("Principal") ?? statement.get("NotPrincipal");
  if (principal === undefined) throw malformed("Missing required field Principal");
  if (principal === "*") return;
  for (const [type, value] of fields(principal)) {
    if (!["AWS", "Service", "Federated", "CanonicalUser"].includes(type) || strings(value) === undefined) {
      throw malformed(`Invalid principal in policy: ${JSON.stringify({ [type]: value })}`);
    }
    if (type !== "Service") continue;
    for (const name of strings(value) ?? []) {
      if (!/^[\w.-]+\.amazonaws\.com(\.cn)?$/.test(name)) {
        throw malformed(`Invalid principal in policy: "SERVICE":"${name}"`);
      }
    }
  }
}

/** Whether the trust policy lets Lambda take the role. */
export function trusts(text: string, servicePrincipal: string): boolean {
  const policy: unknown = JSON.parse(text);
  const statement: unknown =
    typeof policy === "object" && policy !== null ? Reflect.get(policy, "Statement") : undefined;
  const statements = Array.isArray(statement) ? statement : [statement];
  return statements.some((each) => {
    const s = fields(each);
    if (s.get("Effect") !== "Allow") return false;
    const principal = s.get("Principal");
    if (principal === undefined) return false;
    if (principal === "*") return true;
    return (strings(fields(principal).get("Service")) ?? []).includes(servicePrincipal);
  });
}
