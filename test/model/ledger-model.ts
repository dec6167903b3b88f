// What the ledger should do, written a second time: other arithmetic (bigint), no code of libs/ledger.

import type { Answer, Call, ModelItem, Recorded } from './model-call.js';

interface ModelLine {
  cap: bigint | null;
  exported: bigint;
  reserved: bigint;
  suspended: boolean;
  revision: number;
  exports: number;
  open: number;
  refusals: number;
}

interface Hold {
  readonly line: string;
  readonly exporter: string;
  status: string;
  items: { chip: string; quantity: number; gone: number }[];
  expiresAt: number;
  revision: number;
}

interface Posted {
  readonly line: string;
  readonly exporter: string;
  readonly debited: bigint;
  readonly at: number;
  reversed: boolean;
  itn: string | null;
}

export interface ModelRules {
  /** Thousandths of TPP of one unit, and whether it debits a cap. */
  readonly chips: Readonly<Record<string, { readonly unit: bigint; readonly debits: boolean }>>;
  readonly caps: Readonly<Record<string, bigint | null | 'embargoed'>>;
  readonly holdMs: number;
  readonly windowMs: number;
  /** Before, nothing debits. */
  readonly inForce: number;
  readonly periodStart: number;
  readonly periodEnd: number;
}

export class LedgerModel {
  readonly lines = new Map<string, ModelLine>();
  readonly holds = new Map<string, Hold>();
  readonly posted = new Map<string, Posted>();
  readonly #answers = new Map<string, { readonly request: string; readonly answer: Recorded }>();
  readonly #ordered = new Map<string, bigint>();

  constructor(readonly rules: ModelRules) {}

  reserve(call: Call, line: string, id: string, items: readonly ModelItem[], expiresAt: number | undefined): Answer {
    return this.#once(call, () => {
      const last = this.#isBound(line, items) ? this.rules.periodEnd : Infinity;
      if (expiresAt !== undefined && (expiresAt <= call.at || expiresAt > last)) return { rejected: 'invalid-request' };
      this.#lapseDue(line, call.at);
      const debit = this.#debit(items);
      const refusal = this.#refusal(line, call.at, items, debit);
      if (refusal) return this.#refusedWhole(call, line, refusal, id);
      const { revision } = this.#change(line, { reserved: debit, open: 1 });
      const end = expiresAt ?? Math.min(call.at + this.rules.holdMs, last);
      const fresh = items.map(({ chip, quantity }) => ({ chip, quantity, gone: 0 }));
      this.holds.set(id, { line, exporter: call.scope, status: 'held', items: fresh, expiresAt: end, revision });
      return this.#recorded('QuotaReserved', line, this.#shown(id));
    });
  }

  exportDirect(call: Call, line: string, id: string, items: readonly ModelItem[], exportedAt: number): Answer {
    return this.#once(call, () => {
      if (exportedAt > call.at + 86_400_000) return { rejected: 'invalid-request' };
      this.#lapseDue(line, call.at);
      const debit = exportedAt < this.rules.inForce ? 0n : this.#debit(items);
      const refusal = this.#refusal(line, exportedAt, items, debit);
      if (refusal) return this.#refusedWhole(call, line, refusal, id);
      this.#change(line, { exported: debit, exports: 1 });
      this.posted.set(id, { line, exporter: call.scope, debited: debit, at: call.at, reversed: false, itn: null });
      return this.#recorded('ExportDebited', line, null);
    });
  }

  exportHold(call: Call, holdId: string, id: string, take: ModelItem | 'all', final: boolean, exportedAt: number, version?: number): Answer {
    return this.#onHold(call, holdId, version, exportedAt <= call.at + 86_400_000, (hold) => {
      if (take !== 'all' && hold.items.every(({ chip }) => chip !== take.chip)) return { rejected: 'invalid-request' };
      const taken = hold.items.map(({ chip, quantity, gone }) => (take === 'all' ? quantity - gone : chip === take.chip ? take.quantity : 0));
      if (hold.items.some(({ quantity, gone }, index) => (taken[index] ?? 0) > quantity - gone)) return { rejected: 'exceeds-hold' };
      if (this.#isOutside(exportedAt) && this.#isBound(hold.line, hold.items)) return this.#refused(hold.line, 'outside-quota-period', null);
      const debit = this.#debit(hold.items.map(({ chip }, index) => ({ chip, quantity: taken[index] ?? 0 })));
      const heldBefore = this.#held(hold);
      hold.items.forEach((item, index) => (item.gone += taken[index] ?? 0));
      const ends = final || hold.items.every(({ quantity, gone }) => quantity === gone);
      const { revision } = this.#change(hold.line, { exported: debit, reserved: ends ? -heldBefore : -debit, exports: 1, open: ends ? -1 : 0 });
      Object.assign(hold, { status: ends ? 'exported' : 'partly-exported', revision });
      this.posted.set(id, { line: hold.line, exporter: hold.exporter, debited: debit, at: call.at, reversed: false, itn: null });
      return this.#recorded('ExportDebited', hold.line, this.#shown(holdId));
    });
  }

  amend(call: Call, holdId: string, items: readonly ModelItem[] | undefined, expiresAt: number | undefined, version: number): Answer {
    const { line, items: kept } = this.holds.get(holdId) ?? { line: '', items: [] };
    const last = this.#isBound(line, items ?? kept) ? this.rules.periodEnd : Infinity;
    const endFits = expiresAt === undefined || (expiresAt > call.at && expiresAt <= last);
    return this.#onHold(call, holdId, version, endFits, (hold) => {
      const wanted = items ?? hold.items;
      const isKept = ({ chip, gone }: Hold['items'][number]): boolean => gone === 0 || wanted.some((item) => item.chip === chip && item.quantity >= gone);
      if (!hold.items.every(isKept)) return { rejected: 'exceeds-hold' };
      const goneOf = new Map(hold.items.map(({ chip, gone }) => [chip, gone]));
      const next = wanted.map(({ chip, quantity }) => ({ chip, quantity, gone: goneOf.get(chip) ?? 0 }));
      const growth = this.#held({ items: next }) - this.#held(hold);
      const { cap, exported, reserved, suspended } = this.#line(hold.line);
      if (items && this.#isClosed(hold.line, items)) return this.#refused(hold.line, 'no-allocation', null);
      if (growth > 0n && suspended) return this.#refused(hold.line, 'line-suspended', null);
      if (growth > 0n && cap !== null && exported + reserved + growth > cap) return this.#refused(hold.line, 'insufficient-quota', null);
      const { revision } = this.#change(hold.line, { reserved: growth });
      Object.assign(hold, { items: next, expiresAt: expiresAt ?? (items ? Math.min(hold.expiresAt, last) : hold.expiresAt), revision });
      return this.#recorded('ReservationAmended', hold.line, this.#shown(holdId));
    });
  }

  release(call: Call, holdId: string, version?: number): Answer {
    return this.#onHold(call, holdId, version, true, (hold) => {
      this.#close(hold, 'released');
      return this.#recorded('ReservationReleased', hold.line, this.#shown(holdId));
    });
  }

  reverse(call: Call, exportId: string, credits: boolean): Answer {
    return this.#onPosted(call, exportId, (posted) => {
      if (call.at - posted.at > this.rules.windowMs) return { rejected: 'reversal-window-closed' };
      posted.reversed = true;
      this.#change(posted.line, { exported: credits ? -posted.debited : 0n, exports: -1 });
      return this.#recorded('ExportReversed', posted.line, null);
    });
  }

  file(call: Call, exportId: string, itn: string): Answer {
    return this.#onPosted(call, exportId, (posted) => {
      if (posted.itn !== null) return { rejected: posted.itn === itn ? 'nothing-to-change' : 'itn-recorded' };
      posted.itn = itn;
      this.#change(posted.line, {});
      return this.#recorded('ExportFiled', posted.line, null);
    });
  }

  setCap(call: Call, line: string, cap: bigint): Answer {
    return this.#once(call, () => {
      this.#lapseDue(line, call.at);
      // An order is news even where the figure is the rulebook's, but not twice.
      if (this.#ordered.get(line) === cap) return { rejected: 'nothing-to-change' };
      this.#ordered.set(line, cap);
      Object.assign(this.#line(line), { cap });
      this.#change(line, {});
      return this.#recorded('AllocationSet', line, null);
    });
  }

  switchLine(call: Call, line: string, suspended: boolean): Answer {
    return this.#once(call, () => {
      this.#lapseDue(line, call.at);
      if (this.#line(line).suspended === suspended) return { rejected: 'nothing-to-change' };
      this.#line(line).suspended = suspended;
      this.#change(line, {});
      return this.#recorded(suspended ? 'LineSuspended' : 'LineResumed', line, null);
    });
  }

  /** Every hold that is due by then lapses. */
  lapseAll(at: number): void {
    for (const line of this.lines.keys()) this.#lapseDue(line, at);
  }

  balanceOf(line: string): string {
    const { cap, exported, reserved } = this.#line(line);
    return `${cap} ${exported} ${reserved}`;
  }

  #onHold(call: Call, id: string, version: number | undefined, timesFit: boolean, then: (hold: Hold) => Answer): Answer {
    const hold = this.holds.get(id);
    if (!hold) return { rejected: 'reservation-not-found' };
    return this.#once(call, () => {
      if (!timesFit) return { rejected: 'invalid-request' };
      this.#lapseDue(hold.line, call.at);
      if (version !== undefined && version !== hold.revision) return { rejected: 'version-mismatch' };
      if (hold.status !== 'held' && hold.status !== 'partly-exported') return { rejected: 'reservation-closed' };
      return then(hold);
    });
  }

  #onPosted(call: Call, id: string, then: (posted: Posted) => Answer): Answer {
    const posted = this.posted.get(id);
    if (!posted) return { rejected: 'export-not-found' };
    return this.#once(call, () => {
      this.#lapseDue(posted.line, call.at);
      return posted.reversed ? { rejected: 'already-reversed' } : then(posted);
    });
  }

  /** One answer per key for ever, once something was recorded. */
  #once(call: Call, decide: () => Answer): Answer {
    const key = `${call.scope} ${call.key}`;
    const request = `${call.operation} ${call.body}`;
    const first = call.key === null ? undefined : this.#answers.get(key);
    if (first) return first.request === request ? { ...first.answer, replayed: true } : { rejected: 'idempotency-key-reused' };
    const answer = decide();
    if (!('rejected' in answer)) this.#answers.set(key, { request, answer });
    return answer;
  }

  #refusal(line: string, when: number, items: readonly ModelItem[], debit: bigint): string | undefined {
    const { cap, exported, reserved, suspended } = this.#line(line);
    if (when < this.rules.inForce) return suspended ? 'line-suspended' : undefined;
    if (this.#isOutside(when) && this.#isBound(line, items)) return 'outside-quota-period';
    if (this.#isClosed(line, items)) return 'no-allocation';
    if (suspended) return 'line-suspended';
    const free = cap === null ? null : cap - exported - reserved;
    return free !== null && debit > (free > 0n ? free : 0n) ? 'insufficient-quota' : undefined;
  }

  /** A refused request leaves a reservation that is closed from the start. */
  #refusedWhole(call: Call, line: string, code: string, id: string): Answer {
    const revision = this.#line(line).revision + 1;
    this.holds.set(id, { line, exporter: call.scope, status: 'refused', items: [], expiresAt: Infinity, revision });
    return this.#refused(line, code, `refused 0 0 ${revision}`);
  }

  #refused(line: string, code: string, reservation: string | null): Answer {
    this.#change(line, { refusals: 1 });
    return this.#recorded(`ReservationRefused ${code}`, line, reservation);
  }

  #lapseDue(line: string, at: number): void {
    const open = [...this.holds.values()].filter((hold) => hold.line === line && (hold.status === 'held' || hold.status === 'partly-exported'));
    for (const hold of open.filter(({ expiresAt }) => expiresAt <= at).sort((a, b) => a.expiresAt - b.expiresAt)) this.#close(hold, 'lapsed');
  }

  #close(hold: Hold, status: string): void {
    const { revision } = this.#change(hold.line, { reserved: -this.#held(hold), open: -1 });
    const items = hold.items.map(({ chip, gone }) => ({ chip, quantity: gone, gone }));
    Object.assign(hold, { status, revision, items });
  }

  #change(name: string, by: { exported?: bigint; reserved?: bigint; exports?: number; open?: number; refusals?: number }): ModelLine {
    const line = this.#line(name);
    line.revision += 1;
    line.exported += by.exported ?? 0n;
    line.reserved += by.reserved ?? 0n;
    line.exports += by.exports ?? 0;
    line.open += by.open ?? 0;
    line.refusals += by.refusals ?? 0;
    return line;
  }

  #line(name: string): ModelLine {
    const granted = this.rules.caps[name];
    const fresh = { cap: granted === 'embargoed' ? 0n : (granted ?? null), exported: 0n, reserved: 0n, suspended: false, revision: -1, exports: 0, open: 0, refusals: 0 };
    const line = this.lines.get(name) ?? fresh;
    this.lines.set(name, line);
    return line;
  }

  #isClosed(line: string, items: readonly ModelItem[]): boolean {
    return this.rules.caps[line] === 'embargoed' && items.some(({ chip }) => this.rules.chips[chip]?.debits);
  }

  /** Only what draws on an allocation is bound to the quota period. */
  #isBound(line: string, items: readonly ModelItem[]): boolean {
    return this.#debit(items) > 0n && typeof this.rules.caps[line] === 'bigint';
  }

  #isOutside(when: number): boolean {
    return when < this.rules.periodStart || when >= this.rules.periodEnd;
  }

  #debit(items: readonly ModelItem[]): bigint {
    return items.reduce((sum, { chip, quantity }) => sum + (this.rules.chips[chip]?.debits ? (this.rules.chips[chip].unit * BigInt(quantity)) : 0n), 0n);
  }

  #held({ items }: Pick<Hold, 'items'>): bigint {
    return this.#debit(items.map(({ chip, quantity, gone }) => ({ chip, quantity: quantity - gone })));
  }

  #shown(id: string): string {
    const hold = this.holds.get(id) as Hold;
    const out = this.#debit(hold.items.map(({ chip, gone }) => ({ chip, quantity: gone })));
    const open = hold.status === 'held' || hold.status === 'partly-exported';
    return `${hold.status} ${open ? this.#held(hold) : 0n} ${out} ${hold.revision}`;
  }

  #recorded(type: string, name: string, reservation: string | null): Recorded {
    const line = this.#line(name);
    const counts = `${line.exports} ${line.open} ${line.refusals}`;
    return { replayed: false, type, line: name, revision: line.revision, balance: this.balanceOf(name), counts, reservation };
  }
}
