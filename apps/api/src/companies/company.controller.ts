import { Controller, Inject } from '@nestjs/common';
import { Ledger, type Clock, type Company, type DeclaredElsewhere } from '#ledger';
import { companySlug, fromTpp, type MilliTpp } from '#rulebook';
import { at, json, type Answer } from '../http/answer.js';
import { pageAnswer } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { limitOf } from '../http/query.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { OutcomeAnswers } from '../reservations/outcome.js';
import { CLOCK } from '../tokens.js';
import { changedCompanyBody, companyBody } from './company-body.js';
import { CompanyAmendmentDto, CompanyDto, CompanyMergerDto, CompanyQuery, HoldingDto } from './company.dto.js';
import { registerPage } from './register-page.js';

const id = 'Id of the company.';
const change = { text: 'The company after it.', schema: 'Company', headers: ['Ledger-Position', 'Idempotency-Replayed'] } as const;

@Controller('v1/companies')
export class CompanyController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly answers: OutcomeAnswers,
  ) {}

  @Operation('POST', '', {
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
  async create({ body, caller }: Call<CompanyDto>): Promise<Answer<'Company'>> {
    const outcome = await this.ledger.companies.registerCompany(body, caller);
    const path = `/v1/companies/${encodeURIComponent(companySlug(body.name))}`;
    return this.answers.settled(outcome, (decided) => json(201, changedCompanyBody(decided), ['Location', path]));
  }

  @Operation('GET', '', {
    tag: 'Companies',
    summary: 'List companies',
    query: CompanyQuery,
    headers: ['Min-Position?'],
    waitsFor: 'register',
    answers: {
      200: { text: 'A page, newest first, merged ones too.', schema: 'CompanyPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  list(call: Call<undefined, CompanyQuery>): Answer<'CompanyPage'> {
    const { query, position } = call;
    const { headquarters, cursor } = query;
    const part = query.name === undefined ? undefined : companySlug(query.name);
    const isWanted = (each: Company): boolean =>
      (headquarters === undefined || each.headquarters === headquarters) && (part === undefined || isNamed(each, part));
    const { items, nextCursor } = registerPage(this.ledger.companies.companies(), { limit: limitOf(query), cursor }, isWanted);
    const now = this.clock();
    return pageAnswer(call, items.map((each) => companyBody(each, now)), nextCursor, position);
  }

  @Operation('GET', ':id', {
    tag: 'Companies',
    summary: 'Read a company',
    path: { id },
    headers: ['Min-Position?'],
    waitsFor: 'register',
    answers: { 200: { text: 'The company as it stands.', schema: 'Company', headers: ['Ledger-Position'] } },
    problems: ['company-not-found', 'projection-behind'],
  })
  read({ position }: Call, companyId: string): Answer<'Company'> {
    const found = this.ledger.companies.company(companyId);
    if (found === undefined) throw new Problem('company-not-found', `There is no company ${companyId}.`);
    return json(200, companyBody(found, this.clock()), at(position));
  }

  @Operation('POST', ':id/amendment', {
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
  async amend({ body, caller }: Call<CompanyAmendmentDto>, companyId: string): Promise<Answer<'Company'>> {
    const { declaredTpp, declaredElsewhere, ...others } = body;
    const declared = {
      ...(declaredTpp !== undefined && { declaredMilliTpp: fromTpp(declaredTpp) }),
      ...(declaredElsewhere && { declaredElsewhere: byCountry(declaredElsewhere) }),
    };
    const outcome = await this.ledger.companies.amendCompany(companyId, { ...others, ...declared }, caller);
    return this.answers.settled(outcome, (decided) => json(200, changedCompanyBody(decided)));
  }

  @Operation('POST', ':id/merger', {
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
  async merge({ body, caller }: Call<CompanyMergerDto>, companyId: string): Promise<Answer<'Company'>> {
    return this.answers.settled(await this.ledger.companies.mergeCompanies(companyId, body, caller), (decided) => json(200, changedCompanyBody(decided)));
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
