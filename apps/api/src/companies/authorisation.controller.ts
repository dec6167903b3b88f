import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger, statusOf, type Authorisation, type Clock } from '#ledger';
import { answerJson } from '../http/answer.js';
import { answerPage } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { limitOf, readQuery, refuseQuery } from '../http/query.js';
import { Operation } from '../openapi/operation.js';
import { CLOCK } from '../tokens.js';
import { shapeOf } from '../validation/shape.js';
import { AuthorisationAmendmentDto, AuthorisationDto, AuthorisationQuery, RevocationDto } from './authorisation.dto.js';
import { authorisationBody, changedAuthorisationBody } from './company-body.js';
import { RegisterAnswers } from './register-answers.js';
import { registerPage } from './register-page.js';

const authorisation = shapeOf(AuthorisationDto);
const amendment = shapeOf(AuthorisationAmendmentDto);
const revocation = shapeOf(RevocationDto);
const authorisationQuery = shapeOf(AuthorisationQuery);

const id = 'Id of the authorisation.';
const change = {
  text: 'The authorisation after it.',
  schema: 'Authorisation',
  headers: ['Ledger-Position', 'Idempotency-Replayed'],
} as const;

@Controller('v1/authorisations')
export class AuthorisationController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly register: RegisterAnswers,
  ) {}

  @Post()
  @Operation({
    tag: 'Companies',
    summary: 'Grant an authorisation',
    description: 'Puts a company on the list of validated end-users (15 CFR 748.15), if the rulebook allows it.',
    body: {
      dto: AuthorisationDto,
      example: { kind: 'nveu', companyId: 'falcon-holding', country: 'AE', reason: 'Published on 1 June 2026' },
    },
    headers: ['Idempotency-Key'],
    answers: { 201: { ...change, headers: ['Location', ...change.headers] } },
    problems: [
      'company-not-found', 'company-merged', 'authorisation-not-allowed', 'authorisation-exists',
      'idempotency-key-reused', 'busy',
    ],
  })
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { dto, caller } = this.register.read(request, authorisation);
    const { from, until, companyId, ...others } = dto;
    const { companies } = this.ledger;
    const granted = await companies.grantAuthorisation(
      {
        ...others,
        companyId: companies.meantBy(companyId)?.id ?? companyId,
        ...(from !== undefined && { from: Date.parse(from) }),
        ...(until !== undefined && { until: Date.parse(until) }),
      },
      caller,
    );
    const path = granted.decided && 'authorisationId' in granted.event ? granted.event.authorisationId : '';
    this.register.answer(reply, granted, changedAuthorisationBody, `/v1/authorisations/${path}`);
  }

  @Get()
  @Operation({
    tag: 'Companies',
    summary: 'List authorisations',
    query: AuthorisationQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'A page, newest first, ended ones too.', schema: 'AuthorisationPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = readQuery(request, authorisationQuery);
    const position = await this.register.open(request);
    const { kind, country, status, cursor } = query;
    const { companies } = this.ledger;
    const holder = query.company === undefined ? undefined : (companies.meantBy(query.company)?.id ?? '');
    const now = this.clock();
    const isWanted = (each: Authorisation): boolean =>
      (kind === undefined || each.kind === kind) &&
      (country === undefined || each.country === country) &&
      (holder === undefined || each.companyId === holder) &&
      (status === undefined || statusOf(each, now) === status);
    const { items, nextCursor } = registerPage(companies.authorisations(), { limit: limitOf(query), cursor }, isWanted);
    answerPage(request, reply, { items: items.map((each) => authorisationBody(each, now)), nextCursor }, position);
  }

  @Get(':id')
  @Operation({
    tag: 'Companies',
    summary: 'Read an authorisation',
    path: { id },
    headers: ['Min-Position?'],
    answers: { 200: { text: 'The authorisation as it stands.', schema: 'Authorisation', headers: ['Ledger-Position'] } },
    problems: ['authorisation-not-found', 'projection-behind'],
  })
  async read(@Param('id') authorisationId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    const position = await this.register.open(request);
    const found = this.ledger.companies.authorisation(authorisationId);
    if (found === undefined) throw new Problem('authorisation-not-found', `There is no authorisation ${authorisationId}.`);
    answerJson(reply, 200, authorisationBody(found, this.clock()), position);
  }

  @Post(':id/amendment')
  @HttpCode(200)
  @Operation({
    tag: 'Companies',
    summary: 'Amend the dates of an authorisation',
    path: { id },
    body: { dto: AuthorisationAmendmentDto, example: { until: '2027-01-01T00:00:00Z', reason: 'Renewed' } },
    headers: ['Idempotency-Key'],
    answers: { 200: change },
    problems: [
      'authorisation-not-found', 'authorisation-ended', 'authorisation-exists', 'authorisation-not-allowed',
      'nothing-to-change', 'idempotency-key-reused', 'busy',
    ],
  })
  async amend(@Param('id') authorisationId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { dto, caller } = this.register.read(request, amendment);
    const { from, until, reason } = dto;
    const dates = {
      ...(from !== undefined && { from: Date.parse(from) }),
      ...(until !== undefined && { until: until === null ? null : Date.parse(until) }),
    };
    const outcome = await this.ledger.companies.amendAuthorisation(authorisationId, { ...dates, reason }, caller);
    this.register.answer(reply, outcome, changedAuthorisationBody);
  }

  @Post(':id/revocation')
  @HttpCode(200)
  @Operation({
    tag: 'Companies',
    summary: 'Revoke an authorisation',
    description: 'Ends it now or at a time to come. What was shipped under it stays.',
    path: { id },
    body: { dto: RevocationDto, example: { reason: 'Removed from Supplement No. 7' } },
    headers: ['Idempotency-Key'],
    answers: { 200: change },
    problems: ['authorisation-not-found', 'authorisation-ended', 'idempotency-key-reused', 'busy'],
  })
  async revoke(@Param('id') authorisationId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { dto, caller } = this.register.read(request, revocation);
    const { effective, reason } = dto;
    const when = effective === undefined ? {} : { effective: Date.parse(effective) };
    const outcome = await this.ledger.companies.revokeAuthorisation(authorisationId, { ...when, reason }, caller);
    this.register.answer(reply, outcome, changedAuthorisationBody);
  }
}
