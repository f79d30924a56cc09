import * as client from "@aws-sdk/client-cloudwatch-logs";
import { AwsError } from "../core/errors.ts";
import { operation, service } from "../core/service.ts";
import * as groups from "./groups.ts";
import * as tags from "./tags.ts";

/** CloudWatch Logs: log groups, their retention, key and tags. */
export const logs = service(
  {
    id: "logs",
    protocol: "aws-json",
    key: "Logs_20140328",
    missing: (member) =>
      new AwsError(
        "InvalidParameterException",
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      ),
  },
  client,
  [
    operation(client.CreateLogGroup$, groups.createLogGroup),
    operation(client.DeleteLogGroup$, groups.deleteLogGroup),
    operation(client.DescribeLogGroups$, groups.describeLogGroups),
    operation(client.PutRetentionPolicy$, groups.putRetentionPolicy),
    operation(client.DeleteRetentionPolicy$, groups.deleteRetentionPolicy),
    operation(client.AssociateKmsKey$, groups.associateKmsKey),
    operation(client.DisassociateKmsKey$, groups.disassociateKmsKey),
    operation(client.PutLogGroupDeletionProtection$, groups.putLogGroupDeletionProtection),
    operation(client.TagResource$, tags.tagResource),
    operation(client.UntagResource$, tags.untagResource),
    operation(client.ListTagsForResource$, tags.listTagsForResource),
  ],
);
