import { Controller } from '@nestjs/common';
import { IsString, Matches } from 'class-validator';
import { securityHeaders, text, type Answer } from '../http/answer.js';
import { accepted, lastEventIdOf } from '../http/request-headers.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { About, IsCountryCode, MayBeLeftOut } from '../validation/members.js';
import { ChangeFeed } from './change-feed.js';
import type { Message } from './message.js';
import { StreamClients } from './stream-clients.js';

export class StreamQuery {
  @About('Only this country, as AE.')
  @MayBeLeftOut()
  @IsCountryCode()
  readonly country?: string;

  @About('`country`, `alert` or both with a comma; left out: both.')
  @MayBeLeftOut()
  @IsString()
  @Matches(/^(country|alert)(,(country|alert))?$/, { message: '$property must be country, alert or both with a comma' })
  readonly types?: string;
}

const eventStream = 'text/event-stream';

@Controller('v1/stream')
export class StreamController {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly clients: StreamClients,
  ) {}

  @Operation('GET', '', {
    tag: 'Alerts',
    summary: 'Live changes',
    query: StreamQuery,
    headers: ['Last-Event-ID?'],
    description:
      'Server-sent events: `country` (the newest view of a country, at most four a second each), ' +
      '`alert` (once, when it is raised), `resync` ' +
      '(read everything anew) and, every five seconds, `head`: `{position, behindMs}`, where the views are and since how long they have ' +
      'been behind the log. All but `head` have `id: <position>`; after a break send the last one as `Last-Event-ID`.',
    answers: { 200: { text: 'The stream; it does not end.', type: eventStream } },
    problems: ['busy'],
  })
  open({ query: { country, types }, request, reply }: Call<undefined, StreamQuery>): Answer | undefined {
    accepted(request.headers, eventStream);
    const lastEventId = lastEventIdOf(request.headers);
    if (request.method === 'HEAD') return text(eventStream, '');
    this.clients.refuseTooMany();
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, [
      'Content-Type',
      eventStream,
      'Cache-Control',
      'no-store',
      'X-Accel-Buffering',
      'no',
      ...securityHeaders,
    ]);
    raw.socket?.setNoDelay(true);
    const wanted = new Set((types ?? 'country,alert').split(',') as Message['type'][]);
    this.clients.add(raw, this.feed, { country, types: wanted }, lastEventId);
    return undefined;
  }
}
