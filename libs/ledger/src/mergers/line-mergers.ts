import { countries, lineOfLpp, lineOfNveu, lineOfOther, lineOfUveu, milliTpp, partsOfLine, type CompiledRulebook } from '#rulebook';
import { StoreUnavailable, type EventStore } from '../event-store/event-store.js';
import type { Issued, TakeOver } from '../line/line-command.js';
import type { LineState } from '../line/line-state.js';
import { limitsOf, shareOfAll } from '../line/shares.js';
import { quotaStreamOf } from '../line/streams.js';
import type { CompanyPort } from '../companies/company-port.js';
import type { LineWriters } from '../lines/line-writers.js';
import { UnfinishedMergers, type Merger } from './unfinished-mergers.js';

export interface LineMergersOptions {
  readonly store: EventStore;
  readonly rulebook: CompiledRulebook;
  readonly writers: LineWriters;
  readonly companies: CompanyPort;
  readonly issue: () => Issued;
  /** Lets the lines of a company follow what it declares. */
  readonly followDeclared: (companyId: string) => Promise<void>;
}

/** After a line could not be told. */
const againMs = 1_000;
/** Lines of a company that are looked for at once: requests wait meanwhile, and there are hundreds of names. */
const atOnceMax = 32;

/**
 * Lines of companies that were merged: each line of the former company is closed, and that of the survivor takes over
 * what it has, now and whenever it moves later. Each step may be repeated: what is known already decides nothing.
 */
export class LineMergers {
  readonly unfinished: UnfinishedMergers;
  readonly #options: LineMergersOptions;
  /** Closed lines that moved and whose survivor is still to be told. */
  readonly #moved = new Set<string>();
  #telling: Promise<void> | undefined;
  #stopped = false;

  constructor(options: LineMergersOptions) {
    this.#options = options;
    this.unfinished = new UnfinishedMergers((merger) => this.#carryOut(merger), options.companies.lookup);
  }

  /** Finishes what a crash left half done, for those of these lines whose company is another one by now. */
  async reconcile(lines: Iterable<string>): Promise<void> {
    for (const line of lines) {
      const company = this.#companyOf(line);
      if (company === undefined) continue;
      const { holder: from, goesOnAs: into } = company;
      const reason = `${from} was merged into ${into}.`;
      try {
        await this.#carryOn(line, reason);
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        this.unfinished.begin({ from, into, reason });
      }
    }
  }

  /** A closed line moved: its survivor is told. */
  moved(line: string): void {
    this.#moved.add(line);
    if (!this.#stopped) this.#telling ??= Promise.resolve().then(() => this.#tell());
  }

  /** Tells no more survivors, once those under way are told: the next start goes on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([this.#telling, this.unfinished.stop()]);
  }

  async #carryOut({ from, reason }: Merger): Promise<void> {
    const { companies, followDeclared } = this.#options;
    // Whoever merged them may be another instance.
    await companies.refresh?.();
    for (const line of await this.#linesOf(from)) await this.#carryOn(line, reason);
    // The merger may have brought headquarters, holdings and authorisations, and some of them without a line.
    const survivor = companies.lookup({ name: from });
    if (survivor !== null) await followDeclared(survivor.id);
  }

  /** Closes a line whose company is another one by now, and tells those that carry it on, up to the one that is open. */
  async #carryOn(line: string, reason: string): Promise<void> {
    for (let each: string | undefined = line; each !== undefined; each = await this.#takeOver(each)) {
      const company = this.#companyOf(each);
      if (company === undefined) return;
      const { closedInto } = await this.#options.writers.of(each).recordedState();
      if (closedInto !== undefined) continue;
      const into = lineOfOther(each, company.goesOnAs);
      await this.#submit(each, { type: 'CloseLine', into, reason, ...this.#options.issue() });
    }
  }

  /** Whose line it is and who that is by now; undefined where that is the same. */
  #companyOf(line: string): { readonly holder: string; readonly goesOnAs: string } | undefined {
    const holder = partsOfLine(line)?.holder ?? null;
    const goesOnAs = holder === null ? undefined : this.#options.companies.lookup({ name: holder })?.id;
    return holder === null || goesOnAs === undefined || goesOnAs === holder ? undefined : { holder, goesOnAs };
  }

  async #tell(): Promise<void> {
    try {
      for (let line = first(this.#moved); line !== undefined && !this.#stopped; line = first(this.#moved)) {
        this.#moved.delete(line);
        try {
          await this.#takeOver(line);
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) throw error;
          this.#moved.add(line);
          await new Promise((resolve) => setTimeout(resolve, againMs).unref());
        }
      }
    } finally {
      // In the turn in which nothing was left: a line that moves later is told anew.
      this.#telling = undefined;
    }
  }

  /** Tells the line that carries this one on what it has. Resolves with its name; undefined if this one is open. */
  async #takeOver(line: string): Promise<string | undefined> {
    const { writers, issue } = this.#options;
    const { state, end } = await writers.of(line).head();
    const { closedInto: into, balance, declared } = state;
    if (into === undefined) return undefined;
    // What the company declares is its survivor's to declare.
    const exportedMilliTpp = milliTpp(balance.exported - (declared?.milliTpp ?? 0));
    const amounts = { exportedMilliTpp, reservedMilliTpp: balance.reserved };
    const of = { fromLine: line, fromRevision: end.revision };
    await this.#submit(into, { type: 'TakeOver', ...of, ...amounts, ...ownShares(state), ...issue() });
    return into;
  }

  /** @throws StoreUnavailable if the line cannot take it now */
  async #submit(line: string, command: Parameters<ReturnType<LineWriters['of']>['submit']>[0]): Promise<void> {
    const outcome = await this.#options.writers.of(line).submit(command);
    if (outcome.decided || outcome.code === 'nothing-to-change') return;
    throw new StoreUnavailable(outcome.detail);
  }

  /** Those that have history, or on which something may be under way. */
  async #linesOf(company: string): Promise<readonly string[]> {
    const { rulebook } = this.#options;
    const { startMs, endMs } = rulebook.period;
    const lines = [lineOfUveu(company), ...countries.map(({ code }) => lineOfNveu(company, code))];
    for (let year = new Date(startMs).getUTCFullYear(); Date.UTC(year) < endMs; year += 1) {
      lines.push(lineOfLpp(company, Date.UTC(year)));
    }
    const found: string[] = [];
    for (let from = 0; from < lines.length; from += atOnceMax) {
      const some = lines.slice(from, from + atOnceMax);
      const known = await Promise.all(some.map((line) => this.#isKnown(line)));
      found.push(...some.filter((_, index) => known[index]));
    }
    return found;
  }

  async #isKnown(line: string): Promise<boolean> {
    const { store, writers } = this.#options;
    return writers.has(line) || (await store.readStream(quotaStreamOf(line), { limit: 1 })).length > 0;
  }
}

/**
 * What a closed line has in its shares, with their limits: its survivor decides under its own. Without the share of the whole
 * line: whether there is one follows from the survivor, and what it has used too.
 */
function ownShares({ shares, declared }: LineState): Pick<TakeOver, 'ofShares' | 'shareLimits'> {
  if (shares === undefined) return {};
  const each = Object.entries(shares).filter(([scope]) => scope !== shareOfAll);
  const ofShares = each.map(([scope, { exported, reserved }]) => {
    return [scope, { exported: milliTpp(exported - (declared?.shares?.[scope] ?? 0)), reserved }] as const;
  });
  return { ofShares: Object.fromEntries(ofShares), shareLimits: limitsOf(shares, each.map(([scope]) => scope)) };
}

function first(lines: ReadonlySet<string>): string | undefined {
  for (const line of lines) return line;
  return undefined;
}
