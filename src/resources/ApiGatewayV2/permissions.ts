/** What API Gateway asks for besides the action that a call is named after. */
export const passRole = { "iam:PassRole": "to hand the role over to API Gateway" };
export const gatewayTags = {
  "apigateway:TagResource": "tags, at creation too",
  "apigateway:UntagResource": "tags that are removed",
};
export const logDelivery = Object.fromEntries(
  [
    "CreateLogDelivery",
    "GetLogDelivery",
    "UpdateLogDelivery",
    "DeleteLogDelivery",
    "ListLogDeliveries",
    "PutResourcePolicy",
    "DescribeResourcePolicies",
    "DescribeLogGroups",
  ].map((action) => [`logs:${action}`, "access logs"]),
);
