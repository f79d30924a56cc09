/**
 * Properties that `canonical` of a type accepts and turns into others, so that its schema does not have them. A test
 * gives each to its type and sees that nothing is left of it.
 */
interface Accepted {
  /** Its type in TypeScript; `Self` stands for the type's own properties. */
  readonly as: string;
  readonly says: string;
}

const TAG_LIST = "Readonly<Record<string, string>> | readonly { Key: string; Value: string }[]";

export const alsoAccepted: Readonly<Record<string, Readonly<Record<string, Accepted>>>> = {
  "IAM::Role": {
    Tags: { as: TAG_LIST, says: "A map, or AWS's list of `{Key, Value}`." },
    AttachedPolicies: {
      as: "readonly (string | { PolicyArn: string; PolicyName?: string })[]",
      says: "ARNs, or AWS's list of `{PolicyName, PolicyArn}`.",
    },
  },
  "IAM::Policy": { Tags: { as: TAG_LIST, says: "A map, or AWS's list of `{Key, Value}`." } },
  "CloudWatchLogs::LogGroup": {
    tags: { as: "Readonly<Record<string, string>>", says: "The same as Tags." },
  },
  "Lambda::Function": {
    Configuration: { as: "Self", says: "Any of these properties, as GruCloud 8 and newer write them." },
  },
  "Lambda::Permission": {
    Action: { as: "string", says: "One statement's properties may be written without Permissions." },
    Principal: { as: "string", says: "See Action." },
    StatementId: { as: "string", says: "See Action." },
    SourceArn: { as: "string", says: "See Action." },
    SourceAccount: { as: "string", says: "See Action." },
    EventSourceToken: { as: "string", says: "See Action." },
    PrincipalOrgID: { as: "string", says: "See Action." },
    FunctionUrlAuthType: { as: '"NONE" | "AWS_IAM"', says: "See Action." },
    InvokedViaFunctionUrl: { as: "boolean", says: "See Action." },
    Qualifier: { as: "string", says: "See Action." },
    FunctionName: { as: "string", says: "See Action." },
  },
};
