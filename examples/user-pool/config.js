/**
 * The prefix of the sign-in pages is unique in all of AWS.
 * @type {import("gatewright").ConfigFunction}
 */
module.exports = ({ stage }) => ({ domain: `gatewright-members-${stage}` });
