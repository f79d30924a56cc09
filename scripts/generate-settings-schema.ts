/**
 * Writes the JSON schema of `.github/gatewright.yml` and the tables in docs/bot.md from the bot's own schema, commands
 * and permissions; with `--check` it writes nothing and fails when a file is not what it would write.
 */
import { writeOrCheck } from "./reference/files.ts";
import { settingsFiles } from "./reference/settings.ts";

writeOrCheck(settingsFiles());
