/** Gatewright's version: part of every plan's digest. A test compares it with package.json. */
export const VERSION = "0.1.0";
