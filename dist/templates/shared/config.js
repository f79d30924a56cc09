/**
 * The project's name, in the tags of what is deployed: package.json has none.
 * @type {import("gatewright").ConfigFunction}
 */
module.exports = () => ({ projectName: "my-api" });
