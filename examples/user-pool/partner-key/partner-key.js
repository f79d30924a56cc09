const { createHash, timingSafeEqual } = require("node:crypto");

// A real one looks its keys up in a table or in Secrets Manager; the spec holds a digest, never a key.
const digest = (text) => createHash("sha256").update(text).digest();

exports.handler = async ({ headers }) => {
  const isAuthorized = timingSafeEqual(
    digest(headers["x-partner-key"] ?? ""),
    Buffer.from(process.env.PARTNER_KEY_SHA256, "hex"),
  );
  return { isAuthorized, context: { partner: "example" } };
};
