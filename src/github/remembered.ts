/** Stores the id of one object on GitHub (a comment, an issue, a check run) between writes. */
export interface Remembered {
  /** Unique among remembered ids. Writers with the same name take turns. */
  readonly name: string;
  get(): Promise<number | undefined>;
  set(id: number): Promise<void>;
  forget(): Promise<void>;
}
