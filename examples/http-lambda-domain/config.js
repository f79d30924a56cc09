/**
 * The domain that is registered already, and the name under it at which this stage answers.
 * @type {import("gatewright").ConfigFunction}
 */
module.exports = ({ stage }) => ({
  domain: "example.com",
  host: stage === "prod" ? "hello.example.com" : `hello-${stage}.example.com`,
});
