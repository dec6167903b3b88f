import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventStore, Position, StoredEvent } from '#ledger';
import { answer, jsonType, ndjsonType, securityHeaders } from '../http/answer.js';
import { drained } from '../http/drained.js';
import { Problem } from '../http/problem.js';
import { limitOf, PageQuery, readQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { accepted, minPositionOf } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { STORE } from '../tokens.js';
import { About, IsCount, IsText, MayBeLeftOut } from '../validation/members.js';
import { shapeOf } from '../validation/shape.js';
import { cloudEvent, cloudEventType } from './cloud-event.js';

export class EventQuery extends PageQuery {
  @About('Events after this position; left out: from the start. `cursor` goes first.')
  @MayBeLeftOut() @IsCount(0, Number.MAX_SAFE_INTEGER)
  readonly from?: string;

  @About('Only this stream, as quota-country:AE.')
  @MayBeLeftOut() @IsText(300)
  readonly stream?: string;

  @About('Only this type, as QuotaReserved or org.quotaledger.quota-reserved.v1.')
  @MayBeLeftOut() @IsText(100)
  readonly type?: string;
}

const eventQuery = shapeOf(EventQuery);
const ndjson = 'application/x-ndjson';
const readAtOnce = 1000;

@Controller('v1/events')
export class EventController {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    private readonly gate: ReadGate,
  ) {}

  @Get()
  @Operation({
    tag: 'Audit', summary: 'The log', query: EventQuery, headers: ['Min-Position?'],
    description: 'CloudEvents 1.0 in the order of the log. With `Accept: application/x-ndjson` one event a line, to the end (`limit` is then optional).',
    answers: { 200: { text: 'A page of events, or with NDJSON all of them.', schema: 'EventPage', also: [ndjson], headers: ['Ledger-Position', 'Link'] } },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = readQuery(request, eventQuery);
    const form = accepted(request.headers, 'application/json', ndjson);
    await this.gate.waitFor(minPositionOf(request.headers));
    const after = Number(cursorOf(query) ?? query.from ?? 0);
    const wanted = (event: StoredEvent): boolean =>
      (query.stream === undefined || event.stream === query.stream) &&
      (query.type === undefined || event.type === query.type || cloudEventType(event.type) === query.type);
    const head = await this.store.head();
    if (form === ndjson) await this.stream(reply, after, head, query.limit === undefined ? Infinity : limitOf(query), wanted);
    else await this.page(request, reply, after, head, limitOf(query), wanted);
  }

  private async page(
    request: FastifyRequest, reply: FastifyReply, after: Position, head: Position, limit: number, wanted: (event: StoredEvent) => boolean,
  ): Promise<void> {
    const items: string[] = [];
    let position = after;
    let more = false;
    for await (const event of this.events(after, head)) {
      if (!wanted(event)) continue;
      if (items.length === limit) {
        more = true;
        break;
      }
      items.push(cloudEvent(event));
      position = event.position;
    }
    const nextCursor = more ? String(position) : null;
    const next = new URLSearchParams(request.query as Record<string, string>);
    next.set('cursor', String(position));
    answer(reply, 200, jsonType, `{"items":[${items.join(',')}],"nextCursor":${JSON.stringify(nextCursor)},"position":"${head}"}`, [
      'Ledger-Position', String(head), ...(more ? ['Link', `</v1/events?${next.toString()}>; rel="next"`] : []),
    ]);
  }

  /** To the end of the log as it was when the request came, as fast as the client reads and no faster. */
  private async stream(
    reply: FastifyReply, after: Position, head: Position, limit: number, wanted: (event: StoredEvent) => boolean,
  ): Promise<void> {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, ['Content-Type', ndjsonType, ...securityHeaders, 'Ledger-Position', String(head)]);
    let lines = '';
    let left = limit;
    for await (const event of this.events(after, head)) {
      if (left === 0 || raw.destroyed) break;
      if (!wanted(event)) continue;
      left -= 1;
      lines += `${cloudEvent(event)}\n`;
      if (lines.length < 65_536) continue;
      const flushed = raw.write(lines);
      lines = '';
      if (!flushed) await drained(raw);
    }
    raw.end(lines);
  }

  private async *events(after: Position, head: Position): AsyncGenerator<StoredEvent> {
    let position = after;
    while (position < head) {
      const read = await this.store.readAll({ after: position, limit: readAtOnce });
      for (const event of read) {
        if (event.position > head) return;
        yield event;
        position = event.position;
      }
      if (read.length === 0) return;
    }
  }
}

/** @throws Problem (400) for what is not a position: the cursors of this list are positions. */
function cursorOf({ cursor }: EventQuery): string | undefined {
  if (cursor === undefined || /^(0|[1-9]\d{0,14})$/.test(cursor)) return cursor;
  throw new Problem('invalid-cursor', 'This cursor is none of this list.', { errors: [{ in: 'query', pointer: '/cursor', message: 'cursor is not one of this list' }] });
}
