import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { EventStore, Position, StoredEvent } from '#ledger';
import { cloudEvent } from '#wire';
import { at, jsonType, ndjsonType, securityHeaders, text, type Answer } from '../http/answer.js';
import { ndjson } from '../http/body-limits.js';
import { writePaced } from '../http/paced.js';
import { Problem } from '../http/problem.js';
import { limitOf, PageQuery } from '../http/query.js';
import { accepted } from '../http/request-headers.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { STORE } from '../tokens.js';
import { About, IsCount, IsRecordedText, IsText, MayBeLeftOut } from '../validation/members.js';
import { eventFilterOf, type EventFilter } from './event-filter.js';
import { readLog, type LogPart } from './read-log.js';
import { ReadingTurns } from '../http/reading-turns.js';

export class EventQuery extends PageQuery {
  @About('Events after this position; left out: from the start. `cursor` goes first.')
  @MayBeLeftOut()
  @IsCount(0, Number.MAX_SAFE_INTEGER)
  readonly from?: string;

  @About('Only this stream, as quota-country:AE; a quota line, as country:AE, means its own stream.')
  @MayBeLeftOut()
  @IsRecordedText(300)
  readonly stream?: string;

  @About('Only this type, as QuotaReserved or org.quotaledger.quota-reserved.v1.')
  @MayBeLeftOut()
  @IsText(100)
  readonly type?: string;
}

/** Characters that are gathered before they are written. */
const flushLength = 65_536;

@Controller('v1/events')
export class EventController {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    private readonly turns: ReadingTurns,
  ) {}

  @Operation('GET', '', {
    tag: 'Audit',
    summary: 'The log',
    query: EventQuery,
    headers: ['Min-Position?'],
    waitsFor: 'log',
    description:
      'CloudEvents 1.0 in the order of the log. With `Accept: application/x-ndjson` one event a line, to the end.',
    answers: {
      200: {
        text: 'A page of events, or with NDJSON all of them.',
        schema: 'EventPage',
        line: 'Event',
        also: [ndjson],
        headers: ['Ledger-Position', 'Link'],
      },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(call: Call<undefined, EventQuery>): Promise<Answer<'EventPage'> | undefined> {
    const { query, request, reply } = call;
    const filter = eventFilterOf(query);
    const form = accepted(request.headers, 'application/json', ndjson);
    const after = Number(cursorOf(query) ?? query.from ?? 0);
    const head = await this.store.head();
    const events = this.wanted(filter, { after, until: head, stream: filter.stream }, () => reply.raw.destroyed);
    if (form !== ndjson) return this.page(request, { events, after, head, limit: limitOf(query) });
    return this.stream(call, { events, head, limit: query.limit === undefined ? Infinity : limitOf(query) });
  }

  private async *wanted({ type }: EventFilter, part: LogPart, isOver: () => boolean): AsyncGenerator<StoredEvent> {
    for await (const event of readLog({ store: this.store, turns: this.turns, isOver }, part)) {
      if (type === undefined || event.type === type) yield event;
    }
  }

  private async page(request: FastifyRequest, { events, after, head, limit }: Listing & { readonly after: Position }): Promise<Answer> {
    const items: string[] = [];
    let position = after;
    let more = false;
    for await (const event of events) {
      if (items.length === limit) {
        more = true;
        break;
      }
      items.push(cloudEvent(event));
      position = event.position;
    }
    const next = new URLSearchParams(request.query as Record<string, string>);
    next.set('cursor', String(position));
    const nextCursor = more ? `"${position}"` : 'null';
    return text(jsonType, `{"items":[${items.join(',')}],"nextCursor":${nextCursor},"position":"${head}"}`, [
      ...at(head),
      ...(more ? ['Link', `</v1/events?${next.toString()}>; rel="next"`] : []),
    ]);
  }

  /** To the end of the log as it was when the request came, as fast as the client reads and no faster. */
  private async stream({ request, reply }: Pick<Call, 'request' | 'reply'>, { events, head, limit }: Listing): Promise<undefined> {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, ['Content-Type', ndjsonType, ...securityHeaders, 'Ledger-Position', String(head)]);
    let lines = '';
    let left = request.method === 'HEAD' ? 0 : limit;
    for await (const event of left === 0 ? [] : events) {
      lines += `${cloudEvent(event)}\n`;
      left -= 1;
      if (left === 0 || raw.destroyed) break;
      if (lines.length < flushLength) continue;
      const written = writePaced(raw, Buffer.from(lines));
      lines = '';
      await written;
    }
    raw.end(lines);
  }
}

/** Events to be listed, and what they reflect. */
interface Listing {
  readonly events: AsyncIterable<StoredEvent>;
  readonly head: Position;
  readonly limit: number;
}

/** @throws Problem (400) for what is not a position: the cursors of this list are positions. */
function cursorOf({ cursor }: EventQuery): string | undefined {
  if (cursor === undefined || /^(0|[1-9]\d{0,14})$/.test(cursor)) return cursor;
  throw new Problem('invalid-cursor', 'This cursor is none of this list.', {
    errors: [{ in: 'query', pointer: '/cursor', message: 'cursor is not one of this list' }],
  });
}
