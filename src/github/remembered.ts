/** The id of one thing that was written at GitHub (a comment, an issue's number, a check run), kept between writes. */
export interface Remembered {
  /** Tells it from every other remembered thing: who writes it takes turns by this name. */
  readonly name: string;
  get(): Promise<number | undefined>;
  set(id: number): Promise<void>;
  forget(): Promise<void>;
}
