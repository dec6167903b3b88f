import { shareOfAll, type Reservation } from '#ledger';
import { kindOfLine, lineOfOther, partsOfLine, veuLines, type ClassifiedItem, type CompanyLookup, type CompiledRulebook } from '#rulebook';
import type { Movement } from './simulated-line.js';
import type { SimulatedLines } from './simulated-lines.js';
import type { Occasion } from './occasion.js';

/** Who receives a shipment, and where. */
type Received = Pick<Reservation, 'destination' | 'consignee'>;

interface Counted {
  readonly lines: readonly { readonly line: string; readonly scopes: readonly string[] }[];
  exported: number;
  reserved: number;
}

/**
 * Shipments to validated end users that are on another line, as they count on theirs under the draft. A line that counted
 * one in the log, too, counts it at the same place of the log; else at once.
 */
export class CountedElsewhere {
  readonly #draft: CompiledRulebook;
  readonly #lines: SimulatedLines;
  readonly #companies: CompanyLookup;
  /** By reservation or export. */
  readonly #counted = new Map<string, Counted>();
  /** What a line will count where the log says that it does, by line and event. */
  readonly #later = new Map<string, Movement & { readonly line: string; readonly scopes: readonly string[] }>();

  constructor(options: { readonly draft: CompiledRulebook; readonly lines: SimulatedLines; readonly companies: CompanyLookup }) {
    this.#draft = options.draft;
    this.#lines = options.lines;
    this.#companies = options.companies;
  }

  /** A hold on `own`, new or changed, of which this size at the level of 3A090.a has not left. */
  held(occasion: Occasion, id: string, shipment: Received, own: string, size: number, atMs: number): void {
    const counted = this.#counted.get(id) ?? this.#add(id, shipment, own, atMs);
    if (counted === undefined) return;
    this.#move(occasion, counted, 0, Math.max(0, size) - counted.reserved);
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
    this.#move(occasion, of.id === of.exportId ? { ...counted } : counted, size, 0 - (of.final ? counted.reserved : Math.min(counted.reserved, size)));
    if (of.final && of.id !== of.exportId) this.#counted.delete(of.id);
  }

  /** A hold ends; without an occasion by itself. */
  ended(occasion: Occasion | undefined, id: string): void {
    const counted = this.#counted.get(id);
    if (counted === undefined) return;
    this.#move(occasion, counted, 0, 0 - counted.reserved);
    this.#counted.delete(id);
  }

  reversed(occasion: Occasion, exportId: string): void {
    const counted = this.#counted.get(exportId);
    if (counted === undefined) return;
    this.#move(occasion, counted, 0 - counted.exported, 0);
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
    const { destination } = shipment;
    const holder = partsOfLine(own)?.holder ?? null;
    const survivor = holder === null ? undefined : this.#companies({ name: holder })?.id;
    const carriedOnBy = survivor === undefined ? own : lineOfOther(own, survivor);
    const others = veuLines(this.#draft, shipment, this.#companies, atMs).filter((line) => line !== own && line !== carriedOnBy);
    if (others.length === 0) return undefined;
    const lines = others.map((line) => {
      const company = kindOfLine(line) === 'uveu' ? this.#companies({ name: partsOfLine(line)?.holder ?? '' }) : null;
      const shares = company === null ? [] : this.#lines.scopesOf(company, destination, atMs);
      return { line, scopes: shares.filter((scope) => scope !== shareOfAll) };
    });
    const counted = { lines, exported: 0, reserved: 0 };
    this.#counted.set(id, counted);
    return counted;
  }

  #move(occasion: Occasion | undefined, counted: Counted, exported: number, reserved: number): void {
    counted.exported += exported;
    counted.reserved += reserved;
    const { event, line: from, stored } = occasion ?? {};
    const told = event !== undefined && 'alsoCounts' in event ? (event.alsoCounts ?? []) : [];
    for (const { line, scopes } of counted.lines) {
      const movement = { exported, reserved, line, scopes };
      const isTold = told.some((each) => each.line === line);
      if (isTold && from !== undefined && stored !== undefined) this.#later.set(keyOf(line, from, stored.revision), movement);
      else this.#lines.get(line).move(movement, scopes);
    }
  }

  #take(key: string): void {
    const movement = this.#later.get(key);
    if (movement === undefined) return;
    this.#later.delete(key);
    this.#lines.get(movement.line).move(movement, movement.scopes);
  }
}

/** TPP of items at the level of 3A090.a, in thousandths. */
export function sizeOf(items: readonly Pick<ClassifiedItem, 'level' | 'milliTppPerUnit' | 'quantity'>[]): number {
  return items.reduce((sum, { level, milliTppPerUnit, quantity }) => (level === 'a' ? sum + milliTppPerUnit * quantity : sum), 0);
}

function keyOf(line: string, from: string, revision: number): string {
  return `${line} from ${from}@${revision}`;
}
