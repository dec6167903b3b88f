import { lineStatuses, type Body } from '#wire';
import type { CountryPage } from './country-book.js';

/** So many of the next exhaustions are told. */
const nextMax = 10;

type View = Body<'CountryView'>;

/** What the head of an overview says about all countries, from their views with forecasts. */
export function summaryOf({ countries }: Pick<CountryPage, 'countries'>): Omit<Body<'Summary'>, 'position' | 'recordedAt' | 'rulebook'> {
  const having = (status: View['status']): readonly View[] => countries.filter((view) => view.status === status);
  const statuses = Object.fromEntries(lineStatuses.map((status) => [status, having(status).length])) as Body<'Summary'>['statuses'];
  const sum = (of: (view: View) => number): number => Math.round(countries.reduce((total, view) => total + of(view), 0) * 1000) / 1000;
  const expected = countries.flatMap(({ country, name, status, available, forecast }) =>
    status !== 'exhausted' && forecast?.exhaustedOn ? [{ country, name, status, available, exhaustedOn: forecast.exhaustedOn }] : [],
  );
  const byDay = (a: (typeof expected)[number], b: (typeof expected)[number]): number =>
    a.exhaustedOn.expected.localeCompare(b.exhaustedOn.expected) || a.name.localeCompare(b.name);
  return {
    statuses,
    inUse: countries.filter(({ lastEventAt }) => lastEventAt !== null).length,
    committedTpp: sum(({ exported, reserved }) => exported + reserved),
    exportedTpp: sum(({ exported }) => exported),
    heldTpp: sum(({ reserved }) => reserved),
    openReservations: sum(({ openReservations }) => openReservations),
    exhausted: named(having('exhausted')),
    critical: named(having('critical')),
    watch: named(having('watch')),
    nextExhaustions: expected.sort(byDay).slice(0, nextMax),
  };
}

/** The fullest first. */
function named(views: readonly View[]): Body<'Summary'>['critical'] {
  return [...views]
    .sort((a, b) => (b.utilization ?? 0) - (a.utilization ?? 0) || a.name.localeCompare(b.name))
    .map(({ country, name, utilization, available }) => ({ country, name, utilization, available }));
}
