/** The services that stacks need besides those of their resource types. */
import type { CloudTrail } from "@aws-sdk/client-cloudtrail";
import type { ECR } from "@aws-sdk/client-ecr";
import type { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { STS } from "@aws-sdk/client-sts";
import { actionsWith, type Service } from "./service.ts";

export const sts: Service<STS> = {
  name: "STS",
  region: "regional",
  iamAction: actionsWith("sts"),
  lookBeforeRepeating: [],
  errors: [
    {
      operation: /^AssumeRole/,
      code: /^AccessDenied/,
      class: "wait",
      awaiting: "IAM to let the role be assumed",
      deadlineMs: 60_000,
    },
  ],
  load: async (config) => new (await import("@aws-sdk/client-sts")).STS(config),
};

export const tagging: Service<ResourceGroupsTaggingAPI> = {
  name: "Resource Groups Tagging API",
  region: "regional",
  iamAction: actionsWith("tag"),
  lookBeforeRepeating: [],
  load: async (config) =>
    new (await import("@aws-sdk/client-resource-groups-tagging-api")).ResourceGroupsTaggingAPI(config),
};

export const secretsManager: Service<SecretsManager> = {
  name: "Secrets Manager",
  region: "regional",
  iamAction: actionsWith("secretsmanager"),
  lookBeforeRepeating: [],
  errors: [{ code: /^ResourceNotFound/, class: "gone" }],
  load: async (config) => new (await import("@aws-sdk/client-secrets-manager")).SecretsManager(config),
};

export const ecr: Service<ECR> = {
  name: "ECR",
  region: "regional",
  iamAction: actionsWith("ecr"),
  lookBeforeRepeating: [],
  errors: [{ code: /^(ImageNotFound|RepositoryNotFound)/, class: "gone" }],
  load: async (config) => new (await import("@aws-sdk/client-ecr")).ECR(config),
};

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html says its rate. */
export const cloudTrail: Service<CloudTrail> = {
  name: "CloudTrail",
  region: "regional",
  iamAction: actionsWith("cloudtrail"),
  lookBeforeRepeating: [],
  rates: { all: { perSecond: 2, burst: 2 } },
  load: async (config) => new (await import("@aws-sdk/client-cloudtrail")).CloudTrail(config),
};

/** Where the events of global services are. */
export const globalCloudTrail: Service<CloudTrail> = { ...cloudTrail, region: "global" };
