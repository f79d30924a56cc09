/** The pages of the site in the order of its sidebar. Those of docs/ that are not here are not found by readers: a test compares. */

export interface Section {
  readonly text: string;
  readonly pages: readonly (readonly [title: string, page: string])[];
}

export const SECTIONS: readonly Section[] = [
  {
    text: "Begin",
    pages: [
      ["Getting started", "getting-started"],
      ["How do I …", "how-to"],
      ["Compared with other tools", "comparison"],
      ["Migrating from GruCloud", "migrating-from-grucloud"],
    ],
  },
  {
    text: "Reference",
    pages: [
      ["The spec", "spec"],
      ["The Action", "action"],
      ["The bot", "bot"],
      ["Code that is built", "built-code"],
      ["Previews of pull requests", "previews"],
      ["Permissions", "permissions"],
      ["Errors", "errors"],
    ],
  },
  {
    text: "Behind it",
    pages: [
      ["Architecture", "architecture"],
      ["Performance", "performance"],
      ["What is known of AWS", "knowledge"],
    ],
  },
];
