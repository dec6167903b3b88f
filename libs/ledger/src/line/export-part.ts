import { addTpp, isDebiting, noTpp, subtractTpp, timesTpp, toTpp, type MilliTpp } from '#rulebook';
import type { ExportedItem } from '../events/line-event.js';
import { rejected, rejectedAt, type Rejected } from '../outcome/rejected.js';
import type { Reservation, ReservedItem } from './entries.js';
import { itemKey, itemMilliTpp } from './fold-entries.js';
import type { ExportPart } from './line-command.js';

/** What an export takes of a hold. */
export interface Taken {
  readonly items: readonly ExportedItem[];
  readonly milliTpp: MilliTpp;
  readonly debitedMilliTpp: MilliTpp;
  /** The whole shipment has left. */
  readonly nothingLeft: boolean;
}

/** A part of one item. Items without TPP are told apart by their units alone. */
interface Portion {
  readonly milliTpp: MilliTpp;
  /** Null where the TPP are no whole number of units. */
  readonly units: number | null;
}

const nothing: Portion = { milliTpp: noTpp, units: 0 };

/** What `part` takes of the reservation's items, or why it does not fit. */
export function takeOf(reservation: Reservation, part: ExportPart): Taken | Rejected {
  const portions = portionsOf(reservation.items, part);
  if (!isPortions(portions)) return portions;
  const debits = reservation.debitedMilliTpp > 0;
  let milliTpp = noTpp;
  let debitedMilliTpp = noTpp;
  let nothingLeft = true;
  const items: ExportedItem[] = [];
  reservation.items.forEach((item, index) => {
    const portion = portions[index] ?? nothing;
    nothingLeft &&= isAll(portion, restOf(item));
    if (isNothing(portion)) return;
    milliTpp = addTpp(milliTpp, portion.milliTpp);
    if (debits && isDebiting(item)) debitedMilliTpp = addTpp(debitedMilliTpp, portion.milliTpp);
    items.push(exportedItem(item, portion));
  });
  return { items, milliTpp, debitedMilliTpp, nothingLeft };
}

function isPortions(portions: readonly Portion[] | Rejected): portions is readonly Portion[] {
  return Array.isArray(portions);
}

function restOf(item: ReservedItem): Portion {
  if (item.milliTppPerUnit === 0) return { milliTpp: noTpp, units: item.quantity - item.exportedQuantity };
  return ofTpp(item, subtractTpp(itemMilliTpp(item), item.exportedMilliTpp));
}

function ofTpp({ milliTppPerUnit }: ReservedItem, milliTpp: MilliTpp): Portion {
  return { milliTpp, units: milliTpp % milliTppPerUnit === 0 ? milliTpp / milliTppPerUnit : null };
}

function isNothing({ milliTpp, units }: Portion): boolean {
  return milliTpp === 0 && units === 0;
}

function isAll(portion: Portion, rest: Portion): boolean {
  return portion.milliTpp === rest.milliTpp && portion.units === rest.units;
}

function exportedItem(item: ReservedItem, { milliTpp, units }: Portion): ExportedItem {
  const { chip, description, eccn, level, milliTppPerUnit, route } = item;
  return { chip, description, eccn, level, quantity: units, milliTppPerUnit, milliTpp, ...(route && { route }) };
}

/** What is taken of each item of the reservation, in their order. */
function portionsOf(items: readonly ReservedItem[], part: ExportPart): readonly Portion[] | Rejected {
  switch (part.of) {
    case 'all':
      return items.map(restOf);
    case 'tpp':
      return portionOfSingle(items, part.milliTpp);
    case 'items':
      return portionsOfItems(items, part.items);
  }
}

function portionOfSingle(items: readonly ReservedItem[], amount: MilliTpp): readonly Portion[] | Rejected {
  const [item] = items;
  if (items.length !== 1 || item === undefined) {
    return rejectedAt('invalid-request', '/tpp', `The reservation has ${items.length} items: name them in items, with quantities.`);
  }
  if (amount === 0) return rejectedAt('invalid-request', '/tpp', 'An export of 0 TPP is none.');
  const rest = restOf(item);
  return amount > rest.milliTpp ? exceeds(`${toTpp(amount)} TPP`, item, rest) : [ofTpp(item, amount)];
}

function portionsOfItems(
  items: readonly ReservedItem[],
  wanted: Extract<ExportPart, { of: 'items' }>['items'],
): readonly Portion[] | Rejected {
  const units = items.map(() => 0);
  for (const [place, { quantity, ...key }] of wanted.entries()) {
    const index = items.findIndex((item) => itemKey(item) === itemKey(key));
    const item = items[index];
    if (item === undefined) return rejectedAt('invalid-request', `/items/${place}`, `${itemKey(key)} is not an item of the reservation.`);
    const sum = (units[index] ?? 0) + quantity;
    const rest = restOf(item);
    // Compared in units first: so many of them may have more TPP than can be counted exactly.
    const tooMany = sum > item.quantity - Math.floor(item.exportedQuantity);
    if (tooMany || timesTpp(item.milliTppPerUnit, sum) > rest.milliTpp) return exceeds(`${sum} units`, item, rest);
    units[index] = sum;
  }
  return items.map((item, index) => {
    const taken = units[index] ?? 0;
    return { milliTpp: timesTpp(item.milliTppPerUnit, taken), units: taken };
  });
}

function exceeds(asked: string, item: ReservedItem, rest: Portion): Rejected {
  const tpp = `${toTpp(rest.milliTpp)} TPP`;
  const left = rest.units === null ? tpp : rest.milliTpp === 0 ? `${rest.units} units` : `${rest.units} units (${tpp})`;
  return rejected('exceeds-hold', `${asked} of ${itemKey(item)} are more than the ${left} that the hold has left of it.`);
}
