/** Where a spec's files come from: a folder on disk, or a commit. Paths are posix, relative to the source's root. */

export interface SourceFile {
  /** Relative to the source's root, in the form that `read` accepts. */
  readonly path: string;
  readonly executable: boolean;
  /** In bytes. */
  readonly size: number;
}

export interface ReadOptions {
  /** The folder that must contain the file once symbolic links are followed. Default: the source's root. */
  readonly within?: string;
}

export interface SpecSource {
  /** For messages: `/home/me/shop`, `acme/shop at 1a2b3c4`. */
  readonly description: string;
  /** The file's bytes; `undefined` if the path does not exist or is a folder. */
  read(path: string, options?: ReadOptions): Promise<Uint8Array | undefined>;
  /** Every file under the folder, at any depth, sorted by path; empty if the folder does not exist. */
  list(folder: string): Promise<readonly SourceFile[]>;
  isFolder(path: string): Promise<boolean>;
}
