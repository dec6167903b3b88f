import type { Body } from '#wire';
import { tppText } from '../table.js';
import { styled } from '../terminal.js';
import { leftOn, renderDuties, renderFacts } from './shipment-summary.js';

/** What a shipment would come to, for people. A refusal is told by the fault that follows. */
export function renderDetermination(body: Body<'Determination'>, colors: boolean): string {
  const { route, line, tpp, debitedTpp, balanceAfter, obligations, routesConsidered, missingFacts, nearMatches, wouldBeRefused } = body;
  const isRefused = wouldBeRefused !== null;
  const facts = [
    ['Size', `${tppText(tpp)} TPP`] as const,
    ['Route', route] as const,
    ['Debited', `${tppText(debitedTpp)} TPP`] as const,
    ...(isRefused ? [['Line', line] as const] : [leftOn({ line, balance: balanceAfter })]),
  ];
  return [
    isRefused ? styled('It would be refused.', 'red', colors) : styled('It would be allowed.', 'green', colors),
    renderFacts(facts),
    'Routes considered:',
    ...routesConsidered.flatMap((each) => [
      `  ${each.route} ${each.applicable ? 'applies' : 'does not apply'}`,
      ...each.reasons.map(({ text, citation }) => `    ${text} ${styled(citation, 'dim', colors)}`),
    ]),
    ...(missingFacts.length === 0 ? [] : ['Not stated, and asked for by these routes:', ...missingText(missingFacts)]),
    ...nearMatches.map(({ name, companies }) => `Is ${name} one of these? ${companies.map((company) => company.name).join(', ')}`),
    ...(isRefused || obligations.length === 0 ? [] : ['Duties, if it left now:', renderDuties(obligations, colors)]),
    'Nothing is recorded.',
  ].join('\n');
}

/** One line a route. */
function missingText(facts: Body<'Determination'>['missingFacts']): readonly string[] {
  const routes = new Set(facts.map(({ route }) => route));
  return [...routes].map((name) => `  ${name}: ${facts.filter(({ route }) => route === name).map(({ fact }) => fact).join(', ')}`);
}
