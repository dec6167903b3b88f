import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger } from '#ledger';
import type { CompiledChip } from '#rulebook';
import { answerJson } from '../http/answer.js';
import { refuseQuery } from '../http/query.js';
import { acceptsJson } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';

@Controller('v1/chips')
export class ChipController {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Operation({
    tag: 'Rulebook',
    summary: 'The chip catalogue',
    description: 'Of the rulebook in force, whole.',
    answers: { 200: { text: 'All chips.', schema: 'ChipList' } },
  })
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    refuseQuery(request);
    acceptsJson(request.headers);
    answerJson(reply, 200, { items: this.ledger.rulebook.chips.map(chipBody), nextCursor: null });
  }
}

function chipBody(chip: CompiledChip): object {
  const {
    id,
    name,
    vendor,
    tppPerUnit,
    format,
    bitLength,
    denseTops,
    dieAreaMm2,
    dieAreaIsEstimate,
    performanceDensity,
  } = chip;
  const { eccn, level, datacenter, status, sources } = chip;
  return {
    id,
    name,
    vendor,
    tppPerUnit,
    format,
    bitLength,
    denseTops,
    dieAreaMm2,
    dieAreaIsEstimate,
    performanceDensity,
    eccn,
    level,
    datacenter,
    status,
    sources,
  };
}
