exports.handler = async ({ requestContext: { authorizer } }) => ({
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ member: authorizer?.jwt?.claims.username, partner: authorizer?.lambda?.partner }),
});
