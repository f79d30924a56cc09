/**
 * Values that differ between stages. The spec reads them as `config`.
 * @type {import("gatewright").ConfigFunction}
 */
module.exports = ({ stage }) => ({
  // This queue is managed elsewhere. A spec may refer to resources that it does not contain.
  queueName: `orders-${stage}`,
});
