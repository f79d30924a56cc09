/** What API Gateway asks for besides the action that a call is named after. */
export const passRole = { "iam:PassRole": "to pass the role to API Gateway" };
export const gatewayTags = {
  "apigateway:TagResource": "tags, including at creation",
  "apigateway:UntagResource": "to remove tags",
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
