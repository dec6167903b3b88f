import { licenceEndMs, partsOfLine, type CompiledRulebook, type DeterminationPorts, type RouteName } from '#rulebook';
import type { Reservation } from '../line/entries.js';

// What the line of a hold says of it: when it ends, and by which route.

/** What decides when a hold ends at the latest. */
export interface HoldTerm extends Pick<Parameters<typeof licenceEndMs>[1], 'route' | 'items'> {
  readonly line: string;
  /** The quota period binds it. */
  readonly isBound: boolean;
  /** When it was granted, in milliseconds. */
  readonly grantedMs: number;
}

/** When a hold ends at the latest, in milliseconds: with the quota period, the licence that it stands for, the year of its line. */
export function latestEnd(rulebook: CompiledRulebook, hold: HoldTerm): number {
  const periodEndMs = hold.isBound ? rulebook.period.endMs : Infinity;
  return Math.min(periodEndMs, licenceEndMs(rulebook, hold, hold.grantedMs), endOfLine(hold.line));
}

/** When a hold ends of which nobody says it, in milliseconds. */
export function usualEnd({ document }: CompiledRulebook, nowMs: number): number {
  return nowMs + document.policy.holdDays * 86_400_000;
}

/** The year of an `lpp:` line ends what it holds (milliseconds); Infinity for every other line. */
export function endOfLine(line: string): number {
  const year = yearOf(line);
  return year === null ? Infinity : Date.UTC(year + 1, 0, 1);
}

/** A hold under LPP counts in the year of its decision: it is exported with a date of that year. */
export function isOutsideYear(line: string, exportedAt: number): boolean {
  const year = yearOf(line);
  return year !== null && new Date(exportedAt).getUTCFullYear() !== year;
}

function yearOf(line: string): number | null {
  return line.startsWith('lpp:') ? (partsOfLine(line)?.year ?? null) : null;
}

/** Which country lines debit when a hold is made, for good (reading `countAt`): others never do. */
export function countsAtLicence({ document }: CompiledRulebook, line: string): boolean {
  return document.policy.readings.countAt?.value === 'licence' && line.startsWith('country:');
}

/**
 * The route that a hold which is determined anew asks for: what was asked for when it was reserved; on the line of a
 * company it stays that of the line.
 */
export function routeOfHold({ line, route }: Pick<Reservation, 'line' | 'route'>, asked: RouteName | undefined): RouteName | undefined {
  return line.startsWith('country:') || route === 'none' ? asked : route;
}

/** On the line of a country the lines of companies are out of the question. */
export function portsOfHold({ line }: Pick<Reservation, 'line'>, ports: DeterminationPorts | undefined): DeterminationPorts | undefined {
  if (ports === undefined || !line.startsWith('country:')) return ports;
  return ports.companies && { companies: ports.companies };
}
