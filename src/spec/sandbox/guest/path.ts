/** Node's `path`, its posix half, for specs. There is no working directory here: paths resolve against `/`. */

function normalizeParts(path: string, absolute: boolean): string[] {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (!absolute) parts.push("..");
  }
  return parts;
}

function normalize(path: string): string {
  const absolute = path.startsWith("/");
  const inner = normalizeParts(path, absolute).join("/");
  const end = path.endsWith("/") && inner !== "" ? "/" : "";
  if (absolute) return `/${inner}${end}`;
  if (inner !== "") return inner + end;
  return path.endsWith("/") ? "./" : ".";
}

function join(...paths: readonly string[]): string {
  const joined = paths.filter((path) => path !== "").join("/");
  return joined === "" ? "." : normalize(joined);
}

function resolve(...paths: readonly string[]): string {
  let path = "";
  for (const part of [...paths].reverse()) {
    if (part === "") continue;
    path = path === "" ? part : `${part}/${path}`;
    if (part.startsWith("/")) break;
  }
  return `/${normalizeParts(`/${path}`, true).join("/")}`;
}

function withoutEnd(path: string): string {
  return path.replace(/\/+$/, "");
}

function dirname(path: string): string {
  const trimmed = withoutEnd(path);
  const slash = trimmed.lastIndexOf("/");
  if (slash < 1) return path.startsWith("/") ? "/" : ".";
  return slash === 1 && path.startsWith("/") ? "//" : trimmed.slice(0, slash);
}

function basename(path: string, suffix = ""): string {
  const trimmed = withoutEnd(path);
  const base = trimmed.slice(trimmed.lastIndexOf("/") + 1);
  return suffix !== "" && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base;
}

function extname(path: string): string {
  const base = basename(path);
  const dot = base.lastIndexOf(".");
  return dot <= 0 || base === ".." ? "" : base.slice(dot);
}

function relative(from: string, to: string): string {
  const start = normalizeParts(resolve(from), true);
  const end = normalizeParts(resolve(to), true);
  let same = 0;
  while (same < start.length && same < end.length && start[same] === end[same]) same++;
  return [...start.slice(same).map(() => ".."), ...end.slice(same)].join("/");
}

function parse(path: string): { root: string; dir: string; base: string; ext: string; name: string } {
  const base = basename(path);
  const ext = extname(base);
  const root = path.startsWith("/") ? "/" : "";
  const slash = withoutEnd(path).lastIndexOf("/");
  const dir = slash < root.length ? root : path.slice(0, slash);
  return { root, dir, base, ext, name: ext === "" ? base : base.slice(0, -ext.length) };
}

const posix = {
  sep: "/",
  delimiter: ":",
  normalize,
  join,
  resolve,
  dirname,
  basename,
  extname,
  relative,
  parse,
  isAbsolute: (path: string): boolean => path.startsWith("/"),
};

export const pathModule: object = Object.assign({ posix }, posix);
