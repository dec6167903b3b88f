import {
  companiesStream,
  CompanyRegister,
  decodeEvent,
  foldCompanyEvent,
  lineOfStream,
  rulebookStream,
  type CompanyEvent,
  type LineEvent,
  type LineState,
  type Position,
  type RulebookAdopted,
  type ScannedEvent,
} from '#ledger';
import { CompiledRulebook, countryOfLine, partsOfLine } from '#rulebook';
import { CountedElsewhere } from './counted-elsewhere.js';
import { Differences } from './differences.js';
import { DraftJudge } from './draft-judge.js';
import { ItemsUnderDraft } from './items-under-draft.js';
import type { Occasion } from './occasion.js';
import type { PastEvents } from './recorded-shipment.js';
import { RecordedLines } from './recorded-lines.js';
import { ReplayFollowUps } from './replay-follow-ups.js';
import { ReplayRequests } from './replay-requests.js';
import { SecondOpinion } from './second-opinion.js';
import { SimulatedBooks } from './simulated-books.js';
import { SimulatedLines } from './simulated-lines.js';
import type { LineComparison, LineSide, SimulationResult } from './simulation-result.js';

export interface SimulationOptions {
  readonly draft: CompiledRulebook;
  /** Where reservations are looked up that are to be changed. */
  readonly past: PastEvents;
  /** Of which differences the words are kept: those at later positions than `after`, at most `limit`. */
  readonly differences?: { readonly after: Position; readonly limit: number };
}

/**
 * The history under a draft: each decision of the log is taken again, in the order of the log, over lines that stand
 * as the draft would have left them. Pure: feed it the whole log in order, in pieces of any size.
 *
 * Holds lapse, are released, exported and reversed as recorded. What the draft refuses holds nothing, and nothing
 * comes of it; what it allows although it was refused holds until its end, for the log has no more to say of it.
 */
export class Simulation {
  readonly #draft: CompiledRulebook;
  readonly #lines: SimulatedLines;
  readonly #recorded = new RecordedLines();
  readonly #items: ItemsUnderDraft;
  /** As of the event that is judged. */
  readonly #register = new CompanyRegister();
  readonly #books: SimulatedBooks;
  readonly #elsewhere: CountedElsewhere;
  readonly #opinion: SecondOpinion;
  readonly #requests: ReplayRequests;
  readonly #followUps: ReplayFollowUps;
  readonly #differences: Differences;
  /** In force, with what it replaced: an event names the one that it was decided under. */
  readonly #adopted = new Map<string, CompiledRulebook>();
  #recordedUnder: CompiledRulebook | undefined;
  #inForce: CompiledRulebook | undefined;
  #position: Position = 0;
  #recordedAt: string | null = null;
  #events = 0;

  constructor({ draft, past, differences = { after: 0, limit: 100 } }: SimulationOptions) {
    this.#draft = draft;
    this.#lines = new SimulatedLines(draft, this.#register.lookup);
    this.#items = new ItemsUnderDraft(draft);
    this.#differences = new Differences(differences);
    const lines = this.#lines;
    const judge = new DraftJudge({ draft, lines, items: this.#items, companies: this.#register.lookup });
    this.#elsewhere = new CountedElsewhere(lines);
    this.#books = new SimulatedBooks(lines, this.#elsewhere, { draft, past });
    this.#opinion = new SecondOpinion({ draft, judge, lines, differences: this.#differences });
    this.#requests = new ReplayRequests(draft, this.#books, this.#opinion);
    this.#followUps = new ReplayFollowUps(draft, this.#books, this.#opinion);
  }

  /** Position of the last event replayed; 0 before the first. */
  get position(): Position {
    return this.#position;
  }

  /** `recordedAt` of the last event replayed, in milliseconds. */
  get recordedAtMs(): number {
    return this.#recordedAt === null ? 0 : Date.parse(this.#recordedAt);
  }

  /** @throws UnknownEvent for an event that this build cannot read. */
  fold(batch: Iterable<ScannedEvent>): void {
    for (const stored of batch) {
      const event = decodeEvent(stored.json);
      const line = lineOfStream(stored.stream);
      if (line !== undefined) this.#replay(line, stored, event as LineEvent);
      else if (stored.stream === rulebookStream) this.#adopt(event as RulebookAdopted);
      else if (stored.stream === companiesStream) this.#enter(event as CompanyEvent, stored.revision);
      this.#position = stored.position;
      this.#recordedAt = event.recordedAt;
      this.#events += 1;
    }
  }

  /**
   * @param atMs the moment (milliseconds) whose caps are shown
   * @param untilMs simulated holds that end by themselves have ended by then
   */
  result(atMs: number, untilMs: number): SimulationResult {
    this.#books.lapseUntil(untilMs);
    this.#elsewhere.settle();
    return {
      draft: this.#draft.reference,
      inForce: this.#inForce?.reference ?? null,
      position: this.#position,
      recordedAt: this.#recordedAt,
      atMs,
      replayed: {
        events: this.#events,
        decisions: this.#opinion.judged,
        withoutEffect: this.#requests.withoutEffect + this.#followUps.withoutEffect,
        notJudged: this.#requests.notJudged,
      },
      counts: this.#differences.counts,
      differences: this.#differences.kept,
      more: this.#differences.more,
      thresholds: { recorded: this.#inForce?.document.alerts ?? null, simulated: this.#draft.document.alerts },
      lines: this.#comparisons(atMs),
    };
  }

  #adopt(event: RulebookAdopted): void {
    this.#inForce = new CompiledRulebook(event.document);
    this.#adopted.set(event.hash, this.#inForce);
  }

  #enter(event: CompanyEvent, revision: number): void {
    foldCompanyEvent(this.#register, event, revision);
    if (event.type === 'CompaniesMerged') this.#lines.merge(event.from, event.into, this.#register.registered(event.into));
    const company = this.#register.registered('into' in event ? event.into : event.companyId);
    if (company !== null) this.#lines.declare(company.id, Date.parse(event.recordedAt));
  }

  #replay(line: string, stored: ScannedEvent, event: LineEvent): void {
    if (this.#recordedUnder?.hash !== event.rulebook.hash) this.#decidedUnder(event.rulebook.hash);
    const nowMs = Date.parse(event.recordedAt);
    const change = this.#recorded.move(line, event);
    this.#books.lapseUntil(nowMs);
    this.#take({ event, line, stored, nowMs, change, recordedUnder: this.#recordedUnder });
  }

  #take(occasion: Occasion): void {
    const { event, line } = occasion;
    switch (event.type) {
      case 'QuotaReserved':
        return this.#requests.reserved({ ...occasion, event });
      case 'ReservationAmended':
        return this.#requests.amended({ ...occasion, event });
      case 'ReservationRefused':
        return this.#requests.refused({ ...occasion, event });
      case 'ExportDebited':
        if (event.reservationId === null) return this.#requests.exportedDirectly({ ...occasion, event });
        return this.#followUps.exported({ ...occasion, event }, event.reservationId);
      case 'ReservationReleased':
      case 'ReservationLapsed':
        return this.#followUps.ended({ ...occasion, event });
      case 'ExportReversed':
        return this.#followUps.reversed({ ...occasion, event });
      case 'AllocationSet':
        this.#lines.get(line).ordered = event.basis === 'order' ? { cap: event.allocationMilliTpp } : undefined;
        return;
      case 'LineSuspended':
      case 'LineResumed':
        this.#lines.get(line).suspended = event.type === 'LineSuspended';
        return;
      case 'LineClosed':
        // Those that were there when the companies were merged are closed already.
        this.#lines.close(line, event.into, this.#register.lookup({ name: partsOfLine(line)?.holder ?? '' }));
        return;
      case 'ExportFiled':
        return;
      case 'ShipmentCounted':
        return this.#elsewhere.counted(line, event);
      case 'HoldingsDeclared':
        // The line counts what the register says under the draft.
        return;
      case 'AmountsTakenOver':
        // The line counts what the closed one has under the draft.
        return;
      case 'AttritionRecorded':
        return this.#books.follow(occasion);
    }
  }

  #decidedUnder(hash: string): void {
    this.#recordedUnder = this.#adopted.get(hash);
    if (this.#recordedUnder !== undefined) this.#items.recordedUnder(this.#recordedUnder);
  }

  #comparisons(atMs: number): readonly LineComparison[] {
    const names = new Set([...this.#recorded.names(), ...this.#lines.names()]);
    return [...names].sort().map((line) => ({
      line,
      recorded: sideOf(line, this.#recorded.stateAt(line, this.#inForce, atMs), this.#inForce, atMs),
      simulated: sideOf(line, this.#lines.stateAt(line, atMs), this.#draft, atMs),
    }));
  }
}

function sideOf(line: string, state: LineState, rulebook: CompiledRulebook | undefined, atMs: number): LineSide {
  const { balance, suspended, closedInto, shares = {} } = state;
  const country = countryOfLine(line);
  const group = country === undefined ? null : (rulebook?.groupOf(country, atMs) ?? null);
  const counting = Object.keys(shares).length > 0 && { shares };
  return { balance, suspended, isClosed: closedInto !== undefined, group, ...counting };
}
