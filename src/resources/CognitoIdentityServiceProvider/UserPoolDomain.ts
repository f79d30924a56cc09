/** Domains of user pools. Facts: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html */
import { sdkInput } from "../../aws/sdk-input.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import { own } from "../../model/own.ts";
import { certificateElsewhere, spreadFrom } from "../ACM/region.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { jsonOf, objectOf, textOf } from "../live-values.ts";
import { arnText, enumText, patternText, properties, wholeNumber } from "../schema.ts";
import type { Readiness } from "../type.ts";
import { cognito } from "./service.ts";
import { described } from "./UserPool.ts";

const READINESS: Record<string, Readiness> = {
  CREATING: "pending",
  UPDATING: "pending",
  FAILED: "failed",
  DELETING: "deleting",
};

const isCustom = (domain: string): boolean => domain.includes(".");

export const userPoolDomain = defineType({
  type: "CognitoIdentityServiceProvider::UserPoolDomain",
  summary: "The name under which a user pool serves its sign-in pages.",
  service: cognito,
  properties: properties({
    Domain: required(
      patternText(
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
        "a prefix of small letters, digits and -, or a domain name of your own",
      ),
      "The prefix before `.auth.REGION.amazoncognito.com`, or a whole domain name; also its name in the spec.",
      { createOnly: true },
    ),
    ManagedLoginVersion: optional(wholeNumber(1, 2), "1: the classic hosted pages; 2: the managed ones.", {
      default: 1,
    }),
    CustomDomainConfig: optional(
      properties({
        CertificateArn: optional(arnText("acm"), "Certificate in us-east-1."),
        SecurityPolicy: optional(
          enumText("TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"),
          "The oldest TLS that it takes.",
          { ignored: (_given, { wanted }) => isEmpty(objectOf(wanted.CustomDomainConfig).SecurityPolicy) },
        ),
      }),
      "For a domain name of your own.",
      { defaultWords: "from the dependency certificate" },
    ),
  }),
  dependencies: {
    userPool: {
      type: "CognitoIdentityServiceProvider::UserPool",
      required: true,
      parent: true,
      deletedFirst: true,
    },
    certificate: { type: "ACM::Certificate", acceptsArn: true },
  },
  identity: { by: "parent", property: "Domain" },
  onlyOnce: ({ Domain }) => [Domain],
  id: "Domain",
  // A pool has one prefix and one domain name at a time: another one takes its place.
  pair(desired, live) {
    const kind = ({ state }: { readonly state: JsonObject }): boolean => isCustom(textOf(state.Domain));
    return new Map(
      desired.flatMap((one) => {
        const found = live.find((other) => kind(other) === kind(one));
        return found === undefined ? [] : [[one, found] as const];
      }),
    );
  },
  wait: {
    readiness: ({ attributes }) => own(READINESS, textOf(attributes.Status)) ?? "ready",
    awaiting: ({ name }) => `domain ${name.split("::").at(-1) ?? name} of the user pool to be active`,
    // A domain name of one's own is spread by CloudFront: up to an hour.
    deadlineMs: 3_600_000,
    deletion: true,
  },
  checks: ({ properties: { Domain, CustomDomainConfig }, dependencies }) => {
    const certificate =
      !isEmpty(objectOf(CustomDomainConfig).CertificateArn) || (dependencies.certificate ?? []).length > 0;
    if (isCustom(textOf(Domain)) === certificate || textOf(Domain) === "") return [];
    return [
      certificate
        ? { path: "Domain", message: "is a prefix: only a domain name of your own has a certificate" }
        : {
            path: "CustomDomainConfig",
            message: "is required for a domain name of your own",
            hint: "Or name dependencies.certificate.",
          },
    ];
  },
  inspect: (one, spec) =>
    certificateElsewhere(one, spec, {
      path: ["CustomDomainConfig", "CertificateArn"],
      given: objectOf(one.properties.CustomDomainConfig).CertificateArn,
      dependency: "certificate",
      taker: "a user pool's domain",
      // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html
      region: spreadFrom(spec),
    }),
  attributes: {
    id: "The domain.",
    "live.Domain": "The domain.",
    "live.CloudFrontDistribution": "The distribution's domain name, for an alias record.",
  },
  permissions: {
    read: ["DescribeUserPoolDomain"],
    write: ["CreateUserPoolDomain", "UpdateUserPoolDomain", "DeleteUserPoolDomain"],
  },
  consequence: (live) => `Sign-in pages under ${live.id} are gone, and somebody else may take the prefix.`,
  fromSpec(wanted, desired) {
    const given = desired.dependency("certificate");
    const config = objectOf(wanted.CustomDomainConfig);
    if (given === undefined || !isEmpty(config.CertificateArn)) return wanted;
    return { ...wanted, CustomDomainConfig: { ...config, CertificateArn: given.id } };
  },
  calls: {
    async wholeList({ aws, once }, { parent }) {
      const client = await aws.client(cognito);
      const UserPoolId = parent?.id ?? "";
      const pool = await once(described(UserPoolId), () => client.describeUserPool({ UserPoolId }));
      return [pool.UserPool?.Domain, pool.UserPool?.CustomDomain]
        .filter((name) => name !== undefined && name !== "")
        .map((Domain) => ({ Domain }));
    },
    async complete({ aws }, answer) {
      const client = await aws.client(cognito);
      const { DomainDescription = {} } = await client.describeUserPoolDomain({
        Domain: textOf(answer.Domain),
      });
      return { ...answer, ...jsonOf(DomainDescription) };
    },
    async create(client, input, { parent }) {
      await client.createUserPoolDomain(sdkInput({ ...input, UserPoolId: parent?.id ?? "" }));
      return { Status: isCustom(textOf(input.Domain)) ? "CREATING" : "ACTIVE" };
    },
    async update(client, input, { live }) {
      await client.updateUserPoolDomain(
        sdkInput({ ...input, Domain: live.id, UserPoolId: live.parentId ?? "" }),
      );
      return isEmpty(input.CustomDomainConfig) ? {} : { Status: "UPDATING" };
    },
    delete: (client, live) =>
      client.deleteUserPoolDomain({ Domain: live.id, UserPoolId: live.parentId ?? "" }),
  },
});
