/** The service of this folder's types: Cognito user pools. */
import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { RAISE } from "../../aws/classify.ts";
import { actionsWith, type Service } from "../../aws/service.ts";

export const cognito: Service<CognitoIdentityProvider> = {
  name: "Cognito Identity Provider",
  region: "regional",
  iamAction: actionsWith("cognito-idp"),
  lookBeforeRepeating: [
    "CreateUserPool",
    "CreateUserPoolClient",
    "CreateUserPoolDomain",
    "AddCustomAttributes",
  ],
  errors: [
    // A new role is refused until IAM has spread it: hashicorp/terraform-provider-aws, internal/service/cognitoidp/user_pool.go.
    {
      code: /^InvalidSmsRole(TrustRelationship|AccessPolicy)Exception$/,
      class: "wait",
      awaiting: "Cognito to be able to use the role for SMS",
      deadlineMs: 120_000,
    },
    {
      operation: /^DeleteUserPool$/,
      message: /has a domain configured/i,
      class: "wait",
      awaiting: "the user pool's domain to be gone",
      deadlineMs: 300_000,
    },
    {
      operation: /^DeleteUserPool$/,
      message: /deletion protection/i,
      class: "refuse",
      hint: "Set DeletionProtection to INACTIVE, apply, and delete the pool then.",
    },
    // hashicorp/terraform-provider-aws, internal/service/cognitoidp/user_pool_domain.go.
    { operation: /^DeleteUserPoolDomain$/, message: /no such domain/i, class: "gone" },
    {
      code: /^LimitExceeded/,
      class: "quota",
      quota: { name: "Cognito's quota", raise: RAISE },
    },
  ],
  load: async (config) =>
    new (await import("@aws-sdk/client-cognito-identity-provider")).CognitoIdentityProvider(config),
};
