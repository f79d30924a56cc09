/** Whether a spec that cannot be evaluated may take values from Parameter Store or Secrets Manager: told from its files. */
import { userErrors } from "../../model/errors.ts";
import { mapLimited } from "../../model/promises/map-limited.ts";
import { normalisePath } from "../../source/path.ts";
import type { SpecSource } from "../../source/source.ts";

const CODE = /\.(?:[cm]?[jt]s|json)$/;
/** Of `config.secret`, also where it is taken out of `config` first. */
const MENTION = /\b(?:secret|parameter)\b/;
/** More are not read, each may be a request: then the answer is yes. */
const MOST_FILES = 50;
const AT_ONCE = 8;

/** Yes too where nobody can look: of a file in Git LFS, or a link that leads nowhere. */
export async function mentionsStored(source: SpecSource, directory: string): Promise<boolean> {
  try {
    return await filesMention(source, directory);
  } catch (error) {
    if (userErrors(error) === undefined) throw error;
    return true;
  }
}

async function filesMention(source: SpecSource, directory: string): Promise<boolean> {
  const folder = normalisePath(directory);
  const files = (await source.list(folder)).filter(({ path }) => CODE.test(path));
  if (files.length > MOST_FILES) return true;
  const found = await mapLimited(files, AT_ONCE, async ({ path }) => {
    const bytes = await source.read(path, { within: folder });
    return bytes !== undefined && MENTION.test(new TextDecoder().decode(bytes));
  });
  return found.includes(true);
}
