exports.handler = async (event) => {
  const claims = event.requestContext.authorizer?.jwt.claims;
  return {
    statusCode: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(claims === undefined ? { hello: "stranger" } : { hello: claims.sub }),
  };
};
