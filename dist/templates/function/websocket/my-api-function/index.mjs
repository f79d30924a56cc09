// Included in Lambda's Node.js runtime: nothing to install.
import { ApiGatewayManagementApi } from "@aws-sdk/client-apigatewaymanagementapi";

/** Answers a message of a connection: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html */
export const handler = async ({ requestContext, body }) => {
  const { routeKey, connectionId, domainName, stage } = requestContext;
  if (routeKey === "$connect" || routeKey === "$disconnect") return { statusCode: 200 };
  const answer =
    routeKey === "hello"
      ? `Hello, ${JSON.parse(body).name ?? "world"}!`
      : 'Send {"action":"hello","name":"Ana"}';
  const connections = new ApiGatewayManagementApi({ endpoint: `https://${domainName}/${stage}` });
  await connections.postToConnection({ ConnectionId: connectionId, Data: answer });
  return { statusCode: 200 };
};
