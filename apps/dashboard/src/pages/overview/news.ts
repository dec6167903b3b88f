import type { CountryView } from '../../api/answers.js';
import { counted, listed } from '../../format.js';

export interface News {
  readonly headline: string;
  readonly rest: string;
}

const namedMax = 3;

/** The state of all countries in two sentences, from the same views as the table. */
export function newsOf(views: readonly CountryView[]): News {
  const having = (status: CountryView['status']): readonly CountryView[] =>
    views.filter((view) => view.status === status).sort((a, b) => (b.utilization ?? 0) - (a.utilization ?? 0));
  const [exhausted, critical, watch, open] = [having('exhausted'), having('critical'), having('watch'), having('open')];
  const rest = [
    critical.length > 0 && exhausted.length > 0 ? `${sentence(exhausted)} ${exhausted.length === 1 ? 'has' : 'have'} nothing left.` : '',
    watch.length > 0 ? `${counted(watch.length, 'country is', 'countries are')} being watched.` : '',
    `${counted(open.length, 'country is', 'countries are')} open.`,
  ];
  return { headline: headlineOf(exhausted, critical, watch, views), rest: rest.filter((each) => each !== '').join(' ') };
}

function headlineOf(
  exhausted: readonly CountryView[],
  critical: readonly CountryView[],
  watch: readonly CountryView[],
  all: readonly CountryView[],
): string {
  if (critical.length > 0) return `${sentence(critical)} ${critical.length === 1 ? 'is' : 'are'} close to the cap`;
  if (exhausted.length > 0) return `${sentence(exhausted)} ${exhausted.length === 1 ? 'has' : 'have'} nothing left`;
  if (watch.length > 0) return `${sentence(watch)} ${watch.length === 1 ? 'has' : 'have'} used most of the cap`;
  return all.some(isUsed) ? 'No country is close to its cap' : 'Nothing has been reserved or exported yet';
}

/** Whether anything was ever recorded about the country. */
export function isUsed({ lastEventAt }: CountryView): boolean {
  return lastEventAt !== null;
}

/** The names as a sentence begins with them; beyond three, how many more. */
function sentence(views: readonly CountryView[]): string {
  const names = views.slice(0, namedMax).map(({ name }) => inSentence(name));
  const more = views.length - namedMax;
  const text = listed(more > 0 ? [...names, `${more} more`] : names);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** With the article that English gives it. */
export function inSentence(name: string): string {
  return /^(?:United|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Seychelles)|(?:Islands|Republic|Federation|Territory|Territories)$/.test(name) ? `the ${name}` : name;
}
