import type { RecordedShipment } from '../access/recorded-shipment.js';
import type { ShipmentRow } from './plan-import.js';
import type { RecordedShipments } from './recorded-shipments.js';

/** A row, the key that it is sent with, and what the ledger has recorded under that key. */
export interface IdentifiedRow {
  readonly row: ShipmentRow;
  readonly key: string;
  readonly recorded: RecordedShipment | undefined;
  /** Only if what is recorded was refused or is reversed: the key under which the row may be decided anew. */
  readonly retryKey?: string;
  /** Whether the key, sent again, is answered as at first: the exporter was spelled as it is sent today. */
  readonly isAskable: boolean;
}

type Place = Omit<IdentifiedRow, 'row'>;

/**
 * Finds the rows that were imported before. A row is known by what it means; rows that mean the same are told apart by
 * their ITN, else by their number. A row of a file that was imported when rows were known by their text is known by that.
 */
export function identifyRows(rows: readonly ShipmentRow[], recorded: RecordedShipments): readonly IdentifiedRow[] {
  const identified = new Map<ShipmentRow, Place>();
  const groups = new Map<string, ShipmentRow[]>();
  for (const row of rows) {
    const byText = placeOfText(row, recorded);
    const group = groups.get(row.meaningKey);
    if (byText) identified.set(row, byText);
    else if (group) group.push(row);
    else groups.set(row.meaningKey, [row]);
  }
  for (const group of groups.values()) {
    for (const [row, place] of assign(group, placesOf(group, recorded))) identified.set(row, place);
  }
  return rows.flatMap((row) => {
    const place = identified.get(row);
    return place ? [{ row, ...place }] : [];
  });
}

/** Names of exporters counted as they were written when rows were known by their text. */
function placeOfText(row: ShipmentRow, recorded: RecordedShipments): Place | undefined {
  const { exporter } = row.action.body;
  return [exporter, row.writtenExporter]
    .map((scope) => placeOf(row, row.textKey, recorded, scope))
    .find((place) => place.recorded !== undefined);
}

/** What a key led to: if it was refused or reversed and decided anew, the newest decision. */
function placeOf({ action }: ShipmentRow, key: string, recorded: RecordedShipments, scope = action.body.exporter): Place {
  const { exporter } = action.body;
  let place: Place = { key, recorded: recorded.find(scope, key), isAskable: scope === exporter };
  for (let attempt = 1; hasEnded(place); attempt += 1) {
    const retryKey = `${key}:retry-${attempt}`;
    const retried = recorded.find(exporter, retryKey);
    if (retried === undefined) return { ...place, retryKey };
    place = { key: retryKey, recorded: retried, isAskable: true };
  }
  return place;
}

function hasEnded({ recorded }: Place): boolean {
  return recorded?.status === 'refused' || recorded?.status === 'reversed';
}

/** All places of one meaning that are recorded, and as many free ones as there are rows. */
function placesOf(group: readonly ShipmentRow[], recorded: RecordedShipments): readonly Place[] {
  const [first] = group;
  const places: Place[] = [];
  let free = 0;
  for (let occurrence = 1; first !== undefined && free < group.length; occurrence += 1) {
    const place = placeOf(first, `${first.meaningKey}:${occurrence}`, recorded);
    places.push(place);
    if (place.recorded === undefined) free += 1;
  }
  return places;
}

/** Which rows take which places, in this order. */
const precedence: readonly { readonly rows: (itn: string | undefined) => boolean; readonly places: (place: Place, itn: string | undefined) => boolean }[] = [
  { rows: (itn) => itn !== undefined, places: ({ recorded }, itn) => recorded?.itn === itn },
  { rows: (itn) => itn !== undefined, places: ({ recorded }) => recorded?.itn === null },
  { rows: (itn) => itn === undefined, places: ({ recorded }) => recorded !== undefined },
  { rows: () => true, places: ({ recorded }) => recorded === undefined },
];

function assign(group: readonly ShipmentRow[], places: readonly Place[]): ReadonlyMap<ShipmentRow, Place> {
  const left = new Set(places);
  const assigned = new Map<ShipmentRow, Place>();
  for (const { rows, places: fits } of precedence) {
    for (const row of group) {
      const { itn } = row.action.body;
      if (assigned.has(row) || !rows(itn)) continue;
      const place = firstOf(left, (each) => fits(each, itn));
      if (!place) continue;
      assigned.set(row, place);
      left.delete(place);
    }
  }
  return assigned;
}

function firstOf<Value>(values: Iterable<Value>, fits: (value: Value) => boolean): Value | undefined {
  for (const value of values) if (fits(value)) return value;
  return undefined;
}
