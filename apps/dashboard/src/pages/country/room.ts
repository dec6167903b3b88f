export interface Chip {
  readonly id: string;
  readonly name: string;
  readonly tppPerUnit: number;
  readonly datacenter: boolean;
}

/** How many of a chip what is left has room for. */
export interface Room {
  readonly id: string;
  readonly chip: string;
  readonly tppPerUnit: number;
  readonly count: number;
}

/** Chips that people measure clusters in, in the order in which they are named. */
const known = ['H100', 'H200', 'B200', 'GB300', 'MI300X'];

/** How many of each known chip what is left has room for; whole chips. */
export function roomFor(available: number, chips: readonly Chip[]): readonly Room[] {
  return known.flatMap((name) => {
    const chip = chips.find((each) => each.name.split(' ').includes(name) && each.tppPerUnit > 0);
    return chip ? [{ id: chip.id, chip: name, tppPerUnit: chip.tppPerUnit, count: Math.max(0, Math.floor(available / chip.tppPerUnit)) }] : [];
  });
}
