import { quotaStreamOf, type Draft, type LineBalance } from '#ledger';
import { builtInRulebook, milliTpp, type Consignee, type MilliTpp, type ReversalCode, type Route, type RouteFacts } from '#rulebook';
import { SampleAccount } from './sample-account.js';
import { answered, SampleEvents } from './sample-events.js';

const item = { chip: 'nvidia-h100-sxm5', description: null, eccn: '3A090.a', level: 'a' } as const;

/** What a shipment of the sample log is, besides its amount. */
export interface ShipmentOptions {
  destination?: string;
  exporter?: string;
  line?: string;
  route?: Route;
  consignee?: Consignee | null;
  facts?: RouteFacts | undefined;
}

/** A log as the ledger would have written it, for tests: events with the right amounts. Amounts are thousandths. */
export class SampleLog extends SampleEvents {
  readonly #account: SampleAccount;

  constructor({ capMilliTpp = 1000, startAt = '2026-03-01T00:00:00.000Z' } = {}) {
    super(startAt);
    this.#account = new SampleAccount(capMilliTpp);
  }

  reserve(
    name: string,
    amount: number,
    of: ShipmentOptions & { days?: number } = {},
  ): this {
    const { destination = 'AE', exporter = 'acme', days = 90, line = `country:${destination}` } = of;
    const { route = 'licence', consignee = null, facts } = of;
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
      line,
      route,
      consignee,
      facts,
      held: amount,
      revision: this.end(quotaStreamOf(line)).revision + 1,
    });
    return this.append(quotaStreamOf(line), {
      type: 'QuotaReserved',
      reservationId,
      destination,
      exporter,
      consignee,
      route,
      ...(facts && { facts }),
      items: [{ ...item, quantity: 1, milliTppPerUnit: milliTpp(amount) }],
      milliTpp: milliTpp(amount),
      debitedMilliTpp: milliTpp(amount),
      reference: null,
      expiresAt: new Date(Date.parse(this.now) + days * 86_400_000).toISOString(),
      ...answered,
      ...this.#stamp(line),
    });
  }

  refuse(name: string, amount: number, { destination = 'AE', exporter = 'acme' } = {}): this {
    const line = `country:${destination}`;
    this.#account.change(line, {}, { refusals: this.#account.line(line).counts.refusals + 1 });
    const id = SampleLog.id(name);
    return this.append(quotaStreamOf(line), {
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
    const { line, route } = hold;
    const { reserved } = this.#account.line(line).balance;
    this.#account.change(line, { reserved: reserved - hold.held + amount }, {});
    const event = {
      type: 'ReservationAmended',
      reservationId: SampleLog.id(name),
      reservationRevision: hold.revision,
      route,
      items: [{ ...item, quantity: 1, milliTppPerUnit: milliTpp(amount) }],
      milliTpp: milliTpp(amount),
      debitedMilliTpp: milliTpp(amount),
      previousHeldMilliTpp: milliTpp(hold.held),
      heldMilliTpp: milliTpp(amount),
      expiresAt: new Date(Date.parse(this.now) + days * 86_400_000).toISOString(),
      reference: 'amended',
      commandId: SampleLog.id(`${name} amended`),
      ...answered,
      ...this.#stamp(line),
    } as const;
    hold.held = amount;
    hold.revision = this.end(quotaStreamOf(line)).revision + 1;
    return this.append(quotaStreamOf(line), event);
  }

  /** Exports of a hold, or at once where `of` is null. */
  export(
    name: string,
    amount: number,
    of: string | null = null,
    options: ShipmentOptions & { exportedAt?: string } = {},
  ): this {
    const hold = of === null ? undefined : this.#account.hold(of);
    const { exporter = 'acme', exportedAt = this.now } = options;
    const to = hold?.destination ?? options.destination ?? 'AE';
    const line = hold?.line ?? options.line ?? `country:${to}`;
    const { route = 'licence', consignee = null, facts } = hold ?? options;
    this.#account.exportLines.set(name, line);
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
      consignee,
      route,
      ...(facts && { facts }),
      items: [{ ...item, quantity: 1, milliTppPerUnit: milliTpp(amount), milliTpp: milliTpp(amount) }],
      milliTpp: milliTpp(amount),
      debitedMilliTpp: milliTpp(amount),
      releasedMilliTpp: milliTpp(0),
      final,
      exportedAt,
      itn: null,
      reference: null,
      ...answered,
      ...this.#stamp(line),
    } as const;
    if (hold) {
      hold.held -= amount;
      hold.revision = this.end(quotaStreamOf(line)).revision + 1;
    }
    return this.append(quotaStreamOf(line), event);
  }

  reverse(name: string, amount: number, code: ReversalCode = 'misreported'): this {
    const line = this.#account.exportLines.get(name) ?? 'country:AE';
    const { balance, counts } = this.#account.line(line);
    this.#account.change(line, { exported: balance.exported - amount }, { exports: counts.exports - 1 });
    return this.append(quotaStreamOf(line), {
      type: 'ExportReversed',
      exportId: SampleLog.id(name),
      exportRevision: 0,
      code,
      reason: 'typo',
      creditedMilliTpp: milliTpp(amount),
      commandId: SampleLog.id(`${name} reversed`),
      ...answered,
      ...this.#stamp(line),
    });
  }

  file(name: string, itn: string): this {
    const line = this.#account.exportLines.get(name) ?? 'country:AE';
    return this.append(quotaStreamOf(line), {
      type: 'ExportFiled',
      exportId: SampleLog.id(name),
      exportRevision: 0,
      itn,
      commandId: SampleLog.id(`${name} filed`),
      ...answered,
      ...this.#stamp(line),
    });
  }

  cap(amount: number | null, destination = 'AE'): this {
    const line = `country:${destination}`;
    const previousMilliTpp = this.#account.line(line).balance.allocation;
    const allocation = amount === null ? null : milliTpp(amount);
    this.#account.change(line, { allocation }, {});
    return this.append(quotaStreamOf(line), {
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

  balance(destination = 'AE'): LineBalance {
    return this.#account.line(`country:${destination}`).balance;
  }

  #endHold(name: string, told: (held: MilliTpp) => object): this {
    const hold = this.#account.hold(name);
    const { line } = hold;
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
    return this.append(quotaStreamOf(line), event as Draft);
  }

  #stamp(line: string) {
    const { balance, counts } = this.#account.line(line);
    const { id, version, hash } = builtInRulebook().reference;
    return { ...this.recorded(), balanceMilliTpp: balance, counts, rulebook: { id, version, hash } };
  }
}
