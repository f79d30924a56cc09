/**
 * Reads a zip that somebody else made: bounded before anything is inflated, nothing outside of its own folder, no links. Pure.
 * The format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
import { inflateRawSync } from "node:zlib";
import { fail } from "../../model/errors.ts";
import type { ZipEntry } from "./zip.ts";

export interface UnzipLimits {
  readonly files: number;
  /** Of all files together. */
  readonly bytes: number;
}

const END = 0x06054b50;
const END_SIZE = 22;
const CENTRAL = 0x02014b50;
const CENTRAL_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const LONGEST_COMMENT = 0xffff;
/** What stands where the number is in a zip64 record. */
const ELSEWHERE = 0xffffffff;

const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/** "Version made by": the systems whose attributes hold a file's mode. */
const UNIX_LIKE = [3, 19];
const MODE = { kind: 0o170000, file: 0o100000, folder: 0o040000, executable: 0o100 };

/** Leads elsewhere on some system, or is no text. */
const BAD_NAME = /^[/~]|^[A-Za-z]:|[\\\0-\x1f\x7f\ufffd]/;

interface Listed {
  readonly path: string;
  readonly executable: boolean;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * The files of a zip, sorted by path.
 * @param what names the zip in messages: `the artifact "orders"`
 * @throws CODE_ARTIFACT_INVALID, CODE_TOO_LARGE
 */
export function unzip(bytes: Uint8Array, what: string, limits: UnzipLimits): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records = recordsOf(view, bytes, what, limits);
  const entries = records.map((record) => ({
    path: record.path,
    executable: record.executable,
    bytes: contentOf(view, bytes, record, what),
  }));
  return entries.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The files as the zip's directory lists them. */
function recordsOf(view: DataView, bytes: Uint8Array, what: string, limits: UnzipLimits): readonly Listed[] {
  const end = endOf(view, what);
  const count = view.getUint16(end + 10, true);
  const records: Listed[] = [];
  const seen = new Set<string>();
  let at = view.getUint32(end + 16, true);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_SIZE > end || view.getUint32(at, true) !== CENTRAL) broken(what);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    );
    const nameEnd = at + CENTRAL_SIZE + (nameLength ?? 0);
    if (nameEnd > end) broken(what);
    const record = recordAt(
      view,
      at,
      new TextDecoder().decode(bytes.subarray(at + CENTRAL_SIZE, nameEnd)),
      what,
    );
    at = nameEnd + (extraLength ?? 0) + (commentLength ?? 0);
    if (record === undefined) continue;
    if (seen.has(record.path)) invalid(what, `has ${JSON.stringify(record.path)} twice`);
    seen.add(record.path);
    records.push(record);
    total += record.size;
    if (records.length > limits.files) tooLarge(`${what} has more than ${limits.files} files`);
    if (total > limits.bytes)
      tooLarge(`${what} is larger than ${limits.bytes / 1024 / 1024} MB unzipped, which is Lambda's limit`);
  }
  return records;
}

function endOf(view: DataView, what: string): number {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= 0 && at >= last - LONGEST_COMMENT; at -= 1)
    if (view.getUint32(at, true) === END) return at;
  return broken(what);
}

/** Undefined for a folder. */
function recordAt(view: DataView, at: number, name: string, what: string): Listed | undefined {
  const attributes = view.getUint32(at + 38, true);
  const mode = UNIX_LIKE.includes(view.getUint8(at + 5)) ? attributes >>> 16 : 0;
  const kind = mode & MODE.kind;
  const segments = name.split("/").filter((segment) => segment !== "" && segment !== ".");
  const path = segments.join("/");
  if (BAD_NAME.test(name) || segments.includes(".."))
    invalid(what, `has a file named ${JSON.stringify(name).slice(0, 300)}`);
  if (name.endsWith("/") || kind === MODE.folder || path === "") return undefined;
  if (kind !== 0 && kind !== MODE.file)
    invalid(what, `has ${JSON.stringify(path)}, which is a link`, "Zip what it leads to: `zip` without -y.");
  const [packed, size, offset] = [20, 24, 42].map((field) => view.getUint32(at + field, true));
  const method = view.getUint16(at + 10, true);
  if ((view.getUint16(at + 8, true) & ENCRYPTED) !== 0)
    invalid(what, `has ${JSON.stringify(path)} encrypted`);
  if (method !== STORED && method !== DEFLATED)
    invalid(what, `has ${JSON.stringify(path)} compressed with method ${method}; accepted: deflate`);
  if ([packed, size, offset].includes(ELSEWHERE)) broken(what);
  return {
    path,
    executable: (mode & MODE.executable) !== 0,
    method,
    packed: packed ?? 0,
    size: size ?? 0,
    offset: offset ?? 0,
  };
}

function contentOf(view: DataView, bytes: Uint8Array, record: Listed, what: string): Uint8Array {
  const { offset, packed, size, method } = record;
  if (offset + LOCAL_SIZE > bytes.length || view.getUint32(offset, true) !== LOCAL) broken(what);
  const start = offset + LOCAL_SIZE + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) broken(what);
  const raw = bytes.subarray(start, start + packed);
  if (method === STORED) return raw.length === size ? raw : broken(what);
  const content = inflated(raw, size, what);
  return content.length === size ? content : broken(what);
}

/** Inflates no more than the directory says. */
function inflated(raw: Uint8Array, size: number, what: string): Uint8Array {
  try {
    return inflateRawSync(raw, { maxOutputLength: Math.max(1, size) });
  } catch {
    return broken(what);
  }
}

function broken(what: string): never {
  return invalid(what, "is not a zip that can be read");
}

function invalid(
  what: string,
  why: string,
  hint = "Upload the built files again, under names of their own.",
): never {
  return fail("CODE_ARTIFACT_INVALID", `${what} ${why}`, { hint });
}

function tooLarge(message: string): never {
  return fail("CODE_TOO_LARGE", message, {
    hint: "Leave out what the function does not need, use layers, or give Code.S3Bucket or Code.ImageUri.",
  });
}
