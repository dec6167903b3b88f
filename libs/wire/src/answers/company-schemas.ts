import { amount, amountOrNull, arrayOf, count, object, page, ref, text, textOrNull, time, timeOrNull } from './schema-parts.js';

const entry = {
  id: text,
  kind: { enum: ['uveu', 'nveu'] },
  country: textOrNull,
  from: time,
  until: timeOrNull,
  revokedAt: timeOrNull,
  status: { enum: ['planned', 'in-force', 'ended', 'revoked'] },
} as const;

/** What the register of companies answers. */
export const companySchemas = {
  NearMatch: object({ id: text, name: text, headquarters: textOrNull }),
  NearMatches: object({ pointer: text, name: text, companies: arrayOf(ref('NearMatch')) }),
  Company: object(
    {
      id: text,
      name: text,
      headquarters: textOrNull,
      aliases: arrayOf(text),
      declaredTpp: amountOrNull,
      declaredElsewhere: arrayOf(object({ country: text, tpp: amount })),
      mergedInto: textOrNull,
      authorisations: arrayOf(object(entry)),
      createdAt: time,
      revision: count,
      nearMatches: arrayOf(ref('NearMatch')),
    },
    ['nearMatches'],
  ),
  CompanyPage: page('Company'),
  Authorisation: object({
    ...entry,
    companyId: text,
    reason: text,
    citation: textOrNull,
    grantedAt: time,
    revision: count,
  }),
  AuthorisationPage: page('Authorisation'),
} as const;
