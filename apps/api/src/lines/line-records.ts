import { Inject, Injectable } from '@nestjs/common';
import { decodeEvent, Ledger, quotaStreamOf, type Clock, type EventStore, type LineBalance, type LineEvent, type Position } from '#ledger';
import { dayOf, historyPoints, msOf, newestBy, pointsOf, type Views } from '#projections';
import { partsOfLine } from '#rulebook';
import { cloudEvent, type Body } from '#wire';
import type { HistoryQuery } from '../countries/country.query.js';
import type { Answer } from '../http/answer.js';
import { pageAnswer } from '../http/page.js';
import { invalid, Problem } from '../http/problem.js';
import { limitOf } from '../http/query.js';
import type { Call } from '../pipeline/call.js';
import { balanceBody } from '../reservations/line-balance.js';
import { ReadingTurns } from '../http/reading-turns.js';
import { CLOCK, STORE, VIEWS } from '../tokens.js';
import { Explanation, type Figure } from './explanation.js';
import type { LineEventsQuery } from './line.query.js';

const pointsMax = 4_000;
/** So many events take a few milliseconds. */
const eventsAtOnce = 500;

/** What was recorded on a line: its amounts over time and its events. */
@Injectable()
export class LineRecords {
  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly turns: ReadingTurns,
  ) {}

  async history(line: string, query: HistoryQuery): Promise<Body<'LineHistory'>> {
    const { rulebook } = this.ledger;
    const today = dayOf(this.clock());
    const from = query.from ?? dayOf(Math.min(this.#startOf(line), this.clock()));
    const to = query.to === undefined || query.to > today ? today : query.to;
    if (from > to) throw invalid([{ in: 'query', pointer: '/from', message: `from must not be after ${to}` }]);
    const range = { from, to, interval: query.interval ?? 'day' };
    if (pointsOf(range) > pointsMax) {
      const message = `from must be later: the range has more than ${pointsMax} points of a ${range.interval} each`;
      throw invalid([{ in: 'query', pointer: '/from', message }]);
    }
    const { position, recordedAt } = this.views;
    const days = await this.views.ask('lineDays', { line, from, to });
    const none = 0 as LineBalance['exported'];
    const before = (day: string): LineBalance => ({
      allocation: rulebook.capOfLine(line, Math.max(msOf(day), rulebook.period.startMs)),
      exported: none,
      reserved: none,
    });
    const points = historyPoints(range, days, before).map(({ date, balance }) => ({ date, ...balanceBody(balance) }));
    return { line, interval: range.interval, from, to, points, position: String(position), recordedAt };
  }

  /** The terms that a figure of the line is the sum of, from every event of the line up to a position. */
  async explanation(line: string, figure: Figure, at: Position): Promise<Body<'Explanation'>> {
    const explanation = new Explanation(line);
    for (let from = 0; ; from += eventsAtOnce) {
      await this.turns.next();
      const read = await this.store.readStream(quotaStreamOf(line), { from, limit: eventsAtOnce });
      const told = read.filter(({ position }) => position <= at);
      for (const { json } of told) explanation.take(decodeEvent(json) as LineEvent);
      if (told.length < eventsAtOnce) break;
    }
    const { rulebook } = this.ledger;
    return { line, figure, position: String(at), ...explanation.of(figure, rulebook.capOfLine(line, this.clock())) };
  }

  /** The events of the line as CloudEvents, newest first. */
  async events(line: string, call: Call<undefined, LineEventsQuery>): Promise<Answer<'EventPage'>> {
    const { query, position } = call;
    const before = query.cursor === undefined ? await this.#revisionBehind(line, query.until) : revisionOf(query.cursor);
    const read =
      before === 0
        ? []
        : await this.store.readStream(quotaStreamOf(line), {
            limit: limitOf(query),
            backwards: true,
            ...(before !== undefined && { from: before - 1 }),
          });
    const last = read.at(-1);
    const nextCursor = last === undefined || last.revision === 0 ? null : cursorOf(last.revision);
    const items = read.map((stored) => JSON.parse(cloudEvent(stored)) as Body<'Event'>);
    return pageAnswer(call, items, nextCursor, position);
  }

  /** The revision of the first event of a line behind a position; undefined: there is none. */
  async #revisionBehind(line: string, until: string | undefined): Promise<number | undefined> {
    const newest = this.views.lines.get(line);
    if (until === undefined || newest === undefined || newest.position <= Number(until)) return undefined;
    const last = await newestBy(this.store, quotaStreamOf(line), newest.revision, ({ position }) => position <= Number(until));
    return (last?.revision ?? -1) + 1;
  }

  /** The line's year, else the quota period. */
  #startOf(line: string): number {
    const year = partsOfLine(line)?.year ?? null;
    return year === null ? this.ledger.rulebook.period.startMs : Date.UTC(year, 0, 1);
  }
}

function cursorOf(revision: number): string {
  return Buffer.from(`r${revision}`).toString('base64url');
}

/** @throws Problem (400) for what is not a cursor of `cursorOf`. */
function revisionOf(cursor: string): number {
  const revision = /^r([1-9]\d{0,14})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (revision !== undefined && cursorOf(Number(revision)) === cursor) return Number(revision);
  throw new Problem('invalid-cursor', 'This cursor is none of this list.', {
    errors: [{ in: 'query', pointer: '/cursor', message: 'cursor is not one of this list' }],
  });
}
