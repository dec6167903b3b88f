import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { MilliTpp } from '../milli-tpp.js';

/** How many whole units of an item a limit of the rulebook has room for. */
export interface LimitInUnits {
  readonly limit: string;
  readonly tpp: number;
  readonly units: number;
  readonly citation: string;
}

/**
 * The limits of the rulebook at a date, each with the whole units that fit it: those of LPP and AIA, the country
 * allocation, as it is and raised to its ceiling, and the installed base of a National VEU in one country.
 * Pure; empty for an item without TPP.
 */
export function limitsInUnits(rulebook: CompiledRulebook, milliTpp: MilliTpp, atMs: number): readonly LimitInUnits[] {
  if (milliTpp === 0) return [];
  const { allocations, routes } = rulebook.document;
  const limits: Omit<LimitInUnits, 'units'>[] = [];
  for (const [route, name, limit] of ofParameters) {
    const figure = routes?.[route]?.parameters[name];
    if (figure !== undefined) limits.push({ limit, tpp: figure.value, citation: figure.citation });
  }
  const { perCountryTpp, citation, ceiling } = allocations;
  limits.push({ limit: 'Country allocation', tpp: perCountryTpp, citation });
  if (ceiling !== undefined) {
    limits.push({ limit: 'Country allocation, raised', tpp: ceiling.tpp, citation: ceiling.citation });
  }
  const step = routes?.nveu?.schedule
    ?.filter(({ from }) => Date.parse(from) <= atMs)
    .sort((a, b) => Date.parse(a.from) - Date.parse(b.from))
    .at(-1);
  if (step !== undefined) {
    limits.push({ limit: `NVEU, ${step.name}`, tpp: step.tpp, citation: step.citation });
  }
  return limits.map((limit) => ({ ...limit, units: Math.floor((limit.tpp * 1000) / milliTpp) }));
}

const ofParameters = [
  ['lpp', 'noticeTpp', 'LPP notice'],
  ['lpp', 'perYearTpp', 'LPP, a year'],
  ['aia', 'filingTpp', 'AIA filing'],
] as const;
