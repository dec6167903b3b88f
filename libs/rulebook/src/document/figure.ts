/** A number of the regulation, with the paragraph that sets it. */
export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly citation: string;
}
