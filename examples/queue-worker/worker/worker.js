// Messages that failed are named, so that only they come back; after five times they are in jobs-dead.
exports.handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    try {
      const { resize } = JSON.parse(body);
      console.log(`resizing ${resize}`);
    } catch (error) {
      console.error(`${messageId}: ${error.message}`);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
};
