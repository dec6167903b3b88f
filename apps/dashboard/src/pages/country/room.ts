export interface Chip {
  readonly name: string;
  readonly tppPerUnit: number;
  readonly datacenter: boolean;
}

/** Chips that people measure clusters in, in the order in which they are named. */
const known = ['H100', 'H200', 'B200', 'MI300X'];

/** How many of each known chip what is left has room for; whole chips. */
export function roomFor(available: number, chips: readonly Chip[]): readonly { readonly chip: string; readonly count: number }[] {
  return known.flatMap((name) => {
    const chip = chips.find((each) => each.name.includes(name) && each.tppPerUnit > 0);
    return chip ? [{ chip: name, count: Math.max(0, Math.floor(available / chip.tppPerUnit)) }] : [];
  });
}
