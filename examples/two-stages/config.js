/**
 * What differs between the stages; the names do not have to.
 * @type {import("gatewright").ConfigFunction}
 */
module.exports = ({ stage }) => ({
  memory: stage === "prod" ? 512 : 128,
  logDays: stage === "prod" ? 90 : 7,
});
