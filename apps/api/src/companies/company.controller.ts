import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger, type Clock, type Company, type DeclaredElsewhere } from '#ledger';
import { companySlug, fromTpp, type MilliTpp } from '#rulebook';
import { answerJson } from '../http/answer.js';
import { answerPage } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { limitOf, readQuery, refuseQuery } from '../http/query.js';
import { Operation } from '../openapi/operation.js';
import { CLOCK } from '../tokens.js';
import { shapeOf } from '../validation/shape.js';
import { changedCompanyBody, companyBody } from './company-body.js';
import { CompanyAmendmentDto, CompanyDto, CompanyMergerDto, CompanyQuery, HoldingDto } from './company.dto.js';
import { RegisterAnswers } from './register-answers.js';
import { registerPage } from './register-page.js';

const company = shapeOf(CompanyDto);
const amendment = shapeOf(CompanyAmendmentDto);
const merger = shapeOf(CompanyMergerDto);
const companyQuery = shapeOf(CompanyQuery);

const id = 'Id of the company.';
const change = { text: 'The company after it.', schema: 'Company', headers: ['Ledger-Position', 'Idempotency-Replayed'] } as const;

@Controller('v1/companies')
export class CompanyController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly register: RegisterAnswers,
  ) {}

  @Post()
  @Operation({
    tag: 'Companies',
    summary: 'Register a company',
    description:
      'A company has limits of its own, under its id. `nearMatches` lists companies whose names are so like it that one ' +
      'of them may be meant.',
    body: { dto: CompanyDto, example: { name: 'Falcon Holding', headquarters: 'AE', aliases: ['FH Group'] } },
    headers: ['Idempotency-Key'],
    answers: {
      201: { text: 'The company.', schema: 'Company', headers: ['Location', 'Ledger-Position', 'Idempotency-Replayed'] },
    },
    problems: ['company-exists', 'alias-taken', 'contradictory-facts', 'idempotency-key-reused', 'busy'],
  })
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { dto, caller } = this.register.read(request, company);
    const outcome = await this.ledger.companies.registerCompany(dto, caller);
    const path = `/v1/companies/${encodeURIComponent(companySlug(dto.name))}`;
    this.register.answer(reply, outcome, changedCompanyBody, path);
  }

  @Get()
  @Operation({
    tag: 'Companies',
    summary: 'List companies',
    query: CompanyQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'A page, newest first, merged ones too.', schema: 'CompanyPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = readQuery(request, companyQuery);
    const position = await this.register.open(request);
    const { headquarters, cursor } = query;
    const part = query.name === undefined ? undefined : companySlug(query.name);
    const isWanted = (each: Company): boolean =>
      (headquarters === undefined || each.headquarters === headquarters) && (part === undefined || isNamed(each, part));
    const { items, nextCursor } = registerPage(this.ledger.companies.companies(), { limit: limitOf(query), cursor }, isWanted);
    const now = this.clock();
    answerPage(request, reply, { items: items.map((each) => companyBody(each, now)), nextCursor }, position);
  }

  @Get(':id')
  @Operation({
    tag: 'Companies',
    summary: 'Read a company',
    path: { id },
    headers: ['Min-Position?'],
    answers: { 200: { text: 'The company as it stands.', schema: 'Company', headers: ['Ledger-Position'] } },
    problems: ['company-not-found', 'projection-behind'],
  })
  async read(@Param('id') companyId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    const position = await this.register.open(request);
    const found = this.ledger.companies.company(companyId);
    if (found === undefined) throw new Problem('company-not-found', `There is no company ${companyId}.`);
    answerJson(reply, 200, companyBody(found, this.clock()), position);
  }

  @Post(':id/amendment')
  @HttpCode(200)
  @Operation({
    tag: 'Companies',
    summary: 'Amend a company',
    description: 'What is left out stays as it is. Former names, and those that a merger brought, stay aliases for ever.',
    path: { id },
    body: { dto: CompanyAmendmentDto, example: { declaredTpp: 250_000_000, reason: 'Declaration of 30 June 2026' } },
    headers: ['Idempotency-Key'],
    answers: { 200: change },
    problems: [
      'company-not-found', 'company-merged', 'alias-taken', 'nothing-to-change', 'authorisation-not-allowed',
      'idempotency-key-reused', 'busy',
    ],
  })
  async amend(@Param('id') companyId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { dto, caller } = this.register.read(request, amendment);
    const { declaredTpp, declaredElsewhere, ...others } = dto;
    const declared = {
      ...(declaredTpp !== undefined && { declaredMilliTpp: fromTpp(declaredTpp) }),
      ...(declaredElsewhere && { declaredElsewhere: byCountry(declaredElsewhere) }),
    };
    const outcome = await this.ledger.companies.amendCompany(companyId, { ...others, ...declared }, caller);
    this.register.answer(reply, outcome, changedCompanyBody);
  }

  @Post(':id/merger')
  @HttpCode(200)
  @Operation({
    tag: 'Companies',
    summary: 'Merge a company into another one',
    description:
      'Two registrations of one company become one: every name of this one means the other from now on, whose lines ' +
      'take over the amounts. The headquarters of the other stand.',
    path: { id },
    body: { dto: CompanyMergerDto, example: { into: 'falcon-holding', reason: 'Misspelt in PO-4711' } },
    headers: ['Idempotency-Key'],
    answers: { 200: { ...change, text: 'The company that was merged; `mergedInto` is the one that goes on.' } },
    problems: [
      'company-not-found', 'company-merged', 'invalid-merger', 'authorisation-exists', 'authorisation-not-allowed',
      'idempotency-key-reused', 'busy',
    ],
  })
  async merge(@Param('id') companyId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { dto, caller } = this.register.read(request, merger);
    this.register.answer(reply, await this.ledger.companies.mergeCompanies(companyId, dto, caller), changedCompanyBody);
  }
}

function isNamed({ id, name, aliases }: Company, part: string): boolean {
  return part !== '' && [id, companySlug(name), ...aliases.map(companySlug)].some((slug) => slug.includes(part));
}

function byCountry(holdings: readonly HoldingDto[]): DeclaredElsewhere {
  const amounts: Record<string, MilliTpp> = {};
  for (const [index, { country, tpp }] of holdings.entries()) {
    if (country in amounts) {
      const message = `${country} is named twice: state one amount for it.`;
      throw new Problem('invalid-request', message, { errors: [{ pointer: `/declaredElsewhere/${index}/country`, message }] });
    }
    amounts[country] = fromTpp(tpp);
  }
  return amounts;
}
