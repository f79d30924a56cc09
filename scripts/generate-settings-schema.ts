/**
 * Writes the JSON schema of `.github/gatewright.yml` and the tables in docs/bot.md from the bot's schema, commands and
 * permissions. With `--check` it writes nothing, and fails if a file is out of date.
 */
import { writeOrCheck } from "./reference/files.ts";
import { settingsFiles } from "./reference/settings.ts";

writeOrCheck(settingsFiles());
