import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AdoptedRulebook, Views } from '#projections';
import type { Body } from '#wire';
import { answerJson } from '../http/answer.js';
import { Problem } from '../http/problem.js';
import { refuseQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { Operation } from '../openapi/operation.js';
import { VIEWS } from '../tokens.js';
import { adoptedBody } from './rulebook-body.js';

@Controller('v1/rulebooks')
export class RulebookController {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    private readonly gate: ReadGate,
  ) {}

  @Get()
  @Operation({
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
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    await this.gate.open(request);
    const items = this.views.rulebooks.map((adopted) => this.summary(adopted)).reverse();
    answerJson(reply, 200, { items, nextCursor: null }, this.gate.positionHeader());
  }

  @Get(':id/:version')
  @Operation({
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
  async one(
    @Param('id') id: string,
    @Param('version') version: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseQuery(request);
    await this.gate.open(request);
    const adopted = this.views.rulebooks.findLast(
      ({ event }) => event.document.id === id && event.document.version === version,
    );
    if (adopted === undefined)
      throw new Problem('rulebook-not-found', `No rulebook ${id} in version ${version} was adopted.`);
    answerJson(reply, 200, { ...this.summary(adopted), document: adopted.event.document }, this.gate.positionHeader());
  }

  private summary(adopted: AdoptedRulebook): Body<'RulebookSummary'> {
    return adoptedBody(adopted.event, adopted.position, this.views.rulebooks.at(-1) === adopted);
  }
}
