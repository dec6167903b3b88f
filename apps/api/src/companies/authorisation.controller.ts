import { Controller, Inject } from '@nestjs/common';
import { Ledger, statusOf, type Authorisation, type Clock } from '#ledger';
import { at, json, type Answer } from '../http/answer.js';
import { pageAnswer } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { limitOf } from '../http/query.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { OutcomeAnswers } from '../reservations/outcome.js';
import { CLOCK } from '../tokens.js';
import { AuthorisationAmendmentDto, AuthorisationDto, AuthorisationQuery, RevocationDto } from './authorisation.dto.js';
import { authorisationBody, changedAuthorisationBody } from './company-body.js';
import { registerPage } from './register-page.js';

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
    private readonly answers: OutcomeAnswers,
  ) {}

  @Operation('POST', '', {
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
  async create({ body, caller }: Call<AuthorisationDto>): Promise<Answer<'Authorisation'>> {
    const { from, until, companyId, ...others } = body;
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
    return this.answers.settled(granted, (decided) => {
      const path = 'authorisationId' in decided.event ? decided.event.authorisationId : '';
      return json(201, changedAuthorisationBody(decided), ['Location', `/v1/authorisations/${path}`]);
    });
  }

  @Operation('GET', '', {
    tag: 'Companies',
    summary: 'List authorisations',
    query: AuthorisationQuery,
    headers: ['Min-Position?'],
    waitsFor: 'register',
    answers: {
      200: { text: 'A page, newest first, ended ones too.', schema: 'AuthorisationPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  list(call: Call<undefined, AuthorisationQuery>): Answer<'AuthorisationPage'> {
    const { query, position } = call;
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
    return pageAnswer(call, items.map((each) => authorisationBody(each, now)), nextCursor, position);
  }

  @Operation('GET', ':id', {
    tag: 'Companies',
    summary: 'Read an authorisation',
    path: { id },
    headers: ['Min-Position?'],
    waitsFor: 'register',
    answers: { 200: { text: 'The authorisation as it stands.', schema: 'Authorisation', headers: ['Ledger-Position'] } },
    problems: ['authorisation-not-found', 'projection-behind'],
  })
  read({ position }: Call, authorisationId: string): Answer<'Authorisation'> {
    const found = this.ledger.companies.authorisation(authorisationId);
    if (found === undefined) throw new Problem('authorisation-not-found', `There is no authorisation ${authorisationId}.`);
    return json(200, authorisationBody(found, this.clock()), at(position));
  }

  @Operation('POST', ':id/amendment', {
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
  async amend({ body, caller }: Call<AuthorisationAmendmentDto>, authorisationId: string): Promise<Answer<'Authorisation'>> {
    const { from, until, reason } = body;
    const dates = {
      ...(from !== undefined && { from: Date.parse(from) }),
      ...(until !== undefined && { until: until === null ? null : Date.parse(until) }),
    };
    const outcome = await this.ledger.companies.amendAuthorisation(authorisationId, { ...dates, reason }, caller);
    return this.answers.settled(outcome, (decided) => json(200, changedAuthorisationBody(decided)));
  }

  @Operation('POST', ':id/revocation', {
    tag: 'Companies',
    summary: 'Revoke an authorisation',
    description: 'Ends it now or at a time to come. What was shipped under it stays.',
    path: { id },
    body: { dto: RevocationDto, example: { reason: 'Removed from Supplement No. 7' } },
    headers: ['Idempotency-Key'],
    answers: { 200: change },
    problems: ['authorisation-not-found', 'authorisation-ended', 'idempotency-key-reused', 'busy'],
  })
  async revoke({ body, caller }: Call<RevocationDto>, authorisationId: string): Promise<Answer<'Authorisation'>> {
    const { effective, reason } = body;
    const when = effective === undefined ? {} : { effective: Date.parse(effective) };
    const outcome = await this.ledger.companies.revokeAuthorisation(authorisationId, { ...when, reason }, caller);
    return this.answers.settled(outcome, (decided) => json(200, changedAuthorisationBody(decided)));
  }
}
