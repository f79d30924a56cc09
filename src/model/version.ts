/** Gatewright's version: part of every plan's digest. A test holds it equal to package.json. */
export const VERSION = "0.1.0";
