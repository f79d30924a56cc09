exports.handler = async () => ({ statusCode: 200, body: JSON.stringify([{ id: 1, item: "tea" }]) });
