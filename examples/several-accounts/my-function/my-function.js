exports.handler = async (event, context) => ({
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    message: `Hello, ${event.pathParameters?.name ?? "world"}!`,
    route: event.routeKey,
    memory: Number(context.memoryLimitInMB),
  }),
});
