/**
 * The function around a script, as CommonJS has it. It opens on the script's own first line, so that line numbers are
 * the file's; the columns of that line are put right when places are told.
 */
export const WRAPPER = "(function (exports, require, module, __filename, __dirname) {";
