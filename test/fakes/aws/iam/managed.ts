import type { Ctx } from "../core/context.ts";
import type { AccountState } from "../state.ts";
import { newVersion } from "./policy-versions.ts";

/** AWS-managed policies that exist in every account: the ones deployers of this kind attach. Names with their path. */
const USUAL = [
  "AdministratorAccess",
  "ReadOnlyAccess",
  "PowerUserAccess",
  "AWSLambda_FullAccess",
  "AWSLambda_ReadOnlyAccess",
  "AWSXRayDaemonWriteAccess",
  "AWSXrayWriteOnlyAccess",
  "AmazonAPIGatewayAdministrator",
  "AmazonAPIGatewayInvokeFullAccess",
  "AmazonDynamoDBFullAccess",
  "AmazonDynamoDBReadOnlyAccess",
  "AmazonEventBridgeFullAccess",
  "AmazonS3FullAccess",
  "AmazonS3ReadOnlyAccess",
  "AmazonSNSFullAccess",
  "AmazonSQSFullAccess",
  "AWSStepFunctionsFullAccess",
  "CloudWatchFullAccess",
  "CloudWatchLogsFullAccess",
  "SecretsManagerReadWrite",
  "service-role/AWSLambdaBasicExecutionRole",
  "service-role/AWSLambdaDynamoDBExecutionRole",
  "service-role/AWSLambdaKinesisExecutionRole",
  "service-role/AWSLambdaRole",
  "service-role/AWSLambdaSQSQueueExecutionRole",
  "service-role/AWSLambdaVPCAccessExecutionRole",
  "service-role/AmazonAPIGatewayPushToCloudWatchLogs",
];

const DOCUMENT = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["logs:CreateLogGroup", "logs:PutLogEvents"], Resource: "*" }],
});

/** Puts AWS's managed policies into a fresh account. */
export function seedManagedPolicies(account: AccountState, ctx: Ctx, further: string[]): void {
  const created = new Date(Date.UTC(2015, 3, 9));
  for (const full of [...USUAL, ...further]) {
    const slash = full.lastIndexOf("/");
    const arn = `arn:${ctx.partition}:iam::aws:policy/${full}`;
    const record = {
      policy: {
        PolicyName: full.slice(slash + 1),
        PolicyId: ctx.ids.upper("ANPA", 17),
        Arn: arn,
        Path: slash === -1 ? "/" : `/${full.slice(0, slash + 1)}`,
        DefaultVersionId: "v1",
        AttachmentCount: 0,
        PermissionsBoundaryUsageCount: 0,
        IsAttachable: true,
        CreateDate: created,
        UpdateDate: created,
      },
      versions: new Map(),
      nextVersion: 1,
      tags: new Map<string, string>(),
      hiddenFor: 0,
      managedByAws: true,
    };
    newVersion(ctx, record, DOCUMENT, true);
    account.policies.set(arn, record);
  }
}
