import {
  emptyStream,
  quotaStreamOf,
  rulebookStream,
  seal,
  uuidV5,
  type Draft,
  type LedgerEvent,
  type LineBalance,
  type SealedEvent,
  type StoredEvent,
  type StreamEnd,
} from '#ledger';
import { builtInRulebook, milliTpp, type MilliTpp } from '#rulebook';
import { SampleAccount } from './sample-account.js';

const namespace = '6f0a5d7e-9d53-5f7d-8b1f-6c113f0c4f0e';
const answered = { idempotencyKey: null, requestHash: null } as const;
const item = { chip: 'nvidia-h100-sxm5', description: null, eccn: '3A090.a', level: 'a' } as const;

export interface Thresholds {
  readonly watch: number;
  readonly critical: number;
  readonly exhausted: number;
  readonly hysteresis: number;
}

/** A log as the ledger would have written it, for tests: events with the right amounts. Amounts are thousandths. */
export class SampleLog {
  readonly events: StoredEvent[] = [];
  readonly #ends = new Map<string, StreamEnd>();
  readonly #account: SampleAccount;
  #ms: number;

  constructor({ capMilliTpp = 1000, startAt = '2026-03-01T00:00:00.000Z' } = {}) {
    this.#account = new SampleAccount(capMilliTpp);
    this.#ms = Date.parse(startAt);
  }

  static id(name: string): string {
    return uuidV5(namespace, name);
  }

  get position(): number {
    return this.events.length;
  }

  /** The time of the next event. */
  get now(): string {
    return new Date(this.#ms).toISOString();
  }

  pass(ms: number): this {
    this.#ms += ms;
    return this;
  }

  adopt(alerts: Thresholds = { watch: 0.8, critical: 0.9, exhausted: 1, hysteresis: 0.02 }): this {
    const { document, hash } = builtInRulebook();
    return this.#append(rulebookStream, {
      type: 'RulebookAdopted',
      ...this.#recorded(),
      hash,
      document: { ...document, alerts },
    });
  }

  reserve(
    name: string,
    amount: number,
    of: { destination?: string; exporter?: string; days?: number; line?: string } = {},
  ): this {
    const { destination = 'AE', exporter = 'acme', days = 90, line = `country:${destination}` } = of;
    const before = this.#account.line(line);
    this.#account.change(
      line,
      { reserved: before.balance.reserved + amount },
      { openReservations: before.counts.openReservations + 1 },
    );
    const reservationId = SampleLog.id(name);
    this.#account.holds.set(name, {
      destination,
      exporter,
      held: amount,
      revision: this.#end(quotaStreamOf(line)).revision + 1,
    });
    return this.#append(quotaStreamOf(line), {
      type: 'QuotaReserved',
      reservationId,
      destination,
      exporter,
      consignee: null,
      route: 'licence',
      items: [{ ...item, quantity: 1, milliTppPerUnit: milliTpp(amount) }],
      milliTpp: milliTpp(amount),
      debitedMilliTpp: milliTpp(amount),
      reference: null,
      expiresAt: new Date(this.#ms + days * 86_400_000).toISOString(),
      ...answered,
      ...this.#stamp(line),
    });
  }

  refuse(name: string, amount: number, { destination = 'AE', exporter = 'acme' } = {}): this {
    const line = `country:${destination}`;
    this.#account.change(line, {}, { refusals: this.#account.line(line).counts.refusals + 1 });
    const id = SampleLog.id(name);
    return this.#append(quotaStreamOf(line), {
      type: 'ReservationRefused',
      operation: 'reserve',
      reservationId: id,
      commandId: id,
      code: 'insufficient-quota',
      reasons: [],
      destination,
      exporter,
      route: 'licence',
      items: [{ ...item, quantity: 1, milliTppPerUnit: milliTpp(amount) }],
      milliTpp: milliTpp(amount),
      requestedMilliTpp: milliTpp(amount),
      availableMilliTpp: milliTpp(0),
      reference: null,
      ...answered,
      ...this.#stamp(line),
    });
  }

  release(name: string): this {
    return this.#endHold(name, (held) => ({
      type: 'ReservationReleased',
      releasedMilliTpp: held,
      reason: null,
      commandId: null,
      ...answered,
    }));
  }

  lapse(name: string): this {
    return this.#endHold(name, (held) => ({ type: 'ReservationLapsed', lapsedMilliTpp: held, expiredAt: this.now }));
  }

  amend(name: string, amount: number, days = 90): this {
    const hold = this.#account.hold(name);
    const line = `country:${hold.destination}`;
    const { reserved } = this.#account.line(line).balance;
    this.#account.change(line, { reserved: reserved - hold.held + amount }, {});
    const event = {
      type: 'ReservationAmended',
      reservationId: SampleLog.id(name),
      reservationRevision: hold.revision,
      route: 'licence',
      items: [{ ...item, quantity: 1, milliTppPerUnit: milliTpp(amount) }],
      milliTpp: milliTpp(amount),
      debitedMilliTpp: milliTpp(amount),
      previousHeldMilliTpp: milliTpp(hold.held),
      heldMilliTpp: milliTpp(amount),
      expiresAt: new Date(this.#ms + days * 86_400_000).toISOString(),
      reference: 'amended',
      commandId: SampleLog.id(`${name} amended`),
      ...answered,
      ...this.#stamp(line),
    } as const;
    hold.held = amount;
    hold.revision = this.#end(quotaStreamOf(line)).revision + 1;
    return this.#append(quotaStreamOf(line), event);
  }

  /** Exports of a hold, or at once where `of` is null. */
  export(name: string, amount: number, of: string | null = null, { destination = 'AE', exporter = 'acme' } = {}): this {
    const hold = of === null ? undefined : this.#account.hold(of);
    const to = hold?.destination ?? destination;
    const line = `country:${to}`;
    const { balance, counts } = this.#account.line(line);
    const final = hold === undefined || hold.held === amount;
    this.#account.change(
      line,
      { exported: balance.exported + amount, reserved: balance.reserved - (hold ? amount : 0) },
      { exports: counts.exports + 1, openReservations: counts.openReservations - (hold && final ? 1 : 0) },
    );
    const event = {
      type: 'ExportDebited',
      exportId: SampleLog.id(name),
      reservationId: of === null ? null : SampleLog.id(of),
      reservationRevision: hold?.revision ?? null,
      destination: to,
      exporter: hold?.exporter ?? exporter,
      consignee: null,
      route: 'licence',
      items: [{ ...item, quantity: 1, milliTppPerUnit: milliTpp(amount), milliTpp: milliTpp(amount) }],
      milliTpp: milliTpp(amount),
      debitedMilliTpp: milliTpp(amount),
      releasedMilliTpp: milliTpp(0),
      final,
      exportedAt: this.now,
      itn: null,
      reference: null,
      ...answered,
      ...this.#stamp(line),
    } as const;
    if (hold) {
      hold.held -= amount;
      hold.revision = this.#end(quotaStreamOf(line)).revision + 1;
    }
    return this.#append(quotaStreamOf(line), event);
  }

  reverse(name: string, amount: number, destination = 'AE'): this {
    const line = `country:${destination}`;
    const { balance, counts } = this.#account.line(line);
    this.#account.change(line, { exported: balance.exported - amount }, { exports: counts.exports - 1 });
    return this.#append(quotaStreamOf(line), {
      type: 'ExportReversed',
      exportId: SampleLog.id(name),
      exportRevision: 0,
      code: 'misreported',
      reason: 'typo',
      creditedMilliTpp: milliTpp(amount),
      commandId: SampleLog.id(`${name} reversed`),
      ...answered,
      ...this.#stamp(line),
    });
  }

  cap(amount: number | null, destination = 'AE'): this {
    const line = `country:${destination}`;
    const previousMilliTpp = this.#account.line(line).balance.allocation;
    const allocation = amount === null ? null : milliTpp(amount);
    this.#account.change(line, { allocation }, {});
    return this.#append(quotaStreamOf(line), {
      type: 'AllocationSet',
      allocationMilliTpp: allocation,
      previousMilliTpp,
      basis: 'order',
      reason: 'order',
      commandId: null,
      ...answered,
      ...this.#stamp(line),
    });
  }

  /** Puts an event as it is behind what there is. */
  put(stream: string, json: string, type: string): this {
    const revision = this.#end(stream).revision + 1;
    this.events.push({
      stream,
      revision,
      position: this.position + 1,
      id: SampleLog.id(`${stream}@${revision}`),
      type,
      json,
    });
    return this;
  }

  balance(destination = 'AE'): LineBalance {
    return this.#account.line(`country:${destination}`).balance;
  }

  #endHold(name: string, told: (held: MilliTpp) => object): this {
    const hold = this.#account.hold(name);
    const line = `country:${hold.destination}`;
    const { balance, counts } = this.#account.line(line);
    this.#account.change(
      line,
      { reserved: balance.reserved - hold.held },
      { openReservations: counts.openReservations - 1 },
    );
    const event = {
      ...told(milliTpp(hold.held)),
      reservationId: SampleLog.id(name),
      reservationRevision: hold.revision,
      ...this.#stamp(line),
    };
    this.#account.holds.delete(name);
    return this.#append(quotaStreamOf(line), event as Draft);
  }

  #stamp(line: string) {
    const { balance, counts } = this.#account.line(line);
    const { id, version, hash } = builtInRulebook().reference;
    return { ...this.#recorded(), balanceMilliTpp: balance, counts, rulebook: { id, version, hash } };
  }

  #recorded() {
    return { v: 1, recordedAt: this.now, principal: 'acme' } as const;
  }

  #end(stream: string): StreamEnd {
    return this.#ends.get(stream) ?? emptyStream;
  }

  #append(stream: string, draft: Draft): this {
    const sealed: SealedEvent<LedgerEvent> = seal<LedgerEvent>(stream, this.#end(stream), draft);
    const { id, type, json, revision } = sealed;
    this.#ends.set(stream, sealed);
    this.events.push({ id, type, json, stream, revision, position: this.position + 1 });
    this.#ms += 1000;
    return this;
  }
}
