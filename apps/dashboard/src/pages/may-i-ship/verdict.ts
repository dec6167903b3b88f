import type { CountryView, Determination } from '../../api/answers.js';
import { grouped, percent } from '../../format.js';
import { inSentence } from '../overview/news.js';

export const routeNames: Readonly<Record<string, string>> = {
  none: 'No licence needed',
  aia: 'Artificial Intelligence Authorization (AIA)',
  aca: 'Advanced Computing Authorized (ACA)',
  nac: 'Notified Advanced Computing (NAC)',
  acm: 'Advanced Compute Manufacturing (ACM)',
  uveu: 'Universal Validated End-User',
  nveu: 'National Validated End-User',
  veu: 'Validated End-User',
  lpp: 'Low Processing Performance (LPP)',
  licence: 'Licence',
};

export interface Verdict {
  readonly isYes: boolean;
  readonly headline: string;
  /** What would be left, or why not. */
  readonly rest: string;
}

/** The answer in two sentences, before its reasons. */
export function verdictOf(determination: Determination, destination: Pick<CountryView, 'name'>): Verdict {
  const { route, debitedTpp, balanceAfter, wouldBeRefused } = determination;
  const place = inSentence(destination.name);
  if (wouldBeRefused !== null) return { isYes: false, headline: `No: ${lowered(wouldBeRefused.title)}`, rest: whyNot(wouldBeRefused) };
  if (route === 'none') return { isYes: true, headline: 'Yes, and no licence is needed', rest: 'Nothing is debited.' };
  const { allocation, available } = balanceAfter;
  if (route === 'licence' && allocation !== null && available !== null) {
    return { isYes: true, headline: `Yes, with a licence that draws on the allocation of ${place}`, rest: leftText(place, available, allocation) };
  }
  if (route === 'licence') return { isYes: true, headline: `Yes, with a licence; ${place} has no cap`, rest: `${grouped(debitedTpp)} TPP are counted there.` };
  const left = available === null || allocation === null ? `${grouped(debitedTpp)} TPP are counted; no cap limits them.` : leftText('the line of this company', available, allocation);
  return { isYes: true, headline: `Yes, under ${routeNames[route] ?? route}`, rest: debitedTpp === 0 ? 'Nothing is debited.' : left };
}

/** Members that a refusal has beside those of every problem. */
type Refused = NonNullable<Determination['wouldBeRefused']> & { readonly available?: number | null };

function whyNot({ code, detail, available }: Refused): string {
  return code === 'insufficient-quota' && typeof available === 'number' ? `${grouped(available)} TPP are left.` : detail;
}

function leftText(place: string, available: number, allocation: number): string {
  const begun = place.charAt(0).toUpperCase() + place.slice(1);
  return `${begun} would have ${grouped(available)} TPP left${allocation === 0 ? '' : `, ${percent(available / allocation)} of it`}.`;
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
