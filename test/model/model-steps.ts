import fc from 'fast-check';
import type { ModelItem } from './model-call.js';

export const inForce = Date.parse('2025-01-13T00:00:00Z');
export const periodStart = Date.parse('2025-01-01T00:00:00Z');
export const periodEnd = Date.parse('2028-01-01T00:00:00Z');

export const countries = [
  { destination: 'AE', line: 'country:AE' },
  { destination: 'SA', line: 'country:SA' },
  { destination: 'AU', line: 'country:AU' },
  { destination: 'CN', line: 'country:CN' },
] as const;

type OnLine = { readonly country: number };
type OnHold = { readonly pick: number; readonly stale: boolean };

/** What a run does next. `pick` chooses among what is there, `ms` is a distance from now (0: left out). */
export type Step =
  | ({ readonly do: 'reserve' | 'exportDirect'; readonly exporter: string; readonly items: readonly ModelItem[]; readonly ms: number } & OnLine)
  | ({ readonly do: 'amend'; readonly items: readonly ModelItem[] | null; readonly ms: number; readonly keyless: boolean } & OnHold)
  | ({ readonly do: 'release' } & OnHold)
  | ({ readonly do: 'exportHold'; readonly units: number; readonly final: boolean; readonly ms: number } & OnHold)
  | { readonly do: 'reverse'; readonly pick: number; readonly credits: boolean }
  | { readonly do: 'file'; readonly pick: number; readonly itn: string }
  | ({ readonly do: 'setCap'; readonly milliTpp: number } & OnLine)
  | ({ readonly do: 'switch'; readonly suspended: boolean } & OnLine)
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'lag'; readonly events: number }
  | { readonly do: 'restart' }
  | { readonly do: 'retry'; readonly pick: number; readonly change: Change }
  | { readonly do: 'burst'; readonly steps: readonly (Step & { do: 'reserve' | 'exportDirect' })[]; readonly twice: Change | null };

type Change = 'same' | 'body' | 'exporter';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const chip = fc.constantFrom('nvidia-h100-sxm5', 'amd-mi300x', 'nvidia-v100-sxm2');
const items = fc.uniqueArray(fc.record({ chip, quantity: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, maxLength: 2, selector: (item) => item.chip });
const country = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.constant(1) }, { weight: 2, arbitrary: fc.constantFrom(2, 3) });
const exporter = fc.constantFrom('acme', 'globex');
const pick = fc.nat(50);
const stale = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
const change = fc.constantFrom<Change>('same', 'same', 'body', 'exporter');
const expiry = fc.constantFrom(0, 0, hourMs, hourMs, 2 * dayMs, -1, 3 * 365 * dayMs);
const exportedAgo = fc.constantFrom(-hourMs, -hourMs, -hourMs, -dayMs, 25 * hourMs, -2 * 365 * dayMs);

const reserve = fc.record({ do: fc.constant('reserve' as const), country, exporter, items, ms: expiry });
const exportDirect = fc.record({ do: fc.constant('exportDirect' as const), country, exporter, items, ms: exportedAgo });
const exportHold = fc.record({ do: fc.constant('exportHold' as const), pick, stale, units: fc.nat(6), final: fc.boolean(), ms: exportedAgo });
const amend = fc.record({
  do: fc.constant('amend' as const),
  pick,
  stale,
  items: fc.option(items),
  ms: fc.constantFrom(0, 0, hourMs, dayMs, -1),
  keyless: fc.boolean(),
});

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: reserve },
  { weight: 4, arbitrary: exportDirect },
  { weight: 8, arbitrary: exportHold },
  { weight: 6, arbitrary: amend },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('release' as const), pick, stale }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reverse' as const), pick, credits: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('file' as const), pick, itn: fc.constantFrom('X1', 'X2') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('setCap' as const), country, milliTpp: fc.integer({ min: 0, max: 400 }).map((n) => n * 1_000_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('switch' as const), country, suspended: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.constantFrom(60_000, hourMs, hourMs, 20 * dayMs) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('lag' as const), events: fc.constantFrom(0, 1, 3, 10, 1000) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('retry' as const), pick: fc.nat(200), change }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('burst' as const),
      steps: fc.array(fc.oneof(reserve, exportDirect), { minLength: 2, maxLength: 6 }),
      twice: fc.option(change),
    }),
  },
);
