/** Where the files of a spec come from: a folder on disk, or a commit. Paths are posix, relative to the source's root. */

export interface SourceFile {
  /** Relative to the source's root, as `read` takes it. */
  readonly path: string;
  readonly executable: boolean;
  /** In bytes. */
  readonly size: number;
}

export interface ReadOptions {
  /** The folder the file must really lie in, symbolic links followed. The source's root without it. */
  readonly within?: string;
}

export interface SpecSource {
  /** For messages: `/home/me/shop`, `acme/shop at 1a2b3c4`. */
  readonly description: string;
  /** The file's bytes; `undefined` when there is no such file (a folder is not a file). */
  read(path: string, options?: ReadOptions): Promise<Uint8Array | undefined>;
  /** Every file under the folder, at any depth, sorted by path; empty when there is no such folder. */
  list(folder: string): Promise<readonly SourceFile[]>;
  isFolder(path: string): Promise<boolean>;
}
