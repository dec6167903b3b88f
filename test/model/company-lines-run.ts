import assert from 'node:assert/strict';
import { decodeEvent, encodeEvent, lineOfStream, type Decided, type LineEvent, type Outcome, type StoredEvent } from '#ledger';
import { LogCheck } from '#audit';
import { LineReplay } from '../../libs/projections/src/testing/line-replay.js';
import { builtInRulebook, loadRulebook, milliTpp, type Consignee, type Rulebook } from '#rulebook';
import { hourMs, idOf, MemoryLedger, unit, until } from '../../libs/ledger/src/testing/memory-ledger.js';
import { checkClosedLimits, checkCounted, checkLimits, checkMergers, checkYears, uncountedIn, type Limits } from './company-lines-check.js';
import type { Move, Shipment } from './company-lines-moves.js';
import { checkLog, readLog } from './line-invariants.js';

const lppUnits = 30;
/** What an NVEU may have installed, by quarter of 2025 to 2027: 10 units more each time. */
const quarters = Array.from({ length: 12 }, (_, index) => ({ from: Date.UTC(2025, index * 3), units: 10 + 10 * index }));

export const limits: Limits = {
  lpp: lppUnits * unit,
  nveu: quarters.map(({ from, units }) => [from, units * unit] as const),
  outside: new Set(['AE', 'SA', 'IN']),
};

/** The built-in rulebook with limits so small that they are reached. */
function smallLimits(): Rulebook {
  const document = structuredClone(builtInRulebook().document) as unknown as {
    id: string;
    policy: { readings: { lppInGroupsD1D4: { value: string } } };
    routes: { lpp: { parameters: { perYearTpp: { value: number } } }; nveu: { schedule: { from: string; tpp: number }[] } };
  };
  document.id = 'small-limits';
  document.policy.readings.lppInGroupsD1D4.value = 'usable';
  document.routes.lpp.parameters.perYearTpp.value = (lppUnits * unit) / 1000;
  document.routes.nveu.schedule.forEach((step, index) => Object.assign(step, { tpp: ((quarters[index]?.units ?? 0) * unit) / 1000 }));
  return document as unknown as Rulebook;
}

export const rulebook = loadRulebook(smallLimits());

export const companies = [
  { name: 'Nordic', headquarters: 'NO', uveu: true },
  { name: 'Yankee', headquarters: 'US', uveu: true },
  { name: 'Gulf', headquarters: 'AE', nveu: ['AE', 'SA'] },
  { name: 'Arabia', headquarters: 'AE', nveu: ['AE'] },
  { name: 'Baltic', headquarters: 'FI', uveu: true, declares: false },
] as const;

/** Plays moves on a ledger with its own register, and checks the log that they come to. */
export class CompanyLinesRun {
  readonly #holds: string[] = [];
  readonly #exports: string[] = [];
  /** How often each kind of line decided and each type of event came about, to see that the moves reach them. */
  readonly seen = new Map<string, number>();

  private constructor(
    readonly memory: MemoryLedger,
    private readonly lapsesAtOnce: boolean,
  ) {}

  /**
   * @param lapsesAtOnce what is due lapses as soon as time goes on, and not with the next command on its line: where it counts
   *   elsewhere, too, a choice made before it lapsed may stand behind it in the log
   */
  static async start({ lapsesAtOnce = false } = {}): Promise<CompanyLinesRun> {
    const memory = await MemoryLedger.open({ rulebook });
    memory.now = Date.parse('2025-11-20T00:00:00Z');
    const run = new CompanyLinesRun(memory, lapsesAtOnce);
    for (const company of companies) await run.#register(company);
    return run;
  }

  async play(moves: readonly Move[]): Promise<void> {
    for (const move of moves) await this.#take(move);
    await this.#settled();
  }

  async check(): Promise<void> {
    const log = await this.#settled();
    for (const { type } of log) this.#count(type);
    checkLog(log);
    checkLimits(log, limits);
    checkYears(log);
    checkMergers(log);
    checkClosedLimits(log);
    checkCounted(log);
    const check = new LogCheck();
    for (const stored of log) check.check(stored);
    assert.deepEqual(check.differences, []);
    const whole = new LineReplay();
    whole.fold(log);
    assert.deepEqual(check.lines, whole.lines());
    const inPieces = new LineReplay();
    for (let from = 0; from < log.length; from += 7) inPieces.fold(log.slice(from, from + 7));
    assert.deepEqual(inPieces.lines(), whole.lines());
    assert(log.every(({ json }) => encodeEvent(JSON.parse(json) as never) === json));
  }

  async #take(move: Move): Promise<void> {
    const { memory } = this;
    const { ledger } = memory;
    switch (move.do) {
      case 'ship':
        return this.#ship(move);
      case 'burst':
        await Promise.all(move.shipments.map((shipment) => this.#ship(shipment)));
        return;
      case 'export':
        return this.#note(await memory.exportHold(this.#hold(move.pick), move.units, { exportedAt: memory.now - move.agoMs }), undefined);
      case 'amend': {
        const reservation = this.#hold(move.pick);
        const items = [{ chip: 'nvidia-h100-sxm5', quantity: move.units }];
        return this.#note(await ledger.amend(reservation, { items, expectedRevision: null }, memory.caller()), undefined);
      }
      case 'release':
        return this.#note(await memory.release(this.#hold(move.pick)), undefined);
      case 'reverse': {
        const exportId = this.#exports.at(-1 - (move.pick % Math.max(1, this.#exports.length))) ?? 'none';
        return this.#note(await ledger.reverse(exportId, { code: 'misreported', reason: 'test' }, memory.caller()), undefined);
      }
      case 'attrition': {
        const what = { milliTpp: milliTpp((1 + (move.units % 3)) * unit), cause: 'failure', occurredAt: memory.now, reason: 'test' } as const;
        const { name } = companies[2 + (move.pick % 2)] ?? companies[2];
        return this.#note(await ledger.recordAttrition(`nveu:${name.toLowerCase()}:AE`, what, memory.caller()), undefined);
      }
      case 'advance':
        memory.now += move.ms;
        return this.lapsesAtOnce ? this.#lapseDue() : undefined;
      case 'declare': {
        const { name } = companies[move.pick % 2] ?? companies[0];
        const total = { declaredMilliTpp: milliTpp(move.units * unit) };
        const elsewhere = { declaredElsewhere: { AE: milliTpp((move.units % 4) * unit), DE: milliTpp(unit), US: milliTpp(3 * unit) } };
        const amended = { ...(move.pick % 3 === 0 ? elsewhere : total), reason: 'test' };
        await ledger.companies.amendCompany(name.toLowerCase(), amended, memory.caller());
        return;
      }
      case 'relocate': {
        const { name } = companies[move.pick % 2] ?? companies[0];
        await ledger.companies.amendCompany(name.toLowerCase(), { headquarters: move.to, reason: 'test' }, memory.caller());
        return;
      }
      case 'merge':
        await this.#revokeSame(move.from, move.into);
        await ledger.companies.mergeCompanies(move.from, { into: move.into, reason: 'test' }, memory.caller());
        return;
      case 'restart':
        await memory.restart();
        return this.#reconcile();
    }
  }

  async #lapseDue(): Promise<void> {
    if (dueIn(await readLog(this.memory.store), this.memory.now).length === 0) return;
    // A start wakes every line whose holds ended.
    await this.memory.restart();
    await this.#reconcile();
    await until(async () => {
      const log = await readLog(this.memory.store);
      return dueIn(log, this.memory.now).length === 0 && uncountedIn(log).length === 0;
    });
  }

  async #ship(shipment: Shipment): Promise<void> {
    const { memory } = this;
    const { units, to, consignee, route, direct, ms } = shipment;
    const named = consignee && { consignee: partyOf(consignee, to, memory.ledger.companies.lookup({ name: consignee })?.headquarters) };
    const over = { destination: to, ...named, ...(route && { route }) };
    const outcome = direct
      ? await memory.exportDirect(units, { ...over, exportedAt: memory.now - ms })
      : await memory.reserve(units, { ...over, ...(ms > hourMs && { expiresAt: Math.min(memory.now + ms, Date.UTC(2028, 0)) }) });
    this.#note(outcome, route);
  }

  /** Only a route asked for by name is refused by its line: caps of countries are out of reach here. */
  #note(outcome: Outcome, route: string | undefined): void {
    if (!outcome.decided) return;
    const { event, line } = outcome;
    if (event.type === 'ReservationRefused') {
      const isOnRequest = event.operation === 'reserve' || event.operation === 'export-direct';
      if (isOnRequest && event.code === 'insufficient-quota') assert.notEqual(route, undefined, `${line} refused what could go elsewhere.`);
      return;
    }
    this.#count(line.split(':')[0] ?? '');
    if (event.type === 'QuotaReserved') this.#holds.push(event.reservationId);
    if (event.type === 'ExportDebited') this.#exports.push(idOf(outcome satisfies Decided));
  }

  #count(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }

  #hold(pick: number): string {
    return this.#holds.at(-1 - (pick % Math.max(1, Math.min(8, this.#holds.length)))) ?? 'none';
  }

  async #register(company: (typeof companies)[number]): Promise<void> {
    const { ledger } = this.memory;
    const { name, headquarters } = company;
    const companyId = name.toLowerCase();
    await ledger.companies.registerCompany({ name, headquarters }, this.memory.caller());
    if ('uveu' in company) {
      await ledger.companies.grantAuthorisation({ kind: 'uveu', companyId, from: 0, reason: 'test' }, this.memory.caller());
      if ('declares' in company) return;
      await ledger.companies.amendCompany(companyId, { declaredMilliTpp: milliTpp(100 * unit), reason: 'test' }, this.memory.caller());
      return;
    }
    for (const country of company.nveu) {
      await ledger.companies.grantAuthorisation({ kind: 'nveu', companyId, country, from: 0, reason: 'test' }, this.memory.caller());
    }
  }

  /** Companies that are both validated everywhere cannot be merged: the former one gives it up. */
  async #revokeSame(from: string, into: string): Promise<void> {
    const { companies } = this.memory.ledger;
    if (from === into || !(companies.company(into)?.authorisations.some(({ kind }) => kind === 'uveu') ?? false)) return;
    for (const { authorisationId, kind } of companies.company(from)?.authorisations ?? []) {
      if (kind === 'uveu') await companies.revokeAuthorisation(authorisationId, { reason: 'test' }, this.memory.caller());
    }
    this.memory.now += 1000;
  }

  async #reconcile(): Promise<void> {
    const replay = new LineReplay();
    const log = await readLog(this.memory.store);
    replay.fold(log);
    await this.memory.ledger.reconcileLines(replay.lines().values());
    await this.memory.ledger.countShipments(uncountedIn(log));
  }

  /** The log when every survivor has been told and all is counted. A hold may lapse after that, and be counted in turn. */
  async #settled(): Promise<readonly StoredEvent[]> {
    let log: readonly StoredEvent[] = [];
    await until(async () => {
      try {
        log = await readLog(this.memory.store);
        checkMergers(log);
        checkCounted(log);
        return true;
      } catch (error) {
        if (error instanceof assert.AssertionError) return false;
        throw error;
      }
    });
    return log;
  }
}

/** Lines with a hold that has ended at `nowMs` and is open. */
function dueIn(log: readonly StoredEvent[], nowMs: number): readonly string[] {
  const open = new Map<string, { readonly line: string; readonly endsAtMs: number }>();
  for (const { stream, json } of log) {
    const line = lineOfStream(stream);
    if (line === undefined) continue;
    const event = decodeEvent(json) as LineEvent;
    if (event.type === 'QuotaReserved' || event.type === 'ReservationAmended') {
      open.set(event.reservationId, { line, endsAtMs: Date.parse(event.expiresAt) });
    } else if (event.type === 'ReservationReleased' || event.type === 'ReservationLapsed' || (event.type === 'ExportDebited' && event.final)) {
      open.delete(event.reservationId ?? '');
    }
  }
  return [...open.values()].filter(({ endsAtMs }) => endsAtMs <= nowMs).map(({ line }) => line);
}

/** A registered company at the destination, or a cloud of AE that a parent owns. */
export function partyOf(name: string, to: string, headquarters: string | null | undefined): Consignee {
  const company = companies.find((each) => each.name === name);
  if (company) return { name, country: to, headquarters: headquarters ?? company.headquarters };
  return { name: `${name} Cloud`, country: to, headquarters: 'AE', ultimateParent: { name, country: 'AE', headquarters: 'AE' } };
}

