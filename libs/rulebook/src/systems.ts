/** A computer or assembly whose TPP is the sum of its integrated circuits (Supplement No. 2 to Part 748, (c)(4)). */
export interface ChipSystem {
  /** `<vendor>-<system>` in kebab case; shares its name space with the chips. */
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly parts: readonly SystemPart[];
  readonly sources: string;
}

export interface SystemPart {
  /** The id of a chip of the catalogue. */
  readonly chip: string;
  readonly quantity: number;
}
