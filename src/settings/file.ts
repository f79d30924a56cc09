/** Where a repository's settings are. Read from the default branch; in a terminal, from the working copy. */
export const SETTINGS_FILE = ".github/gatewright.yml";
