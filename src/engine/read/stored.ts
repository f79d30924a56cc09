/** Reads the values that the spec takes from Parameter Store and Secrets Manager. They stay in this process. */
import type { ConnectedAws } from "../../aws/connect.ts";
import { errorName, ifFound, translate } from "../../aws/errors.ts";
import { secretsManager } from "../../aws/services.ts";
import { failAll, GatewrightError } from "../../model/errors.ts";
import { own } from "../../model/own.ts";
import {
  isObject,
  isTemplate,
  isUnknown,
  type JsonValue,
  type StoredValue,
  type Template,
  type Text,
} from "../../model/values.ts";
import { joinedParts } from "../../spec/in-json.ts";
import { isCommon } from "./secrets.ts";
import { ssm } from "../../resources/SSM/service.ts";
import type { DesiredResource } from "../../spec/types.ts";

/** What was read. Holds secrets: never logged, stored or sent. */
export interface Stored {
  /** The value; unknown where there is none. */
  text(value: StoredValue): Text;
  /** Which values the spec uses, and their versions: part of the plan's identity. Without the values. */
  readonly versions: readonly JsonValue[];
  /** What must be seen nowhere: secrets and encrypted parameters, of the base branch too. */
  readonly secrets: readonly string[];
  /** Those that other texts hold by chance (`isCommon`): looked for as values, not inside everything. */
  readonly commonSecrets: readonly string[];
  /** All values, for texts in which anything may be quoted. */
  readonly texts: readonly string[];
  /** Throws for each value of the spec that is not there. */
  check(): void;
}

interface Read {
  readonly text: string;
  readonly version: string;
  readonly isSecret: boolean;
}
type Wrong =
  | { readonly code: string; readonly wrong: string; readonly hint: string }
  /** AWS refused to say. */
  | { readonly wrong: unknown };
type Answer = Read | Wrong;

interface Use {
  readonly value: StoredValue;
  readonly by: DesiredResource;
}

const idOf = ({ from, name, key }: StoredValue): string => JSON.stringify([from, name, key]);

/** @param base resources of the base branch: their values are compared with, and may be missing */
export async function readStored(
  aws: ConnectedAws,
  spec: readonly DesiredResource[],
  base: readonly DesiredResource[],
): Promise<Stored> {
  const uses = new Map(spec.flatMap(usesOf).map((use) => [idOf(use.value), use]));
  const all = new Map([...base.flatMap(usesOf).map((use) => [idOf(use.value), use] as const), ...uses]);
  const calls = new Map<string, Promise<Answer>>();
  const answers = new Map<string, Answer>();
  await Promise.all(
    [...all].map(async ([id, { value, by }]) => {
      // Several keys of one secret are one call.
      const whole = { ...value, key: "" };
      const call = calls.get(idOf(whole)) ?? readOne(aws, whole, by.key);
      calls.set(idOf(whole), call);
      answers.set(id, partOf(value, await call));
    }),
  );
  const read = [...answers].flatMap(([id, answer]) => ("wrong" in answer ? [] : [{ id, ...answer }]));
  const text = (value: StoredValue): Text => {
    const answer = answers.get(idOf(value));
    return answer === undefined || "wrong" in answer
      ? { $unknown: `${value.from} ${value.name}` }
      : answer.text;
  };
  const secrets = read.flatMap((one) => (one.isSecret ? [one.text] : []));
  const common = secrets.filter((one) => one !== "" && isCommon(one) && !SAYS_NOTHING.test(one));
  const around = textsAround([...spec, ...base], text, common);
  return {
    text,
    versions: read
      .filter(({ id }) => uses.has(id))
      .map(({ id, version }) => [id, version])
      .sort((one, other) => ((one[0] ?? "") < (other[0] ?? "") ? -1 : 1)),
    secrets: lookedForEverywhere([...secrets, ...around]),
    commonSecrets: [...common, ...around.filter(isCommon)],
    texts: lookedForEverywhere([...read.map((one) => one.text), ...around]),
    check: () =>
      failAll(
        [...uses].flatMap(([id, { value, by }]) => {
          const answer = answers.get(id);
          if (answer === undefined || !("wrong" in answer)) return [];
          if (!("code" in answer)) throw answer.wrong;
          const what = `config.${value.from}("${value.name}")`;
          return new GatewrightError(answer.code, `${by.key}: ${what}: ${answer.wrong}`, {
            hint: answer.hint,
            at: by.at,
            resource: by.key,
          });
        }),
      ),
  };
}

/** Whether a resource takes any of its values from there. */
export function usesStored(resource: DesiredResource): boolean {
  return storedValues(resource).length > 0;
}

/** Part of a secret that is JSON, such as its `ssl`: hidden where it is used, or else no plan could show any `true`. */
const SAYS_NOTHING = /^(?:.|\d\d|true|false|null)$/su;

function lookedForEverywhere(values: readonly string[]): readonly string[] {
  const texts = new Set(values.filter((value) => !isCommon(value)));
  // A longer one may contain a shorter one.
  return [...texts].sort((one, other) => other.length - one.length);
}

/**
 * The lines of the spec's texts that have a common secret as a part, such as `https://hooks.example.com/orders`: the word by itself is not
 * looked for inside other texts. Those with references are known only later.
 */
export function textsAround(
  resources: readonly Pick<DesiredResource, "properties">[],
  text: Stored["text"],
  commonSecrets: readonly string[],
): readonly string[] {
  const hidden: readonly unknown[] = commonSecrets;
  return resources
    .flatMap(({ properties }) => templatesIn(properties))
    .flatMap(({ $template }) => {
      const parts = $template.map((part) =>
        typeof part === "string" ? part : "stored" in part ? text(part.stored) : { $unknown: "" },
      );
      const isSecret = (part: Text, index: number): boolean =>
        typeof $template[index] !== "string" && hidden.includes(part);
      const inside = parts.filter(isSecret).map(String);
      if (parts.length < 2 || inside.length === 0 || parts.some(isUnknown)) return [];
      const whole = joinedParts(
        parts.map((part, index) => ({ text: String(part), isValue: typeof $template[index] !== "string" })),
      );
      return whole.split(/[\r\n]+/).filter((line) => inside.some((secret) => line.includes(secret)));
    });
}

/** The values that a resource takes from there. */
export function storedValues(resource: DesiredResource): readonly StoredValue[] {
  return storedIn(resource.properties);
}

/** The same of one of its properties. */
export function storedIn(value: JsonValue): readonly StoredValue[] {
  return templatesIn(value).flatMap(({ $template }) =>
    $template.flatMap((part) => (typeof part !== "string" && "stored" in part ? [part.stored] : [])),
  );
}

function templatesIn(value: JsonValue): readonly Template[] {
  if (isTemplate(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(templatesIn);
  return isObject(value) ? Object.values(value).flatMap(templatesIn) : [];
}

function usesOf(resource: DesiredResource): readonly Use[] {
  return storedValues(resource).map((value) => ({ value, by: resource }));
}

async function readOne(aws: ConnectedAws, { from, name }: StoredValue, resource: string): Promise<Answer> {
  try {
    return from === "parameter" ? await readParameter(aws, name) : await readSecret(aws, name);
  } catch (error) {
    // Who deletes everything does not need it.
    return { wrong: translate(error, resource) };
  }
}

async function readParameter(aws: ConnectedAws, name: string): Promise<Answer> {
  const client = await aws.client(ssm);
  const found = await ifFound(() => client.getParameter({ Name: name, WithDecryption: true }));
  const { Value, Version = 0, Type } = found?.Parameter ?? {};
  if (Value === undefined)
    return {
      code: "VALUE_NOT_FOUND",
      wrong: `Parameter Store has no such parameter in ${aws.region}`,
      hint: "Correct the name, or create it first. A parameter of this spec is referred to with getId.",
    };
  return { text: Value, version: String(Version), isSecret: Type === "SecureString" };
}

async function readSecret(aws: ConnectedAws, name: string): Promise<Answer> {
  const client = await aws.client(secretsManager);
  const found = await ifFound(() => client.getSecretValue({ SecretId: name })).catch((error: unknown) => {
    if (!isToBeDeleted(error)) throw error;
    return "deleted" as const;
  });
  if (found === "deleted")
    return {
      code: "VALUE_NOT_FOUND",
      wrong: `the secret is to be deleted in ${aws.region}: Secrets Manager keeps it for some days, but gives it to nobody`,
      hint: `Bring it back (aws secretsmanager restore-secret --secret-id ${name}), or name another one.`,
    };
  if (found === undefined)
    return {
      code: "VALUE_NOT_FOUND",
      wrong: `Secrets Manager has no such secret in ${aws.region}, or none with a value`,
      hint: "Correct the name, or create it and give it a value first.",
    };
  const { SecretString, VersionId = "" } = found;
  if (SecretString === undefined)
    return {
      code: "VALUE_INVALID",
      wrong: "the secret is binary; accepted: text",
      hint: "Store it as text, for one in base64, and decode it where it is used.",
    };
  return { text: SecretString, version: VersionId, isSecret: true };
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html */
function isToBeDeleted(error: unknown): boolean {
  return errorName(error) === "InvalidRequestException" && /marked for deletion/.test(String(error));
}

/** The value at a key of a secret that is JSON; the whole without a key. */
function partOf({ key }: StoredValue, whole: Answer): Answer {
  if (key === "" || "wrong" in whole) return whole;
  const wrong = (what: string): Answer => ({
    code: "VALUE_INVALID",
    wrong: what,
    hint: `With \`key\` the secret has to be a JSON object that has this key: {"${key}": "…"}.`,
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(whole.text);
  } catch {
    return wrong(`the secret is not JSON, and its key "${key}" is asked for`);
  }
  const part = isObject(parsed) ? own(parsed, key) : undefined;
  if (typeof part !== "string" && typeof part !== "number" && typeof part !== "boolean")
    return wrong(`the secret has no text at the key "${key}"`);
  return { ...whole, text: String(part) };
}
