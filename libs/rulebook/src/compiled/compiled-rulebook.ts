import type { CompiledChip } from './compiled-chip.js';
import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.js';
import { CompiledRoute } from './compiled-route.js';
import { compileSystem, type CompiledSystem } from './compiled-system.js';
import { CountryGroupIndex, type GroupSet } from '../countries/country-group-index.js';
import type { RouteName } from '../determination.js';
import { EffectiveDated } from './effective-dated.js';
import { instantMs } from '../dates/instant.js';
import { DeclaredEccns } from '../items/declared-eccn.js';
import { LevelBounds } from '../items/level-bounds.js';
import { fromTpp, noTpp, type MilliTpp } from '../milli-tpp.js';
import { countryOfLine, kindOfLine, lineOfCountry } from '../limits/quota-lines.js';
import { readingOf } from '../document/readings.js';
import type { Chip, GroupMembership, Rulebook } from '../document/rulebook.js';
import type { DestinationGroup } from '../countries/destination-group.js';
import { routesUnderReadings } from '../document/route-readings.js';
import { isLevelBGroup } from '../routes/level-b.js';
import { Schedule } from './schedule.js';
import { Territories } from '../countries/territories.js';
import type { WeightsRulebook } from '../weights/weights-rules.js';

/** The quota period in milliseconds since 1970, UTC; the end is exclusive. */
export interface QuotaPeriod {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * A valid rulebook with everything that is asked for each request computed ahead. Made by `loadRulebook`;
 * the constructor trusts its document.
 */
export class CompiledRulebook {
  /** `sha256:` and the hex SHA-256 of the document's canonical JSON. */
  readonly hash: string;
  readonly reference: { readonly hash: string; readonly id: string; readonly version: string };
  readonly period: QuotaPeriod;
  /** When the rule took effect, in milliseconds since 1970, UTC; undefined where the document does not say. */
  readonly inForceMs: number | undefined;
  readonly chips: readonly CompiledChip[];
  /** Those whose parts are all in the catalogue. */
  readonly systems: readonly CompiledSystem[];
  /** Which destinations have the treatment of another country. */
  readonly territories: Territories;
  readonly countryGroups: CountryGroupIndex;
  /** Where items of 3A090.b need a licence, but for the second; empty in a rulebook that has no `controls`. */
  readonly levelBGroups: { readonly controlled: GroupSet; readonly excepted: GroupSet };
  /** Of which an NVEU must be in one. */
  readonly nveuGroups: GroupSet;
  /** What an NVEU may have installed in one country, by date; undefined without that route. */
  readonly nveuSchedule: Schedule | undefined;
  /** The control of model weights; undefined in a rulebook that says nothing of them. */
  readonly weightsRulebook: WeightsRulebook | undefined;
  readonly levelBounds: LevelBounds;
  readonly declaredEccns: DeclaredEccns;
  readonly #chipById: ReadonlyMap<string, CompiledChip>;
  readonly #systemById: ReadonlyMap<string, CompiledSystem>;
  readonly #routes: ReadonlyMap<string, CompiledRoute>;
  readonly #groups: EffectiveDated<GroupMembership>;
  readonly #capExceptions: EffectiveDated<MilliTpp>;
  readonly #perCountry: MilliTpp;

  constructor(readonly document: Rulebook) {
    const { id, version, period, itemLevels, allocations } = document;
    this.hash = `sha256:${createHash('sha256').update(canonicalJson(document)).digest('hex')}`;
    this.reference = { hash: this.hash, id, version };
    this.period = { startMs: msOf(period.start), endMs: msOf(period.end) };
    this.inForceMs = document.inForce && msOf(document.inForce.from);
    this.levelBounds = new LevelBounds(itemLevels);
    this.declaredEccns = new DeclaredEccns(itemLevels.declared);
    this.chips = document.chips.map((chip) => compileChip(chip, this.levelBounds));
    this.#chipById = new Map(this.chips.map((chip) => [chip.id, chip]));
    this.systems = (document.systems ?? [])
      .filter(({ parts }) => parts.every(({ chip }) => this.#chipById.has(chip)))
      .map((system) => compileSystem(system, (chip) => this.#chipById.get(chip)));
    this.#systemById = new Map(this.systems.map((system) => [system.id, system]));
    this.territories = new Territories(document);
    this.countryGroups = new CountryGroupIndex(document.countryGroups ?? [], (country) => this.territories.treatedAs(country));
    this.levelBGroups = {
      controlled: this.countryGroups.setOf(document.controls?.b.groups ?? []),
      excepted: this.countryGroups.setOf(document.controls?.b.exceptGroups ?? []),
    };
    this.nveuGroups = this.countryGroups.setOf(document.routes?.nveu?.eligibleGroups ?? []);
    const isNoticeAbove = readingOf(document, 'lppNoticeAt') === 'above';
    const routes = Object.entries(routesUnderReadings(document));
    this.#routes = new Map(routes.map(([name, settings]) => [name, new CompiledRoute(settings, isNoticeAbove)]));
    const steps = document.routes?.nveu?.schedule;
    this.nveuSchedule = steps && new Schedule(steps);
    this.#groups = new EffectiveDated(
      document.groups.map((membership) => ({
        key: membership.country,
        fromMs: msOf(membership.from, -Infinity),
        untilMs: msOf(membership.until, Infinity),
        value: membership,
      })),
    );
    const { weights } = document;
    this.weightsRulebook = weights && {
      weights,
      groupOf: (country, atMs) => this.groupOf(country, atMs),
      isRestricted: (country, atMs) => isLevelBGroup(this, country, atMs),
    };
    this.#capExceptions = capExceptions(document);
    this.#perCountry = fromTpp(allocations.perCountryTpp);
  }

  chip(id: string): CompiledChip | undefined {
    return this.#chipById.get(id);
  }

  system(id: string): CompiledSystem | undefined {
    return this.#systemById.get(id);
  }

  /** Whether a chip or system of the catalogue is designed or marketed for datacentres; true for every other id. */
  isForDatacenters(id: string): boolean {
    return (this.#chipById.get(id) ?? this.#systemById.get(id))?.datacenter ?? true;
  }

  /** The route as this rulebook has it, undefined if it has not. */
  route(name: RouteName): CompiledRoute | undefined {
    return this.#routes.get(name);
  }

  /**
   * The destination group of a country at a date, for a territory that of its country; the default group for every country
   * that is not named.
   */
  groupOf(country: string, atMs: number): DestinationGroup {
    return this.membershipOf(country, atMs)?.group ?? this.document.defaultGroup;
  }

  /** The entry that puts a country into its group at a date, undefined where that is the default group. */
  membershipOf(country: string, atMs: number): GroupMembership | undefined {
    return this.#groups.at(this.territories.treatedAs(country), atMs)?.value;
  }

  /**
   * The cap of a country's own line for the whole period: null where there is none to keep (partner, home), 0 if embargoed
   * and for a territory, which draws on the line of its country (`lineOf`).
   */
  allocationOf(country: string, atMs: number): MilliTpp | null {
    switch (this.groupOf(country, atMs)) {
      case 'allocation':
        if (this.territories.of(country) !== undefined) return noTpp;
        return this.#capExceptions.at(country, atMs)?.value ?? this.#perCountry;
      case 'embargoed':
        return noTpp;
      case 'partner':
      case 'home':
        return null;
    }
  }

  /**
   * The quota line that counts what goes to a destination: its own, and for a territory of a country with an allocation that
   * of the country. "Licensed to each destination" (742.6(b)(10)(iii)(B)(1)), and a territory is treated as its country.
   */
  lineOf(destination: string, atMs: number): string {
    const country = this.territories.of(destination)?.of;
    return lineOfCountry(country !== undefined && this.groupOf(country, atMs) === 'allocation' ? country : destination);
  }

  /**
   * The cap of a quota line at a date: as `allocationOf` for a country, the yearly limit of an `lpp:` line, what the
   * schedule permits an `nveu:` line; 0 where the rulebook has no such route. Null for a `uveu:` line: its limits are
   * shares of what the company declares (`uveuLimits`).
   * @throws RangeError for what is no quota line.
   */
  capOfLine(line: string, atMs: number): MilliTpp | null {
    const country = countryOfLine(line);
    if (country !== undefined) return this.allocationOf(country, atMs);
    switch (kindOfLine(line)) {
      case 'lpp':
        return this.route('lpp')?.milliTpp('perYearTpp') ?? noTpp;
      case 'nveu':
        return this.nveuSchedule?.at(atMs) ?? noTpp;
      case 'uveu':
        return null;
      default:
        throw new RangeError(`Not a quota line: ${line}.`);
    }
  }

  /** The first moment after `afterMs` at which a country changes its group or its cap; undefined if none does. */
  nextGroupChange(afterMs: number): number | undefined {
    return earliest([this.#groups.nextChange(afterMs), this.#capExceptions.nextChange(afterMs)]);
  }

  /** As `nextGroupChange`, and the dates at which the limits of `nveu:` lines rise. */
  nextCapChange(afterMs: number): number | undefined {
    return earliest([this.nextGroupChange(afterMs), this.nveuSchedule?.nextChange(afterMs)]);
  }
}

function earliest(moments: readonly (number | undefined)[]): number | undefined {
  return moments.reduce((first, each) => (first === undefined || (each ?? Infinity) < first ? each : first), undefined);
}

function msOf(instant: string | undefined, otherwise = NaN): number {
  return instant === undefined ? otherwise : (instantMs(instant) ?? NaN);
}

/** Each exception holds until the next one of its country. */
function capExceptions({ allocations }: Rulebook): EffectiveDated<MilliTpp> {
  const latestFirst = allocations.exceptions
    .map(({ country, tpp, from }) => ({ key: country, fromMs: msOf(from, -Infinity), value: fromTpp(tpp) }))
    .sort((a, b) => (a.fromMs > b.fromMs ? -1 : 1));
  const nextMs = new Map<string, number>();
  return new EffectiveDated(
    latestFirst.map((span) => {
      const untilMs = nextMs.get(span.key) ?? Infinity;
      nextMs.set(span.key, span.fromMs);
      return { ...span, untilMs };
    }),
  );
}

function compileChip(chip: Chip, bounds: LevelBounds): CompiledChip {
  const milliTppPerUnit = fromTpp(chip.tppPerUnit);
  const dieAreaMilliMm2 = chip.dieAreaMm2 === null ? null : Math.round(chip.dieAreaMm2 * 1000);
  const found = bounds.classify({ milliTpp: milliTppPerUnit, dieAreaMilliMm2, datacenter: chip.datacenter });
  const { eccn, level, paragraph } =
    found === 'unknown' ? { eccn: 'unknown', level: 'unknown' as const, paragraph: null } : found;
  return {
    ...chip,
    milliTppPerUnit,
    performanceDensity: chip.dieAreaMm2 === null ? null : Math.round((chip.tppPerUnit / chip.dieAreaMm2) * 100) / 100,
    eccn,
    paragraph,
    level,
    unit: level === 'unknown' ? null : { chip: chip.id, description: null, eccn, level, milliTppPerUnit },
  };
}
