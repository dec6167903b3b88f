import { Controller, Inject } from '@nestjs/common';
import type { Views } from '#projections';
import { at, text, type Answer } from '../http/answer.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { VIEWS } from '../tokens.js';
import { alertBody } from './alert-body.js';
import { alertFeed } from './alert-feed.js';
import { AlertQuery, questionOf } from './alert.query.js';

const atom = 'application/atom+xml';

@Controller('v1/alerts.atom')
export class AlertFeedController {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  @Operation('GET', '', {
    tag: 'Alerts',
    summary: 'Follow alerts',
    query: AlertQuery,
    headers: ['Min-Position?'],
    waitsFor: 'alerts',
    description: 'The list of alerts as an Atom feed, for a feed reader.',
    answers: { 200: { text: 'The feed, newest first.', type: atom, headers: ['Ledger-Position'] } },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async feed({ query, request }: Call<undefined, AlertQuery>): Promise<Answer> {
    const { items, position } = await this.views.ask('alerts', questionOf(query));
    return text(`${atom}; charset=utf-8`, alertFeed(items.map(alertBody), request.url), at(position));
  }
}
