/** Answers with the name it was called by. */
exports.handler = async (event) => ({
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message: "Hello", from: event.requestContext?.domainName }),
});
