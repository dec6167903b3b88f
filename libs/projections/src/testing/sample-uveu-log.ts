import { quotaStreamOf, type Shares } from '#ledger';
import { builtInRulebook, milliTpp } from '#rulebook';
import { answered, SampleEvents } from './sample-events.js';

/** A log with lines of UVEUs, for tests. Amounts are thousandths of TPP. */
export class SampleUveuLog extends SampleEvents {
  readonly #shares = new Map<string, Shares>();

  constructor(startAt = '2026-06-15T00:00:00.000Z') {
    super(startAt);
    this.adopt();
  }

  /** Time passes to this moment, RFC 3339. */
  at(time: string): this {
    return this.pass(Date.parse(time) - Date.parse(this.now));
  }

  /** From now on a share of the line counts so much. */
  use(line: string, used: number, { limit = 1000, scope = 'outside-partners' } = {}): this {
    const share = { limitMilliTpp: milliTpp(limit), exported: milliTpp(used), reserved: milliTpp(0) };
    this.#shares.set(line, { ...this.#shares.get(line), [scope]: share });
    return this.append(quotaStreamOf(line), {
      type: 'AllocationSet',
      allocationMilliTpp: null,
      previousMilliTpp: null,
      basis: 'rulebook',
      reason: 'declared anew',
      commandId: null,
      ...answered,
      ...this.#stamp(line),
    });
  }

  /** A merger closes the line. */
  close(line: string, into: string): this {
    const closed = { type: 'LineClosed', into, reason: 'one company', commandId: null, closedInto: into } as const;
    return this.append(quotaStreamOf(line), { ...closed, ...answered, ...this.#stamp(line) });
  }

  #stamp(line: string) {
    const { id, version, hash } = builtInRulebook().reference;
    const balanceMilliTpp = { allocation: null, exported: milliTpp(0), reserved: milliTpp(0) };
    const counts = { exports: 0, openReservations: 0, refusals: 0 };
    const shares = this.#shares.get(line) ?? {};
    return { ...this.recorded(), balanceMilliTpp, counts, shares, rulebook: { id, version, hash } };
  }
}
