/** The TUF client, in a file of its own: the package is CommonJS, and loaded only where a root is fetched. */
export { getTrustedRoot } from "@sigstore/tuf";
