/** Parameters. Facts: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
import type { SSM } from "@aws-sdk/client-ssm";
import { ifFound } from "../../aws/errors.ts";
import { sdkInput } from "../../aws/sdk-input.ts";
import { hasMarker } from "../../model/reference-marker.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { tagChanges, tagList, tagMapOf, tagsOf, textOf } from "../live-values.ts";
import { enumText, limitedText, patternText, properties, tags } from "../schema.ts";
import { ssm } from "./service.ts";

const isSecret = ({ Type }: JsonObject): boolean => Type === "SecureString";
/** Most characters of a value in the tier Standard. */
const STANDARD = 4096;
const AWS_KEY = "alias/aws/ssm";

/** What AWS has under a name: the value from one call, the rest from others. */
async function find(client: SSM, Name: string): Promise<JsonObject | undefined> {
  const value = await ifFound(() => client.getParameter({ Name, WithDecryption: true }));
  if (value?.Parameter === undefined) return undefined;
  const [{ Parameters: [about = {}] = [] }, { TagList }] = await Promise.all([
    client.describeParameters({ ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [Name] }] }),
    client.listTagsForResource({ ResourceType: "Parameter", ResourceId: Name }),
  ]);
  const { Type = "", Value = "", DataType = "", Version = 0 } = value.Parameter;
  const { Description = "", KeyId = "", AllowedPattern = "", Tier = "" } = about;
  const Tags = tagMapOf(TagList);
  return { Name, Type, Value, DataType, Version, Description, KeyId, AllowedPattern, Tier, Tags };
}

/** A state as PutParameter takes it; `""` takes a text away. */
const sent = ({ Tags: _own, Type, ...state }: JsonObject): JsonObject => ({
  Description: "",
  AllowedPattern: "",
  ...state,
  Type: Type ?? "String",
});

export const parameter = defineType({
  type: "SSM::Parameter",
  summary: "A setting in Parameter Store. Its value is masked in plans, comments and logs.",
  service: ssm,
  properties: properties({
    Name: required(
      patternText(
        /^(?!\/?(aws|ssm)($|[^\w]))(?=.{1,1011}$)(\/[\w.-]+(\/[\w.-]+){0,14}|[\w.-]+)$/i,
        'a parameter\'s name, such as "db-url" or "/shop/prod/db-url"; names that begin with aws or ssm are AWS\'s',
      ),
      "Name of the parameter with its path, also its name in the spec.",
      { createOnly: true },
    ),
    Type: optional(
      enumText("String", "StringList", "SecureString"),
      "Kind of value. AWS cannot change it, so a change replaces the parameter.",
      { default: "String", createOnly: true },
    ),
    Value: required(limitedText(8192, 1), "The value: at most 4096 characters in the tier Standard.", {
      sensitive: true,
    }),
    Description: optional(limitedText(1024), "Free text."),
    KeyId: optional(
      patternText(/^[\w:/-]{0,256}$/, 'the id, ARN or alias of a key, such as "alias/shop"'),
      "KMS key that encrypts a SecureString.",
      {
        default: (given) => (isSecret(given) ? AWS_KEY : undefined),
        defaultWords: `\`${AWS_KEY}\` for a SecureString`,
      },
    ),
    AllowedPattern: optional(limitedText(1024), "Regular expression that values must match."),
    Tier: optional(enumText("Standard", "Advanced", "Intelligent-Tiering"), "How large it may be.", {
      default: "Standard",
      // AWS answers what it chose.
      ignored: (_given, { wanted }) => wanted.Tier === "Intelligent-Tiering",
    }),
    DataType: optional(enumText("text", "aws:ec2:image"), "What kind of text it is.", {
      default: "text",
    }),
    Tags: tags(),
  }),
  dependencies: { kmsKey: { type: "KMS::Key", acceptsArn: true, fills: "KeyId" } },
  identity: { by: "name", property: "Name" },
  physicalName(name, shortened) {
    const path = name.slice(0, name.lastIndexOf("/") + 1);
    return `${path}${shortened(name.slice(path.length), 1011 - path.length)}`;
  },
  id: "Name",
  arn: ({ partition, region, account }, { name }) =>
    `arn:${partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, "")}`,
  // A path begins with a slash. A name without a path may, which its ARN does not tell.
  nameOfArn(arn) {
    const rest = /^arn:[^:]+:ssm:[^:]*:\d*:parameter\/(.+)$/.exec(arn)?.[1];
    return rest?.includes("/") === true ? `/${rest}` : rest;
  },
  foundByTagsAs: "ssm:parameter",
  updates: "replace",
  tags: "verbs",
  // An advanced parameter cannot become a standard one.
  replaces: ({ path, before, after }) =>
    path === "Tier" ? before === "Advanced" && after === "Standard" : undefined,
  checks({ properties: { Type, KeyId, Tier, Value }, dependencies }) {
    const value = textOf(Value);
    const known = !hasMarker(value);
    return [
      ...(Type === "SecureString" || (isEmpty(KeyId) && (dependencies.kmsKey ?? []).length === 0)
        ? []
        : [{ path: "KeyId", message: "is only for the type SecureString" }]),
      ...(known && value.length > STANDARD && (textOf(Tier) || "Standard") === "Standard"
        ? [
            {
              path: "Value",
              message: `has ${value.length} characters; a parameter of the tier Standard has at most ${STANDARD}`,
              hint: "Set Tier to Advanced, which costs, or make the value shorter.",
            },
          ]
        : []),
      // It would name another parameter, and those are not nested.
      ...(known && /\{\{.*\}\}/s.test(value)
        ? [{ path: "Value", message: "has a text in double braces, {{ }}, which AWS does not take" }]
        : []),
    ];
  },
  attributes: {
    id: "The parameter's name.",
    "live.Arn": "The parameter's ARN.",
    "live.Name": "The parameter's name.",
  },
  permissions: {
    read: ["GetParameter", "DescribeParameters", "ListTagsForResource"],
    write: ["PutParameter", "DeleteParameter", "AddTagsToResource", "RemoveTagsFromResource"],
    besides: {
      "kms:Decrypt": "to compare a SecureString that has a key of your own",
      "kms:Encrypt": "to write a SecureString that has a key of your own",
    },
  },
  consequence: (live) => `What reads parameter ${live.name} fails.`,
  calls: {
    async get(client, name, { inSpec }) {
      const found = await find(client, name);
      return found !== undefined || inSpec || name.startsWith("/") ? found : find(client, `/${name}`);
    },
    async create(client, { Tags = {}, ...input }) {
      await client.putParameter(sdkInput({ ...sent(input), Tags: tagList(tagsOf({ Tags })) }));
      return {};
    },
    async update(client, input, { live, state, changes, changed }) {
      const named = { ResourceType: "Parameter", ResourceId: live.id } as const;
      if (changed("Tags")) {
        const { set, remove } = tagChanges(live.state, state);
        if (remove.length > 0) await client.removeTagsFromResource({ ...named, TagKeys: remove });
        if (!isEmpty(set)) await client.addTagsToResource({ ...named, Tags: tagList(set) });
      }
      if (changes.some(({ path }) => !/^Tags\b/.test(path)))
        await client.putParameter(
          sdkInput({ ...sent({ ...input, Type: state.Type ?? "" }), Name: live.id, Overwrite: true }),
        );
      return {};
    },
    delete: (client, live) => client.deleteParameter({ Name: textOf(live.id) }),
  },
});
