import assert from 'node:assert/strict';
import { commandIdOf, decodeEvent, encodeEvent, quotaStreamOf, type CompanyOutcome, type Outcome } from '#ledger';
import { LogCheck } from '#audit';
import { LineReplay } from '../../libs/projections/src/testing/line-replay.js';
import { milliTpp } from '#rulebook';
import { openInlineViews } from '../../libs/projections/src/testing/inline-views.js';
import { hourMs, idOf, MemoryLedger, unit, until } from '../../libs/ledger/src/testing/memory-ledger.js';
import { checkClosedLimits, checkCounted, checkLimits, checkMergers, checkYears, uncountedIn } from './company-lines-check.js';
import { limits, partyOf, rulebook } from './company-lines-run.js';
import type { Asked, Move } from './company-instances-moves.js';
import { checkLog, readLog } from './line-invariants.js';

type Answer = Outcome | CompanyOutcome;
/** One request, the same however often and of whom it is asked. */
type Ask = (instance: MemoryLedger) => Promise<Answer>;

interface Made {
  readonly ask: Ask;
  readonly answer: Answer;
}

/** Several ledgers over one log, asked at random and at once, and what must hold of the log that they come to. */
export class CompanyInstancesRun {
  /** How often each type of event, kind of line and special turn came about, to see that the moves reach them. */
  readonly seen = new Map<string, number>();
  readonly #made: Made[] = [];
  readonly #ids: string[] = [];
  readonly #gone: MemoryLedger[] = [];
  readonly #underWay: Promise<unknown>[] = [];

  private constructor(readonly instances: MemoryLedger[]) {}

  static async start(): Promise<CompanyInstancesRun> {
    const one = await MemoryLedger.shared({ rulebook });
    one.now = Date.parse('2025-11-20T00:00:00Z');
    const { companies } = one.ledger;
    await companies.registerCompany({ name: 'Nordic', headquarters: 'NO' }, one.caller());
    await companies.registerCompany({ name: 'Gulf', headquarters: 'AE' }, one.caller());
    await companies.grantAuthorisation({ kind: 'uveu', companyId: 'nordic', from: 0, reason: 'test' }, one.caller());
    await companies.amendCompany('nordic', { declaredMilliTpp: milliTpp(100 * unit), reason: 'test' }, one.caller());
    await companies.grantAuthorisation({ kind: 'nveu', companyId: 'gulf', country: 'AE', from: 0, reason: 'test' }, one.caller());
    return new CompanyInstancesRun([one, await one.another()]);
  }

  async play(moves: readonly Move[]): Promise<void> {
    for (const move of moves) await this.#take(move);
    await this.#allDone();
  }

  async check(): Promise<void> {
    const { store } = this.#first;
    store.recover();
    await this.#survivorsTold();
    const log = await readLog(store);
    for (const { type, stream } of log) this.#count(type, stream);
    checkLog(log);
    checkLimits(log, limits);
    checkYears(log);
    checkClosedLimits(log);
    const ids = log.flatMap(({ json }) => commandIdOf(decodeEvent(json)) ?? []);
    assert.deepEqual(ids.filter((id, place) => ids.indexOf(id) !== place), [], 'A command was decided twice.');
    assert(log.every(({ json }) => encodeEvent(JSON.parse(json) as never) === json));
    const replay = new LogCheck();
    for (const stored of log) replay.check(stored);
    assert.deepEqual(replay.differences, []);
    await this.#checkViews();
    await this.#checkAnswers(new Map(log.map(({ stream, revision, json }) => [`${stream}@${revision}`, json])));
    // A hold may lapse meanwhile, and be counted on another line: that is of the ledger itself, and answers no request.
    const after = (await readLog(store)).slice(log.length).filter(({ json }) => {
      const event = decodeEvent(json);
      return commandIdOf(event) !== null && event.principal !== 'system';
    });
    assert.deepEqual(after, [], 'Asking again recorded something.');
  }

  async close(): Promise<void> {
    await Promise.all([...this.instances, ...this.#gone].map(({ ledger }) => ledger.close()));
  }

  get #first(): MemoryLedger {
    return this.instances[0] as MemoryLedger;
  }

  async #take(move: Move): Promise<void> {
    switch (move.do) {
      case 'ask':
        return this.#ask(move);
      case 'follow': {
        const { index, store } = this.instances[move.by] as MemoryLedger;
        return index.reach(store, Math.max(0, (await store.head()) - move.lag));
      }
      case 'advance':
        await this.#allDone();
        for (const instance of [...this.instances, ...this.#gone]) instance.now += move.ms;
        return;
      case 'fault':
        return this.#first.store.failNext(...Array.from({ length: move.times }, () => move.fault));
      case 'restart':
        return (this.instances[move.by] as MemoryLedger).restart();
      case 'replace': {
        const before = this.instances[move.by] as MemoryLedger;
        this.#gone.push(before);
        this.instances[move.by] = await before.another();
      }
    }
  }

  async #ask({ what, by, toAll, together }: Extract<Move, { do: 'ask' }>): Promise<void> {
    const again = what.do === 'again' ? this.#made[what.pick % Math.max(1, this.#made.length)]?.ask : undefined;
    const ask = what.do === 'again' ? again : this.#askFor(what);
    if (ask === undefined) return;
    // What moves limits has others wait only where it is decided: shipments judged before it count as before it.
    const isAlone = what.do === 'declare' || (what.do === 'again' && !together);
    if (isAlone) await this.#allDone();
    const asked = toAll ? this.instances : [this.instances[by] as MemoryLedger];
    const answers = Promise.all(asked.map((instance) => this.#note(ask, instance))).then((all) => this.#checkSame(all));
    if (together && !isAlone) this.#underWay.push(answers);
    else await Promise.all([answers, this.#allDone()]);
  }

  async #note(ask: Ask, instance: MemoryLedger): Promise<Answer> {
    const answer = await ask(instance);
    this.#made.push({ ask, answer });
    if (answer.decided && 'line' in answer) this.#ids.push(idOf(answer));
    return answer;
  }

  /** Asked of several at once, what is decided is one and the same, and new to one of them at most. */
  #checkSame(answers: readonly Answer[]): void {
    const all = answers.filter((answer) => answer.decided);
    assert(all.filter(({ replayed }) => !replayed).length <= 1);
    for (const answer of all) assert.deepEqual(answer.event, all[0]?.event);
    if (all.length > 1) this.#count('the same of several');
  }

  #askFor(what: Exclude<Asked, { do: 'again' }>): Ask {
    const { now } = this.#first;
    const caller = this.#first.caller();
    const id = 'pick' in what ? (this.#ids.at(-1 - (what.pick % Math.max(1, Math.min(8, this.#ids.length)))) ?? 'none') : '';
    switch (what.do) {
      case 'reserve':
      case 'exportDirect': {
        const headquarters = what.consignee === 'Nordic' ? 'NO' : 'AE';
        const named = what.consignee && { consignee: partyOf(what.consignee, what.to, headquarters) };
        const over = { destination: what.to, ...named, ...(what.route && { route: what.route }) };
        if (what.do === 'exportDirect') return (instance) => instance.exportDirect(what.units, { ...over, exportedAt: now - hourMs }, caller);
        return (instance) => instance.reserve(what.units, { ...over, expiresAt: now + 10 * 24 * hourMs }, caller);
      }
      case 'export':
        return (instance) => instance.exportHold(id, what.units, { exportedAt: now - hourMs }, caller);
      case 'amend': {
        const items = [{ chip: 'nvidia-h100-sxm5', quantity: what.units }];
        return ({ ledger }) => ledger.amend(id, { items, expectedRevision: null }, caller);
      }
      case 'release':
        return (instance) => instance.release(id, caller);
      case 'reverse':
        return ({ ledger }) => ledger.reverse(id, { code: 'misreported', reason: 'test' }, caller);
      case 'merge':
        return ({ ledger }) => ledger.companies.mergeCompanies(what.from, { into: what.into, reason: 'test' }, caller);
      case 'declare':
        return ({ ledger }) => ledger.companies.amendCompany('nordic', { declaredMilliTpp: milliTpp(what.units * unit), reason: 'test' }, caller);
    }
  }

  async #allDone(): Promise<void> {
    while (this.#underWay.length > 0) await Promise.all(this.#underWay.splice(0));
  }

  /** Every answer stands in the log, and is given again by whoever is asked. */
  async #checkAnswers(events: ReadonlyMap<string, string>): Promise<void> {
    for (const { ask, answer } of this.#made) {
      if (!answer.decided) continue;
      const stream = 'line' in answer ? quotaStreamOf(answer.line) : 'companies';
      assert.deepEqual(answer.event, decodeEvent(events.get(`${stream}@${answer.revision}`) ?? ''));
      for (const instance of this.instances) assert.deepEqual({ ...(await asked(ask, instance)) }, { ...answer, replayed: true });
    }
  }

  /** The views read over what is there for the processes alone. */
  async #checkViews(): Promise<void> {
    const { store } = this.#first;
    const views = await openInlineViews({ store });
    await views.ready();
    // A hold may lapse meanwhile: what the views show is that of one moment.
    const { position } = views;
    const shown = new Map([...views.lines.values()].map(({ line, balance }) => [line, balance]));
    await views.close();
    const replay = new LineReplay();
    replay.fold((await readLog(store)).filter((stored) => stored.position <= position));
    assert.deepEqual(shown, new Map([...replay.lines().values()].map(({ line, balance }) => [line, balance])));
  }

  /** A process that starts brings lines in line with the register: what an instance left half done is done. */
  async #survivorsTold(): Promise<void> {
    const { ledger, store } = this.#first;
    const replay = new LineReplay();
    replay.fold(await readLog(store));
    await ledger.reconcileLines(replay.lines().values());
    await ledger.countShipments(uncountedIn(await readLog(store)));
    await until(async () => {
      try {
        const log = await readLog(store);
        checkMergers(log);
        checkCounted(log);
        return true;
      } catch (error) {
        if (error instanceof assert.AssertionError) return false;
        throw error;
      }
    });
  }

  #count(what: string, stream = ''): void {
    for (const each of [what, stream.startsWith('quota-') ? (stream.split(':')[0] ?? '') : what]) this.seen.set(each, (this.seen.get(each) ?? 0) + 1);
  }
}

/** Asked until it is answered: after many faults in a row an instance still sends an append again that it does not know of. */
async function asked(ask: Ask, instance: MemoryLedger): Promise<Answer> {
  for (;;) {
    const answer = await ask(instance);
    if (answer.decided || answer.code !== 'store-unavailable') return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
