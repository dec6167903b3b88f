import { addTpp, noTpp, subtractTpp, timesTpp, toTpp, type MilliTpp } from '#rulebook';
import type { ExportedItem } from '../events/ledger-event.js';
import type { Rejected } from '../write/ledger-outcome.js';
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

/** What `part` takes of the reservation's items, or why it does not fit. */
export function takeOf(reservation: Reservation, part: ExportPart): Taken | Rejected {
  const amounts = amountsOf(reservation, part);
  if (!Array.isArray(amounts)) return amounts as Rejected;
  const debits = reservation.debitedMilliTpp > 0;
  let milliTpp = noTpp;
  let debitedMilliTpp = noTpp;
  let left = noTpp;
  const items: ExportedItem[] = [];
  reservation.items.forEach((item, index) => {
    const amount = (amounts as readonly MilliTpp[])[index] ?? noTpp;
    left = addTpp(left, subtractTpp(remainingOf(item), amount));
    if (amount === 0) return;
    milliTpp = addTpp(milliTpp, amount);
    if (debits && item.level === 'a') debitedMilliTpp = addTpp(debitedMilliTpp, amount);
    items.push(exportedItem(item, amount));
  });
  return { items, milliTpp, debitedMilliTpp, nothingLeft: left === 0 };
}

function remainingOf(item: ReservedItem): MilliTpp {
  return subtractTpp(itemMilliTpp(item), item.exportedMilliTpp);
}

function exportedItem(item: ReservedItem, milliTpp: MilliTpp): ExportedItem {
  const { chip, description, eccn, level, milliTppPerUnit } = item;
  const whole = milliTpp % milliTppPerUnit === 0;
  return { chip, description, eccn, level, quantity: whole ? milliTpp / milliTppPerUnit : null, milliTppPerUnit, milliTpp };
}

/** The amount taken of each item of the reservation, in their order. */
function amountsOf(reservation: Reservation, part: ExportPart): readonly MilliTpp[] | Rejected {
  const { items } = reservation;
  switch (part.of) {
    case 'all':
      return items.map(remainingOf);
    case 'tpp':
      return amountOfSingle(items, part.milliTpp);
    case 'items':
      return amountsOfItems(items, part.items);
  }
}

function amountOfSingle(items: readonly ReservedItem[], amount: MilliTpp): readonly MilliTpp[] | Rejected {
  const [item] = items;
  if (items.length !== 1 || item === undefined) {
    return invalid('/tpp', `The reservation has ${items.length} items: name them in items, with quantities.`);
  }
  const remaining = remainingOf(item);
  return amount > remaining ? exceeds(itemKey(item), amount, remaining) : [amount];
}

function amountsOfItems(
  items: readonly ReservedItem[],
  wanted: readonly { readonly chip: string | null; readonly description: string | null; readonly quantity: number }[],
): readonly MilliTpp[] | Rejected {
  const amounts = items.map(() => noTpp);
  for (const [place, { quantity, ...key }] of wanted.entries()) {
    const index = items.findIndex((item) => itemKey(item) === itemKey(key));
    const item = items[index];
    if (item === undefined) return invalid(`/items/${place}`, `${itemKey(key)} is not an item of the reservation.`);
    const remaining = remainingOf(item);
    const already = amounts[index] ?? noTpp;
    if (quantity > Number.MAX_SAFE_INTEGER / item.milliTppPerUnit) {
      return { decided: false, code: 'exceeds-hold', detail: `${quantity} units of ${itemKey(item)} are more than the hold has left.` };
    }
    const amount = addTpp(already, timesTpp(item.milliTppPerUnit, quantity));
    if (amount > remaining) return exceeds(itemKey(item), amount, remaining);
    amounts[index] = amount;
  }
  return amounts;
}

function exceeds(key: string, amount: MilliTpp, remaining: MilliTpp): Rejected {
  return {
    decided: false,
    code: 'exceeds-hold',
    detail: `${toTpp(amount)} TPP of ${key} are more than the ${toTpp(remaining)} TPP that the hold has left of it.`,
  };
}

function invalid(pointer: string, message: string): Rejected {
  return { decided: false, code: 'invalid-request', detail: message, errors: [{ pointer, message }] };
}
