import type { RecordedShipment } from '../access/recorded-shipment.js';
import type { ShipmentBody, ShipmentItem } from './row-action.js';
import { normalText } from './row-keys.js';

/** What a row that is not known resembles among the recorded shipments of its exporter. */
export interface Resemblance {
  /** Exports that the row corrects: more than one is for people to choose from. */
  readonly corrects: readonly RecordedShipment[];
  /** Shipments that may be the very same one. */
  readonly alike: readonly RecordedShipment[];
}

/**
 * The shipments that stand and that no row of the file is known by, by what rows can resemble them in. An export of several
 * items is nobody's row: it is not corrected, but may be the same shipment.
 */
export class ResemblingShipments {
  readonly #byItn = new Map<string, RecordedShipment[]>();
  readonly #byReference = new Map<string, RecordedShipment[]>();
  readonly #exports = new Map<string, RecordedShipment[]>();
  readonly #holds = new Map<string, RecordedShipment[]>();

  /** @param recorded by exporter @param isKnown whether a row of the file is known by it */
  constructor(recorded: Iterable<readonly [string, readonly RecordedShipment[]]>, isKnown: (shipment: RecordedShipment) => boolean) {
    for (const [exporter, shipments] of recorded) {
      for (const shipment of shipments) if (!isKnown(shipment)) this.#add(exporter, shipment);
    }
  }

  of(body: ShipmentBody): Resemblance {
    const { exporter, destination, exportedAt, itn } = body;
    const reference = normalText(body.reference);
    const item = body.items[0];
    if (exportedAt === undefined) {
      const holds = this.#holds.get(keyOf(exporter, destination)) ?? [];
      return { corrects: [], alike: holds.filter((hold) => hasSame(hold, item) && !isOtherReference(hold, reference)) };
    }
    const day = dayOf(exportedAt);
    const onDay = this.#exports.get(keyOf(exporter, destination, day)) ?? [];
    const alike = onDay.filter((posted) => hasSame(posted, item) && !isOtherReference(posted, reference));
    const ofDocument =
      itn !== undefined
        ? (this.#byItn.get(keyOf(exporter, itn)) ?? [])
        : (this.#byReference.get(keyOf(exporter, reference ?? '', day)) ?? []);
    const corrects = ofDocument.filter((posted) => isOf(posted, item) && differences(posted, body).length > 0);
    return { corrects, alike };
  }

  #add(exporter: string, shipment: RecordedShipment): void {
    const { kind, status, destination, exportedAt, itn } = shipment;
    const reference = normalText(shipment.reference);
    if (kind === 'reservation') {
      if (status === 'held' || status === 'partly-exported') push(this.#holds, keyOf(exporter, destination), shipment);
      return;
    }
    if (status !== 'posted' || exportedAt === null) return;
    const day = dayOf(exportedAt);
    push(this.#exports, keyOf(exporter, destination, day), shipment);
    if (itn !== null) push(this.#byItn, keyOf(exporter, itn), shipment);
    else if (reference !== null) push(this.#byReference, keyOf(exporter, reference, day), shipment);
  }
}

/** What an export and a row say differently, for people: `quantity 100, here 120`. */
export function differences(posted: RecordedShipment, body: ShipmentBody): readonly string[] {
  const [{ quantity, tppPerUnit, eccn }] = body.items;
  const [item] = posted.items;
  const members: readonly (readonly [string, unknown, unknown])[] = [
    ['destination', posted.destination, body.destination],
    ['quantity', item?.quantity, quantity],
    ['exportedAt', posted.exportedAt, body.exportedAt],
    ['reference', normalText(posted.reference) ?? 'none', normalText(body.reference) ?? 'none'],
    ['tppPerUnit', item?.tppPerUnit, tppPerUnit ?? item?.tppPerUnit],
    ['eccn', item?.eccn, eccn ?? item?.eccn],
  ];
  return members.flatMap(([name, there, here]) => (there === here ? [] : [`${name} ${String(there)}, here ${String(here)}`]));
}

function isOf({ items }: RecordedShipment, item: ShipmentItem): boolean {
  return items.length === 1 && normalText(items[0]?.name) === nameOf(item);
}

function hasSame({ items }: RecordedShipment, item: ShipmentItem): boolean {
  return items.some(({ name, quantity }) => normalText(name) === nameOf(item) && quantity === item.quantity);
}

/** Two references tell two shipments apart; a reference that one of them lacks may have come later. */
function isOtherReference({ reference }: RecordedShipment, other: string | undefined): boolean {
  return reference !== null && other !== undefined && normalText(reference) !== normalText(other);
}

function nameOf({ chip, description }: ShipmentItem): string {
  return normalText(chip ?? description ?? '');
}

function dayOf(time: string): string {
  return time.slice(0, 10);
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

function push(map: Map<string, RecordedShipment[]>, key: string, shipment: RecordedShipment): void {
  const known = map.get(key);
  if (known) known.push(shipment);
  else map.set(key, [shipment]);
}
