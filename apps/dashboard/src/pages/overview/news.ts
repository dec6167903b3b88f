import type { CountryView } from '../../api/answers.js';
import { betweenText } from '../../forecast-text.js';
import { counted, listed } from '../../format.js';

export interface News {
  readonly headline: string;
  readonly rest: string;
}

const namedMax = 3;
const dayMs = 86_400_000;
/** Countries that are expected to run out within so many days make the headline. */
const soonDays = 120;

/** The state of all countries in a few sentences, from the same views as the table. */
export function newsOf(views: readonly CountryView[], nowMs: number): News {
  const having = (status: CountryView['status']): readonly CountryView[] =>
    views.filter((view) => view.status === status).sort((a, b) => (b.utilization ?? 0) - (a.utilization ?? 0));
  const [exhausted, critical, watch, open] = [having('exhausted'), having('critical'), having('watch'), having('open')];
  const soon = runningOut(views).filter((view) => Date.parse(expectedOn(view)) - nowMs <= soonDays * dayMs);
  const rest = [
    (critical.length > 0 || soon.length > 0) && exhausted.length > 0 ? `${sentence(exhausted)} ${exhausted.length === 1 ? 'has' : 'have'} nothing left.` : '',
    ...soon.slice(0, namedMax).map((view) => expectation(view)),
    soon.length > 0 && critical.some((view) => !soon.includes(view)) ? `${sentence(critical)} ${critical.length === 1 ? 'is' : 'are'} close to the cap.` : '',
    watch.length > 0 ? `${counted(watch.length, 'country is', 'countries are')} being watched.` : '',
    `${counted(open.length, 'country is', 'countries are')} open.`,
  ];
  return { headline: headlineOf(soon, exhausted, critical, watch, views, nowMs), rest: rest.filter((each) => each !== '').join(' ') };
}

function expectation(view: CountryView): string {
  return `${begun(inSentence(view.name))} is expected to run out ${betweenText(dayOfView(view))}.`;
}

/** Countries that are expected to run out within the period, the next one first. */
export function runningOut(views: readonly CountryView[]): readonly CountryView[] {
  return views.filter((view) => view.status !== 'exhausted' && view.forecast?.exhaustedOn).sort((a, b) => expectedOn(a).localeCompare(expectedOn(b)) || a.name.localeCompare(b.name));
}

function expectedOn(view: CountryView): string {
  return dayOfView(view).expected;
}

function dayOfView({ forecast }: CountryView): { readonly from: string; readonly expected: string; readonly to: string | null } {
  return forecast?.exhaustedOn ?? { from: '', expected: '', to: null };
}

function headlineOf(
  soon: readonly CountryView[],
  exhausted: readonly CountryView[],
  critical: readonly CountryView[],
  watch: readonly CountryView[],
  all: readonly CountryView[],
  nowMs: number,
): string {
  if (soon.length > 0) {
    const last = Math.max(...soon.map((view) => Date.parse(expectedOn(view)) - nowMs)) / dayMs;
    return `${sentence(soon)} ${soon.length === 1 ? 'runs' : 'run'} out within ${last <= 14 ? 'days' : last <= 60 ? 'weeks' : 'months'}`;
  }
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
  return begun(listed(more > 0 ? [...names, `${more} more`] : names));
}

export function begun(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** With the article that English gives it. */
export function inSentence(name: string): string {
  return /^(?:United|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Seychelles)|(?:Islands|Republic|Federation|Territory|Territories)$/.test(name) ? `the ${name}` : name;
}
