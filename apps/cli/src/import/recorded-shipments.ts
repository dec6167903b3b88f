import type { LedgerAccess } from '../access/ledger-access.js';
import type { RecordedShipment } from '../access/recorded-shipment.js';
import type { ShipmentRow } from './plan-import.js';

/** The id of what a command with this key of this exporter brings into being. */
export type IdOf = (exporter: string, key: string) => string;

/** What the ledger has recorded for the exporters of a file, as it is before anything is sent. */
export class RecordedShipments {
  readonly #byId = new Map<string, RecordedShipment>();
  readonly #byExporter = new Map<string, RecordedShipment[]>();

  constructor(private readonly idOf: IdOf) {}

  /**
   * Reads the exports of every exporter of these rows, and those of its reservations that rows may be known by: all if it
   * reserves, else the refused ones, for a refused export is found among them.
   */
  static async read(ledger: LedgerAccess, rows: readonly ShipmentRow[], idOf: IdOf): Promise<RecordedShipments> {
    const recorded = new RecordedShipments(idOf);
    const reserves = new Map<string, boolean>();
    for (const { action } of rows) {
      const { exporter } = action.body;
      reserves.set(exporter, action.action === 'reserve' || reserves.get(exporter) === true);
    }
    for (const [exporter, all] of reserves) {
      for await (const found of ledger.recorded({ kind: 'export', exporter })) recorded.add(exporter, found);
      const reservations = { kind: 'reservation', exporter, ...(!all && { status: 'refused' as const }) } as const;
      for await (const found of ledger.recorded(reservations)) recorded.add(exporter, found);
    }
    return recorded;
  }

  add(exporter: string, shipment: RecordedShipment): void {
    this.#byId.set(shipment.id, shipment);
    const known = this.#byExporter.get(exporter);
    if (known) known.push(shipment);
    else this.#byExporter.set(exporter, [shipment]);
  }

  /** What the command with this key brought into being. */
  find(exporter: string, key: string): RecordedShipment | undefined {
    return this.#byId.get(this.idOf(exporter, key));
  }

  /** Every exporter with what it has recorded. */
  byExporter(): Iterable<readonly [exporter: string, readonly RecordedShipment[]]> {
    return this.#byExporter;
  }
}
