import { addTpp, noTpp, timesTpp, type ClassifiedItem, type MilliTpp } from '#rulebook';
import type { ExportedItem, LineEvent } from '../events/line-event.js';
import type { AlsoCounts, CountedElsewhere, CountingLine } from '../events/line-parts.js';
import type { PostedExport, Reservation } from './entries.js';
import type { Amend, ExportHold } from './line-command.js';
import { leftElsewhere, type Movement } from './movement.js';

// What a shipment moves on the lines of validated end users that count it besides its own: its items at the level of
// 3A090.a, whatever the line of its route debits.

const nowhereElse: CountedElsewhere = {};

/** The TPP of items at the level of 3A090.a. */
export function heldSize(items: readonly Pick<ClassifiedItem, 'level' | 'milliTppPerUnit' | 'quantity'>[]): MilliTpp {
  return items.reduce((size, { level, milliTppPerUnit, quantity }) => {
    return level === 'a' ? addTpp(size, timesTpp(milliTppPerUnit, quantity)) : size;
  }, noTpp);
}

function exportedSize(items: readonly Pick<ExportedItem, 'level' | 'milliTpp'>[]): MilliTpp {
  return items.reduce((size, { level, milliTpp }) => (level === 'a' ? addTpp(size, milliTpp) : size), noTpp);
}

/** What a new shipment moves on each of the lines; nothing where it has nothing at that level. */
export function firstCounted(lines: readonly CountingLine[] | undefined, by: Partial<Movement>): CountedElsewhere {
  const { exported = 0, reserved = 0 } = by;
  return movedElsewhere(lines?.map((each) => ({ ...each, exported: 0, reserved: 0 })), () => ({ exported, reserved }));
}

/** What an event moves where the entry is counted elsewhere, from what it has there before. */
function movedElsewhere(
  counted: readonly AlsoCounts[] | undefined,
  move: (before: AlsoCounts) => Movement,
): CountedElsewhere {
  if (counted === undefined) return nowhereElse;
  const moves = counted.flatMap((before) => {
    const { exported, reserved } = move(before);
    return exported === 0 && reserved === 0 ? [] : [{ ...before, exported, reserved }];
  });
  return moves.length === 0 ? nowhereElse : { alsoCounts: moves };
}

/** What an entry has elsewhere after an event that moved something there. */
export function countedSoFar({ alsoCounts: before = [] }: CountedElsewhere, { alsoCounts }: CountedElsewhere): CountedElsewhere {
  if (alsoCounts === undefined) return before.length === 0 ? nowhereElse : { alsoCounts: before };
  const after = before.map((each) => {
    const moved = alsoCounts.find(({ line }) => line === each.line);
    return moved === undefined ? each : { ...each, exported: each.exported + moved.exported, reserved: each.reserved + moved.reserved };
  });
  const added = alsoCounts.filter(({ line }) => !before.some((each) => each.line === line));
  return { alsoCounts: [...after, ...added] };
}

/** What an export alone has elsewhere: without what it took of its hold. */
export function exportedElsewhere({ alsoCounts }: CountedElsewhere): CountedElsewhere {
  return alsoCounts === undefined ? nowhereElse : { alsoCounts: alsoCounts.map((each) => ({ ...each, reserved: 0 })) };
}

/** Lines that count the hold follow its items; lines that did not count it yet do so from now on. */
export function amendedElsewhere(hold: Reservation, { countingLines }: Amend, items: readonly ClassifiedItem[]): CountedElsewhere {
  const exported = hold.items.reduce((sum, item) => (item.level === 'a' ? sum + item.exportedMilliTpp : sum), 0);
  const held = heldSize(items) - exported;
  if (hold.alsoCounts === undefined) return firstCounted(countingLines, { reserved: held });
  return movedElsewhere(hold.alsoCounts, ({ reserved }) => ({ exported: 0, reserved: held - reserved }));
}

/** A hold that ends. */
export function givenUpElsewhere({ alsoCounts }: Reservation): CountedElsewhere {
  return movedElsewhere(alsoCounts, ({ reserved }) => ({ exported: 0, reserved: 0 - reserved }));
}

/** An export of a hold, which ends with it if it is final. */
export function exportedOfHold(
  { alsoCounts }: Reservation,
  { countingLines }: ExportHold,
  items: readonly Pick<ExportedItem, 'level' | 'milliTpp'>[],
  final: boolean,
): CountedElsewhere {
  const exported = exportedSize(items);
  if (alsoCounts === undefined) return firstCounted(countingLines, { exported });
  return movedElsewhere(alsoCounts, ({ reserved }) => leftElsewhere(exported, reserved, final));
}

/** A reversal undoes what the export counts, whatever its own line is credited with: it is not there, or not any more. */
export function reversedElsewhere({ alsoCounts }: PostedExport): CountedElsewhere {
  return movedElsewhere(alsoCounts, ({ exported }) => ({ exported: 0 - exported, reserved: 0 }));
}

/** What an event moves on other lines. */
export function movesOf(event: LineEvent): readonly AlsoCounts[] {
  return 'alsoCounts' in event ? (event.alsoCounts ?? nothing) : nothing;
}

const nothing: readonly AlsoCounts[] = [];
