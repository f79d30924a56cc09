/**
 * The function around a script, as CommonJS has it. It opens on the script's own first line, so that line numbers are
 * the file's; the columns of that line are corrected when places are reported.
 */
export const WRAPPER = "(function (exports, require, module, __filename, __dirname) {";
