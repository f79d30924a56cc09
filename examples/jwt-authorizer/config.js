/**
 * Whose tokens are accepted, per stage.
 * @type {import("gatewright").ConfigFunction}
 */
module.exports = ({ stage }) => ({
  issuer: `https://login.example.com/${stage}/`,
  audience: "https://api.example.com",
});
