import { leftElsewhere, movesOf, type CountingLine, type Movement, type Reservation } from '#ledger';
import type { SimulatedLines } from './simulated-lines.js';
import type { Occasion } from './occasion.js';

/** Who receives a shipment, and where. */
type Received = Pick<Reservation, 'destination' | 'consignee'>;

interface Counted {
  readonly lines: readonly CountingLine[];
  exported: number;
  reserved: number;
}

/**
 * Shipments to validated end users that are on another line, as they count on theirs under the draft. A line that counted
 * one in the log, too, counts it at the same place of the log; else at once.
 */
export class CountedElsewhere {
  readonly #lines: SimulatedLines;
  /** By reservation or export. */
  readonly #counted = new Map<string, Counted>();
  /** What a line will count where the log says that it does, by line and event. */
  readonly #later = new Map<string, Movement & CountingLine>();

  constructor(lines: SimulatedLines) {
    this.#lines = lines;
  }

  /** A hold on `own`, new or changed, of which this size at the level of 3A090.a has not left. */
  held(occasion: Occasion, id: string, shipment: Received, own: string, size: number, atMs: number): void {
    const counted = this.#counted.get(id) ?? this.#add(id, shipment, own, atMs);
    if (counted === undefined) return;
    this.#move(occasion, counted, { exported: 0, reserved: Math.max(0, size) - counted.reserved });
  }

  /** What leaves: of a hold, which it ends if it is final, or directly. */
  exported(
    occasion: Occasion,
    of: { readonly id: string; readonly exportId: string; readonly shipment: Received; readonly own: string; readonly final: boolean },
    size: number,
    atMs: number,
  ): void {
    const counted = this.#counted.get(of.id) ?? this.#add(of.id, of.shipment, of.own, atMs);
    if (counted === undefined) return;
    this.#counted.set(of.exportId, { lines: counted.lines, exported: size, reserved: 0 });
    this.#move(occasion, of.id === of.exportId ? { ...counted } : counted, leftElsewhere(size, counted.reserved, of.final));
    if (of.final && of.id !== of.exportId) this.#counted.delete(of.id);
  }

  /** A hold ends; without an occasion by itself. */
  ended(occasion: Occasion | undefined, id: string): void {
    const counted = this.#counted.get(id);
    if (counted === undefined) return;
    this.#move(occasion, counted, { exported: 0, reserved: 0 - counted.reserved });
    this.#counted.delete(id);
  }

  reversed(occasion: Occasion, exportId: string): void {
    const counted = this.#counted.get(exportId);
    if (counted === undefined) return;
    this.#move(occasion, counted, { exported: 0 - counted.exported, reserved: 0 });
    this.#counted.delete(exportId);
  }

  /** The line counted something in the log that came from this event of another line. */
  counted(line: string, from: { readonly fromLine: string; readonly fromRevision: number }): void {
    this.#take(keyOf(line, from.fromLine, from.fromRevision));
  }

  /** The log has no more to say: what its lines have not counted yet counts now. */
  settle(): void {
    for (const key of [...this.#later.keys()]) this.#take(key);
  }

  #add(id: string, shipment: Received, own: string, atMs: number): Counted | undefined {
    const lines = this.#lines.limits.countingLines(own, shipment, atMs);
    if (lines === undefined) return undefined;
    const counted = { lines, exported: 0, reserved: 0 };
    this.#counted.set(id, counted);
    return counted;
  }

  #move(occasion: Occasion | undefined, counted: Counted, { exported, reserved }: Movement): void {
    counted.exported += exported;
    counted.reserved += reserved;
    for (const counting of counted.lines) {
      const { line, scopes } = counting;
      const isTold = occasion && movesOf(occasion.event).some((each) => each.line === line);
      if (isTold) this.#later.set(keyOf(line, occasion.line, occasion.stored.revision), { ...counting, exported, reserved });
      else this.#lines.get(line).move({ exported, reserved }, scopes);
    }
  }

  #take(key: string): void {
    const movement = this.#later.get(key);
    if (movement === undefined) return;
    this.#later.delete(key);
    this.#lines.get(movement.line).move(movement, movement.scopes);
  }
}

function keyOf(line: string, from: string, revision: number): string {
  return `${line} from ${from}@${revision}`;
}
