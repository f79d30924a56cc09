// Included in Lambda's Node.js runtime: nothing to install.
const { ApiGatewayManagementApi } = require("@aws-sdk/client-apigatewaymanagementapi");

exports.handler = async ({ requestContext, body }) => {
  const { routeKey, connectionId, domainName, stage } = requestContext;
  if (routeKey === "$connect" || routeKey === "$disconnect") return { statusCode: 200 };
  const connections = new ApiGatewayManagementApi({ endpoint: `https://${domainName}/${stage}` });
  const answer = routeKey === "echo" ? String(JSON.parse(body).text) : 'Send {"action":"echo","text":"…"}';
  await connections.postToConnection({ ConnectionId: connectionId, Data: answer });
  return { statusCode: 200 };
};
