import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtInRulebook } from '../document/built-in-rulebook.js';
import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import { dueAt } from '../dates/due-at.js';
import { dutyPeriods } from '../dates/duty-periods.js';
import { loadRulebook, RulebookInvalid } from '../document/load-rulebook.js';
import { milliTpp } from '../milli-tpp.js';
import { outcomeOf, parseTable } from '../testing/shipment-table.js';
import { uveuLimits } from '../limits/uveu-limits.js';
import { determineWeights } from '../weights/determine-weights.js';
import type { WeightsFacts } from '../weights/weights-facts.js';
import { checkRulebook } from './check-rulebook.js';

const table = new URL('../../../../../libs/rulebook/src/routes/shipments-by-hand.txt', import.meta.url);
const shipments = parseTable(readFileSync(fileURLToPath(table), 'utf8')).filter((_, row) => row % 16 === 0);
const atMs = Date.parse('2026-03-01T00:00:00Z');
const weights: WeightsFacts = {
  published: false,
  trainingOperations: 9e25,
  syntheticData: [{ generator: 'Big', trainingOperations: 2e26, published: false, generationOperations: 3e25 }],
  derivedFrom: { model: 'Base', published: true, trainingOperations: 1e27, furtherOperations: 4e26 },
  origin: 'us',
};

type Place = readonly (string | number)[];

/** Where a document has numbers and lists; of a list the first element alone. */
function placesIn(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value === 'number') return [place];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return [place, ...(value.length === 0 ? [] : placesIn(value[0], [...place, 0]))];
  return Object.entries(value).flatMap(([name, member]) => placesIn(member, [...place, name]));
}

function withValue(place: Place, value: unknown): unknown {
  const document = structuredClone(builtInRulebook().document) as unknown;
  const last = place.at(-1) as string;
  const holder = place.slice(0, -1).reduce((at, name) => (at as Record<string, unknown>)[String(name)], document);
  (holder as Record<string, unknown>)[last] = value;
  return document;
}

/** Everything that a rulebook decides or counts with. */
function decideWith(rulebook: CompiledRulebook): void {
  checkRulebook(rulebook.document);
  for (const { shipment } of shipments) outcomeOf(shipment, rulebook);
  const consignee = { country: 'AE', headquarters: 'AE' };
  if (rulebook.weightsRulebook) determineWeights(rulebook.weightsRulebook, weights, consignee, atMs);
  for (const declaredMilliTpp of [milliTpp(1), milliTpp(Number.MAX_SAFE_INTEGER)]) {
    uveuLimits(rulebook, { declaredMilliTpp, headquarters: 'US' }, 'AE', atMs);
  }
  for (const line of ['country:AE', 'lpp:falcon:2026', 'nveu:falcon:AE']) rulebook.capOfLine(line, atMs);
  for (const { obligations } of Object.values(rulebook.document.routes ?? {})) {
    for (const { kind } of obligations) {
      for (const route of Object.keys(rulebook.document.routes ?? {})) {
        const due = rulebook.route(route as 'aia')?.dueOf(kind);
        if (due === undefined) continue;
        dueAt(due, { exportedAtMs: atMs, transferAtMs: atMs, incidentAtMs: atMs });
        if (due.when === 'yearly' || due.when === 'every-months') Array.from(dutyPeriods(due, atMs, atMs + 400 * 86_400_000));
      }
    }
  }
}

const oddFigures = [0, -1, 0.001, 0.12345, 12.5, 1e9, 9007199254740.991, 1e15, 1e300];

describe('a figure or list of a rulebook', () => {
  it.each(placesIn(builtInRulebook().document).map((place) => [place.join('/'), place] as const))(
    '%s is refused if nothing can be decided with it',
    (_, place) => {
      const isFigure = typeof place.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], builtInRulebook().document) === 'number';
      for (const value of isFigure ? oddFigures : [[]]) {
        let rulebook: CompiledRulebook;
        try {
          rulebook = loadRulebook(withValue(place, value));
        } catch (error) {
          expect(error).toBeInstanceOf(RulebookInvalid);
          continue;
        }
        decideWith(rulebook);
      }
    },
  );
});
