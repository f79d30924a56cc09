// Both are included in Lambda's Node.js runtime: nothing to install.
const { ApiGatewayManagementApi } = require("@aws-sdk/client-apigatewaymanagementapi");
const { DynamoDB } = require("@aws-sdk/client-dynamodb");

const TableName = process.env.TABLE_NAME;
const table = new DynamoDB();

exports.handler = async ({ requestContext, body }) => {
  const { routeKey, connectionId, domainName, stage } = requestContext;
  const Key = { connectionId: { S: connectionId } };
  if (routeKey === "$connect") await table.putItem({ TableName, Item: Key });
  else if (routeKey === "$disconnect") await table.deleteItem({ TableName, Key });
  else {
    const sent = await sendToAll(`https://${domainName}/${stage}`, String(JSON.parse(body).text));
    // The route has a response, so this goes back to who sent the message.
    return { statusCode: 200, body: JSON.stringify({ sent }) };
  }
  return { statusCode: 200 };
};

async function sendToAll(endpoint, Data) {
  const connections = new ApiGatewayManagementApi({ endpoint });
  const { Items } = await table.scan({ TableName });
  const sends = Items.map(async ({ connectionId }) => {
    try {
      await connections.postToConnection({ ConnectionId: connectionId.S, Data });
      return 1;
    } catch (error) {
      if (error.name !== "GoneException") throw error;
      await table.deleteItem({ TableName, Key: { connectionId } });
      return 0;
    }
  });
  return (await Promise.all(sends)).reduce((sum, one) => sum + one, 0);
}
