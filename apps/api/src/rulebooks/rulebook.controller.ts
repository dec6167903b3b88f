import { Controller, Inject } from '@nestjs/common';
import type { AdoptedRulebook, Views } from '#projections';
import type { Body } from '#wire';
import { at, json, type Answer } from '../http/answer.js';
import { Problem } from '../http/problem.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { VIEWS } from '../tokens.js';
import { adoptedBody } from './rulebook-body.js';

@Controller('v1/rulebooks')
export class RulebookController {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  @Operation('GET', '', {
    tag: 'Rulebook',
    summary: 'Adopted rulebooks',
    headers: ['Min-Position?'],
    answers: {
      200: {
        text: 'All of them, newest first; the first one is in force.',
        schema: 'RulebookList',
        headers: ['Ledger-Position'],
      },
    },
    problems: ['projection-behind'],
  })
  list({ position }: Call): Answer<'RulebookList'> {
    const items = this.views.rulebooks.map((adopted) => this.summary(adopted)).reverse();
    return json(200, { items, nextCursor: null }, at(position));
  }

  @Operation('GET', ':id/:version', {
    tag: 'Rulebook',
    summary: 'Read a rulebook',
    headers: ['Min-Position?'],
    path: { id: 'Id of the rulebook.', version: 'Its version.' },
    answers: {
      200: {
        text: 'The rulebook with its whole document, as it was adopted last.',
        schema: 'AdoptedRulebook',
        headers: ['Ledger-Position'],
      },
    },
    problems: ['rulebook-not-found', 'projection-behind'],
  })
  one({ position }: Call, id: string, version: string): Answer<'AdoptedRulebook'> {
    const adopted = this.views.rulebooks.findLast(
      ({ event }) => event.document.id === id && event.document.version === version,
    );
    if (adopted === undefined)
      throw new Problem('rulebook-not-found', `No rulebook ${id} in version ${version} was adopted.`);
    return json(200, { ...this.summary(adopted), document: adopted.event.document }, at(position));
  }

  private summary(adopted: AdoptedRulebook): Body<'RulebookSummary'> {
    return adoptedBody(adopted.event, adopted.position, this.views.rulebooks.at(-1) === adopted);
  }
}
