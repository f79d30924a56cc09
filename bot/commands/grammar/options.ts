/** The options of commands and the form of their values. Pure. */
import { posix } from "node:path";
import { STAGE_FORM, STAGE_PATTERN } from "../../../src/model/stage.ts";
import { isInside } from "../../../src/source/path.ts";
import { withoutEnd } from "./trim.ts";
import type { Shape } from "./commands.ts";
import type { Word } from "./words.ts";

interface Option {
  readonly field: "stage" | "directory" | "type";
  /** The value as the command has it; undefined if it has not the option's form. */
  readonly read: (value: string) => string | undefined;
  /** What the value must be, for the mistake. */
  readonly needs: string;
}

/** What ends a sentence is no part of a name. */
export function withoutSentenceEnd(text: string): string {
  return withoutEnd(text, (character) => ".,;:!?…".includes(character));
}

const TYPE = /^[A-Za-z0-9]+::[A-Za-z0-9]+$/;

function matching(form: RegExp): Option["read"] {
  return (value) => {
    const bare = withoutSentenceEnd(value);
    return form.test(bare) ? bare : undefined;
  };
}

/** `./apis/orders/` → `apis/orders`. A directory may have any name that git can hold on one line. */
function readDirectory(value: string): string | undefined {
  if (!isInside(value) || /\p{Cc}/u.test(value)) return undefined;
  return posix
    .normalize(value.replaceAll("\\", "/"))
    .replace(/(?<=.)\/$/, "")
    .normalize("NFC");
}

const STAGE: Option = {
  field: "stage",
  read: matching(STAGE_PATTERN),
  needs: `a stage's name (${STAGE_FORM})`,
};
const DIRECTORY: Option = {
  field: "directory",
  read: readDirectory,
  needs: "a directory of the repository, in quotes if its name has spaces",
};
const TYPE_OPTION: Option = {
  field: "type",
  read: matching(TYPE),
  needs: "a type such as ApiGatewayV2::Route",
};

const OPTIONS: ReadonlyMap<string, Option> = new Map([
  ["-s", STAGE],
  ["--stage", STAGE],
  ["-d", DIRECTORY],
  ["--directory", DIRECTORY],
  ["-t", TYPE_OPTION],
  ["--type", TYPE_OPTION],
]);

/** The option that a word is; undefined for a word that is none. */
export function optionOf({ option }: Word, shape: Shape): Option | "unknown" | undefined {
  if (option === undefined) return undefined;
  const found = OPTIONS.get(option);
  if (shape.whole === true) return "unknown";
  if (found !== undefined && (found.field !== "type" || shape.type === true)) return found;
  // A reason is prose: a dash in it starts no option.
  return shape.argument === "reason" ? undefined : "unknown";
}
