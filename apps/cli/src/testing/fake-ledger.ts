import { setTimeout as sleep } from 'node:timers/promises';
import { commandIdFor } from '#ledger';
import { canonicalJson } from '#rulebook';
import type {
  Determined,
  Filing,
  LedgerAccess,
  RequestProblem,
  Reversal,
  Submission,
  SubmitAnswer,
} from '../access/ledger-access.js';
import type { RecordedQuery, RecordedShipment } from '../access/recorded-shipment.js';

type Kept = RecordedShipment & { readonly exporter: string; readonly sent: string };

/** For specs: a ledger that keeps what it is sent and remembers keys, as the real one does. Every unit has one TPP. */
export class FakeLedger {
  readonly submissions: Submission[] = [];
  readonly shipments = new Map<string, Kept>();
  available = 1_000_000;

  /** @param answer what the ledger says instead of recording */
  constructor(private readonly answer: (submission: Submission) => SubmitAnswer | undefined = () => undefined) {}

  get access(): LedgerAccess {
    return this as unknown as LedgerAccess;
  }

  /** Units that stand, exported or held. */
  get debited(): number {
    return 1_000_000 - this.available;
  }

  async submit(submission: Submission): Promise<SubmitAnswer> {
    await sleep(1);
    this.submissions.push(submission);
    const { operation, body, idempotencyKey } = submission;
    const said = this.answer(submission);
    const id = commandIdFor(body.exporter, idempotencyKey);
    const sent = `${operation} ${canonicalJson(body)}`;
    const known = this.shipments.get(id);
    if (known && known.sent !== sent) return { outcome: 'rejected', code: 'idempotency-key-reused', detail: 'Another body.' };
    if (said?.outcome === 'rejected') return said;
    const [{ chip, description, quantity, tppPerUnit = 1, eccn = '3A090.a' }] = body.items;
    const isRefused = known ? known.status === 'refused' : said?.outcome === 'refused' || quantity > this.available;
    if (!known) {
      const shipment = {
        id,
        kind: operation === 'export' && !isRefused ? 'export' : 'reservation',
        status: isRefused ? 'refused' : operation === 'export' ? 'posted' : 'held',
        line: `country:${body.destination}`,
        destination: body.destination,
        items: [{ name: chip ?? description ?? '', quantity, tppPerUnit, eccn }],
        tpp: quantity,
        debitedTpp: isRefused ? 0 : quantity,
        exportedAt: isRefused ? null : (body.exportedAt ?? null),
        itn: body.itn ?? null,
        reference: body.reference ?? null,
        exporter: body.exporter,
        sent,
      } as const;
      this.shipments.set(id, shipment);
      if (!isRefused) this.available -= quantity;
    }
    const replayed = known !== undefined;
    if (!isRefused) return { outcome: 'recorded', replayed, id, tpp: quantity };
    return { outcome: 'refused', replayed, id, tpp: quantity, code: 'insufficient-quota', detail: 'Nothing left.' };
  }

  async determine({ destination, items }: Submission['body']): Promise<Determined> {
    const [{ quantity }] = items;
    const what = { line: `country:${destination}`, tpp: quantity, debitedTpp: quantity, available: this.available };
    if (quantity <= this.available) return { outcome: 'accepted', ...what };
    return { outcome: 'refused', ...what, code: 'insufficient-quota', detail: 'Nothing left.' };
  }

  async *recorded({ kind, exporter, status }: RecordedQuery): AsyncIterable<RecordedShipment> {
    for (const shipment of this.shipments.values()) {
      if (shipment.kind === kind && shipment.exporter === exporter && (status ?? shipment.status) === shipment.status) yield shipment;
    }
  }

  async file({ exportId, itn }: Filing): Promise<RequestProblem | undefined> {
    const found = this.shipments.get(exportId);
    if (!found || found.itn !== null) return { code: 'itn-recorded', detail: 'It has one.' };
    this.shipments.set(exportId, { ...found, itn });
    return undefined;
  }

  async reverse({ exportId }: Reversal): Promise<RequestProblem | undefined> {
    const found = this.shipments.get(exportId);
    if (found?.status !== 'posted') return { code: 'already-reversed', detail: 'It was reversed before.' };
    this.shipments.set(exportId, { ...found, status: 'reversed' });
    this.available += found.debitedTpp;
    return undefined;
  }
}
