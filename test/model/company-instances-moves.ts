import fc from 'fast-check';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What one of the instances is asked, or all of them at once. */
export type Asked =
  | { readonly do: 'reserve' | 'exportDirect'; readonly units: number; readonly to: string; readonly consignee: string | null; readonly route: 'lpp' | undefined }
  | { readonly do: 'export'; readonly pick: number; readonly units: number | 'all' }
  | { readonly do: 'amend'; readonly pick: number; readonly units: number }
  | { readonly do: 'release' | 'reverse'; readonly pick: number }
  | { readonly do: 'merge'; readonly from: string; readonly into: string }
  | { readonly do: 'declare'; readonly units: number }
  /** Something that was asked before, by its very key. */
  | { readonly do: 'again'; readonly pick: number };

export type Move =
  | { readonly do: 'ask'; readonly what: Asked; readonly by: number; readonly toAll: boolean; readonly together: boolean }
  | { readonly do: 'follow'; readonly by: number; readonly lag: number }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'fault'; readonly fault: 'unavailable' | 'unknown-lost' | 'unknown-stored'; readonly times: number }
  /** The instance goes away with all that it was about to do; or, without a trace of its end, it goes on beside its successor. */
  | { readonly do: 'restart' | 'replace'; readonly by: number };

const pick = fc.nat(20);
const units = fc.integer({ min: 1, max: 14 });
const id = fc.constantFrom('falcon', 'eagle', 'kite', 'gulf');

const shipment = fc.record({
  do: fc.constantFrom('reserve' as const, 'reserve' as const, 'exportDirect' as const),
  units,
  to: fc.constantFrom('AE', 'AE', 'SA', 'IN'),
  consignee: fc.constantFrom('Falcon', 'Falcon', 'Falcon', 'Eagle', 'Kite', 'Gulf', 'Nordic', null),
  route: fc.constantFrom(undefined, undefined, undefined, undefined, 'lpp' as const),
});

const asked: fc.Arbitrary<Asked> = fc.oneof(
  { weight: 12, arbitrary: shipment },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('again' as const), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('export' as const), pick, units: fc.oneof(units, fc.constant('all' as const)) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('amend' as const), pick, units }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('release' as const, 'release' as const, 'reverse' as const), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), from: id, into: id }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('declare' as const), units: fc.integer({ min: 20, max: 300 }) }) },
);

const by = fc.nat(1);

export const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    {
      weight: 30,
      arbitrary: fc.record({ do: fc.constant('ask' as const), what: asked, by, toAll: fc.integer({ min: 0, max: 3 }).map((dice) => dice === 0), together: fc.boolean() }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('follow' as const), by, lag: fc.nat(20) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.constantFrom(hourMs, 5 * dayMs, 25 * dayMs) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('fault' as const), fault: fc.constantFrom('unavailable' as const, 'unknown-lost' as const, 'unknown-stored' as const), times: fc.integer({ min: 1, max: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('restart' as const, 'replace' as const), by }) },
  ),
  { minLength: 15, maxLength: 45, size: 'max' },
);
