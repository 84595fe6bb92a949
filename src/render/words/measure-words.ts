/** What a digest says of a figure. */
export interface MeasureWords {
  readonly name: string;
  /** How it is counted, in one sentence. */
  readonly method: string;
}
