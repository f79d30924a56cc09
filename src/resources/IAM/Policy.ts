/** Customer-managed IAM policies. Facts: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html */
import { factLists, optional, required } from "../facts.ts";
import type { IAM } from "@aws-sdk/client-iam";
import { isNotFound } from "../../aws/errors.ts";
import { isOurs } from "../../aws/tags.ts";
import { hasMarker } from "../../model/reference-marker.ts";
import { isEmpty, type JsonObject, type JsonValue } from "../../model/values.ts";
import { jsonOf, tagChanges, tagList, tagMapOf, tagsOf, textOf, userTags } from "../live-values.ts";
import { nameFrom, propertyName } from "../naming.ts";
import { patternText, properties, tagMap, text } from "../schema.ts";
import type { CreateContext, Live, Lookup, ReadContext, ResourceType, UpdateContext } from "../type.ts";
import type { StackFacts } from "../../model/stack.ts";
import { documentSchema, pathSchema } from "./iam-schema.ts";
import { decodedPolicy, parsedPolicy } from "../policy-document.ts";
import { deletePolicy, setDocument } from "./policy-versions.ts";
import { tagListToMap } from "./tag-list.ts";
import { iam } from "./service.ts";

const TYPE = "IAM::Policy";

const schema = properties({
  PolicyName: required(
    patternText(/^[\w+=,.@-]{1,128}$/, "a policy's name: letters, digits and + = , . @ - _, at most 128"),
    "Name of the policy, also its name in the spec.",
    { createOnly: true },
  ),
  Path: optional(pathSchema(), "Path in front of the name. Default: /.", { createOnly: true }),
  PolicyDocument: required(documentSchema(), "The policy document, as an object or as JSON text.", {
    policyDocument: true,
  }),
  Description: optional(
    text().max(1000),
    "Description. AWS cannot change it, so a change replaces the policy.",
    { createOnly: true },
  ),
  Tags: tagMap().optional(),
});

function policyArn(stack: StackFacts, path: string, name: string): string {
  return `arn:${stack.partition}:iam::${stack.account}:policy${path}${name}`;
}

function pathOf(properties: JsonObject | undefined): string | undefined {
  const path = properties?.Path ?? "/";
  return typeof path === "string" ? path : undefined;
}

function liveOf(policy: JsonObject, document: JsonValue, tags: Readonly<Record<string, string>>): Live {
  const state: JsonObject = {
    PolicyName: policy.PolicyName ?? "",
    Path: policy.Path ?? "/",
    PolicyDocument: document,
    Tags: userTags(tags),
  };
  if (!isEmpty(policy.Description)) state.Description = textOf(policy.Description);
  const arn = textOf(policy.Arn);
  return { type: TYPE, name: textOf(policy.PolicyName), id: arn, state, attributes: policy, tags };
}

async function readOne({ aws, stack }: ReadContext, arn: string, wanted: boolean): Promise<Live | undefined> {
  const client = await aws.client(iam);
  try {
    const { Policy: policy } = await client.getPolicy({ PolicyArn: arn });
    if (policy === undefined) return undefined;
    const tags = tagMapOf(policy.Tags);
    const answer = { ...jsonOf(policy), Arn: arn };
    // Somebody else's policy that a role of ours has: its document is none of our business and costs a call.
    if (!wanted && !isOurs(tags, stack)) return liveOf(answer, {}, tags);
    const { PolicyVersion } = await client.getPolicyVersion({
      PolicyArn: arn,
      VersionId: policy.DefaultVersionId,
    });
    return liveOf(answer, decodedPolicy(PolicyVersion?.Document), tags);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function read(context: ReadContext): Promise<readonly Live[]> {
  const wanted = new Map<string, boolean>();
  for (const lookup of context.lookups) {
    const arn = lookupArn(context.stack, lookup);
    if (arn !== undefined) wanted.set(arn, wanted.get(arn) === true || lookup.properties !== undefined);
  }
  const found = await Promise.all([...wanted].map(([arn, inSpec]) => readOne(context, arn, inSpec)));
  return found.filter((live) => live !== undefined);
}

function lookupArn(stack: StackFacts, lookup: Lookup): string | undefined {
  if (lookup.arn !== undefined) return lookup.arn;
  const path = pathOf(lookup.properties);
  return path === undefined ? undefined : policyArn(stack, path, lookup.name);
}

async function create({ aws, stack, state }: CreateContext): Promise<Live> {
  const client = await aws.client(iam);
  const { Policy: made } = await client.createPolicy({
    PolicyName: textOf(state.PolicyName),
    Path: textOf(state.Path),
    PolicyDocument: JSON.stringify(state.PolicyDocument),
    ...(isEmpty(state.Description) ? {} : { Description: textOf(state.Description) }),
    Tags: tagList(tagsOf(state)),
  });
  const arn = made?.Arn ?? policyArn(stack, textOf(state.Path), textOf(state.PolicyName));
  return liveOf({ ...state, ...jsonOf(made ?? {}), Arn: arn }, state.PolicyDocument ?? {}, tagsOf(state));
}

async function update(context: UpdateContext): Promise<Live> {
  const { aws, state, live, changed } = context;
  const client = await aws.client(iam);
  const PolicyArn = live.id;
  let version: string | undefined;
  if (changed("Tags")) await setTags(client, PolicyArn, live.state, state);
  if (changed("PolicyDocument")) {
    version = await setDocument(
      client,
      PolicyArn,
      state.PolicyDocument ?? {},
      live.attributes.DefaultVersionId,
    );
  }
  const attributes = { ...live.attributes, ...(version === undefined ? {} : { DefaultVersionId: version }) };
  return liveOf(attributes, state.PolicyDocument ?? {}, tagsOf(state));
}

async function setTags(client: IAM, PolicyArn: string, before: JsonObject, after: JsonObject): Promise<void> {
  const { set, remove } = tagChanges(before, after);
  if (!isEmpty(set)) await client.tagPolicy({ PolicyArn, Tags: tagList(set) });
  if (remove.length > 0) await client.untagPolicy({ PolicyArn, TagKeys: remove });
}

export const policy: ResourceType = {
  type: TYPE,
  summary: "A customer-managed policy that can be attached to roles.",
  service: iam,
  attributes: { id: "The policy's ARN.", "live.Arn": "The policy's ARN." },
  permissions: {
    read: ["GetPolicy", "GetPolicyVersion"],
    write: [
      "CreatePolicy",
      "CreatePolicyVersion",
      "ListPolicyVersions",
      "DeletePolicyVersion",
      "ListEntitiesForPolicy",
      "DetachRolePolicy",
      "DeletePolicy",
      "TagPolicy",
      "UntagPolicy",
    ],
  },
  dependencies: {},
  schema,
  ...factLists(schema),
  taggable: true,
  replaceOrder: "delete-first",
  consequence: (live) => `Roles with ${live.name} attached lose its permissions.`,
  canonical: (entry) => nameFrom("PolicyName", tagListToMap(entry)),
  name: (entry) => propertyName("PolicyName", entry),
  desiredState({ name, properties: wanted }) {
    const document = parsedPolicy(wanted.PolicyDocument);
    return { Path: "/", ...wanted, PolicyName: name, PolicyDocument: document };
  },
  predict({ name, properties: wanted, stack }): Record<string, string> {
    const path = pathOf(wanted);
    if (path === undefined || hasMarker(name)) return {};
    const arn = policyArn(stack, path, name);
    return { id: arn, Arn: arn, PolicyName: name };
  },
  read,
  place: (properties) => textOf(properties.Path) || "/",
  nameOfArn: (arn) => /^arn:[^:]+:iam::\d+:policy\/(?:[^:]*\/)?([^/:]+)$/.exec(arn)?.[1],
  create,
  update,
  async delete({ aws, live }) {
    await deletePolicy(aws, live.id);
  },
};
