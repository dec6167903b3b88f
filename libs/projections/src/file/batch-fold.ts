import { shownBalance, type LineEvent, type Position, type RulebookAdopted, type StoredEvent } from '#ledger';
import type { AlertThresholds } from '#rulebook';
import { foldLine, type LineFold } from '../folds/line-fold.js';
import type { AdoptedRulebook, AlertRow, Crossing, LineDay, LineView } from '../views.js';
import { crossingKey } from './alert-table.js';
import { noCheckpoint } from './checkpoint.js';

interface LineInBatch {
  fold: LineFold;
  readonly days: Map<string, LineDay>;
}

/** What a batch comes to, before it is saved: nothing outside changes until it is. */
export class BatchFold {
  readonly lines = new Map<string, LineInBatch>();
  readonly rulebooks: AdoptedRulebook[] = [];
  readonly alerts: AlertRow[] = [];
  readonly crossings = new Map<string, Crossing>();
  readonly recorded: string[] = [];
  readonly thresholdTimes: LineView[] = [];
  thresholds: AlertThresholds | undefined;
  registerAt: Position | null = null;
  checkpoint = noCheckpoint;
  readonly #before: ReadonlyMap<string, LineFold>;

  constructor(before: ReadonlyMap<string, LineFold>, thresholds: AlertThresholds | undefined) {
    this.#before = before;
    this.thresholds = thresholds;
  }

  adoptRulebook(event: RulebookAdopted, position: Position): void {
    this.rulebooks.push({ event, position });
    this.thresholds = event.document.alerts;
  }

  /** The last day of the line with events in this batch, up to `day` (`YYYY-MM-DD`, inclusive). */
  newestDay(line: string, day: string): LineDay | undefined {
    return [...(this.lines.get(line)?.days.values() ?? [])].filter((each) => each.day <= day).at(-1);
  }

  foldLine(stored: StoredEvent, line: string, event: LineEvent): void {
    let inBatch = this.lines.get(line);
    const previous = inBatch?.fold ?? this.#before.get(line);
    const { fold, crossings } = foldLine(previous, line, stored, event, this.thresholds);
    if (inBatch) inBatch.fold = fold;
    else {
      inBatch = { fold, days: new Map() };
      this.lines.set(line, inBatch);
    }
    const day = event.recordedAt.slice(0, 10);
    const balance = shownBalance(event.balanceMilliTpp, event.shares);
    inBatch.days.set(day, { day, position: stored.position, balance, counts: event.counts });
    for (const crossing of crossings) this.crossings.set(crossingKey(crossing), crossing);
    const { criticalSince, exhaustedSince } = fold.view;
    if (
      criticalSince !== (previous?.view.criticalSince ?? null) ||
      exhaustedSince !== (previous?.view.exhaustedSince ?? null)
    ) {
      this.thresholdTimes.push(fold.view);
    }
  }
}
