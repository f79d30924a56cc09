/**
 * What differs from stage to stage: the spec reads it as `config`.
 * @type {import("gatewright").ConfigFunction}
 */
module.exports = ({ stage }) => ({
  // A queue that somebody else looks after: a spec may name what it does not hold.
  queueName: `orders-${stage}`,
});
