/** Files that are hardly meant to be uploaded with a function's code. Pure. */
import { inWords } from "../../text/words.ts";
import type { CodeFolder, Finding } from "../type-rules.ts";

const SECRETS =
  /^(?:\.env(?:\..+)?|\.npmrc|\.pypirc|\.netrc|id_(?:rsa|dsa|ecdsa|ed25519)|.+\.(?:pem|key|p12|pfx|jks))$/i;
/** Templates and public certificates have these names too. */
const HARMLESS =
  /^\.env\.(?:example|sample|template|dist)$|(?:^|[-_.])(?:ca|cert|certificate|bundle|public|pub)[-_.\w]*\.pem$/i;
const SECRET_FOLDERS = /(?:^|\/)\.(?:aws|ssh|git)\//;
const LITTER = /^(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

const MOST_NAMED = 3;

/** What is in node_modules came with its package. */
export function doubtfulFiles({ what, files }: CodeFolder): readonly Finding[] {
  const own = files.filter((path) => !path.includes("node_modules/"));
  const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
  const secrets = own.filter(
    (path) => SECRET_FOLDERS.test(path) || (SECRETS.test(nameOf(path)) && !HARMLESS.test(nameOf(path))),
  );
  const litter = own.filter((path) => LITTER.test(nameOf(path)));
  return [
    ...about(
      secrets,
      (these) =>
        `${what} has ${these}: uploaded with the code, they are readable by everybody who may read the function`,
      "Take it out of the repository and renew what is secret in it, or name it in the folder's .gatewrightignore.",
    ),
    ...about(
      litter,
      (these) => `${what} has ${these}, which the function does not need`,
      "Remove it, or name it in the folder's .gatewrightignore: each change of it deploys the function anew.",
    ),
  ];
}

function about(
  paths: readonly string[],
  message: (these: string) => string,
  hint: string,
): readonly Finding[] {
  if (paths.length === 0) return [];
  const more = paths.length - MOST_NAMED;
  const these =
    more > 0 ? `${paths.slice(0, MOST_NAMED).join(", ")} and ${more} more` : inWords(paths, "and");
  return [{ severity: "warning", code: "CODE_FILE_DOUBTFUL", message: message(these), hint }];
}
