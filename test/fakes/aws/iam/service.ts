import * as client from "@aws-sdk/client-iam";
import { AwsError } from "../core/errors.ts";
import { service } from "../core/service.ts";
import { attachmentOperations } from "./role-attachments.ts";
import { inlineOperations } from "./role-policies.ts";
import { instanceProfileOperations, taggedProfiles } from "./instance-profiles.ts";
import { oidcOperations, taggedProviders } from "./open-id-connect-providers.ts";
import { policyOperations } from "./policies.ts";
import { roleOperations } from "./roles.ts";
import { tagOperations } from "./tags.ts";
import { versionOperations } from "./policy-versions.ts";

/** IAM: roles, customer managed policies, instance profiles and OpenID Connect providers. */
export const iam = service(
  {
    id: "iam",
    protocol: "query",
    key: "2010-05-08",
    xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    missing: (member) =>
      new AwsError(
        "ValidationError",
        `1 validation error detected: Value null at '${member.charAt(0).toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null`,
      ),
    throttled: () => new AwsError("Throttling", "Rate exceeded"),
    busy: () =>
      new AwsError(
        "ConcurrentModification",
        "The request was rejected because multiple requests to change this object were submitted simultaneously.",
        409,
      ),
    // IAM is one for the account, and its tags are found where it lives.
    tagged: (ctx) =>
      ctx.regionName !== "us-east-1"
        ? []
        : [
            ...[...ctx.account.policies.values()]
              .filter((record) => !record.managedByAws)
              .map(({ policy, tags }) => ({ arn: policy.Arn ?? "", tags })),
            ...taggedProfiles(ctx),
            ...taggedProviders(ctx),
          ],
  },
  client,
  [
    ...roleOperations,
    ...tagOperations,
    ...inlineOperations,
    ...attachmentOperations,
    ...policyOperations,
    ...versionOperations,
    ...instanceProfileOperations,
    ...oidcOperations,
  ],
);
