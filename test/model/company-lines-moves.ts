import fc from 'fast-check';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export interface Shipment {
  readonly units: number;
  readonly to: string;
  /** The name of a registered company, or of a parent; null: nobody is named. */
  readonly consignee: string | null;
  readonly route: 'lpp' | 'uveu' | 'nveu' | undefined;
  readonly direct: boolean;
  /** How long a hold lasts, or how long ago an export was. */
  readonly ms: number;
}

export type Move =
  | ({ readonly do: 'ship' } & Shipment)
  | { readonly do: 'burst'; readonly shipments: readonly Shipment[] }
  | { readonly do: 'export'; readonly pick: number; readonly units: number | 'all'; readonly agoMs: number }
  | { readonly do: 'amend'; readonly pick: number; readonly units: number }
  | { readonly do: 'release' | 'reverse'; readonly pick: number }
  | { readonly do: 'attrition' | 'declare'; readonly pick: number; readonly units: number }
  /** A company validated everywhere moves its headquarters. */
  | { readonly do: 'relocate'; readonly pick: number; readonly to: string }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'merge'; readonly from: string; readonly into: string }
  | { readonly do: 'restart' };

const pick = fc.nat(20);
const units = fc.integer({ min: 1, max: 14 });

const shipment: fc.Arbitrary<Shipment> = fc.record({
  units,
  to: fc.constantFrom('AE', 'AE', 'SA', 'IN', 'DE'),
  consignee: fc.constantFrom('Falcon', 'Falcon', 'Eagle', 'Kite', 'Nordic', 'Nordic', 'Yankee', 'Yankee', 'Gulf', 'Gulf', 'Arabia', 'Baltic', null),
  route: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom('lpp' as const, 'uveu' as const, 'nveu' as const) }),
  direct: fc.integer({ min: 0, max: 3 }).map((dice) => dice === 0),
  ms: fc.constantFrom(hourMs, 3 * dayMs, 30 * dayMs, 60 * dayMs),
});

const ids = ['falcon', 'eagle', 'kite', 'gulf', 'arabia', 'nordic', 'yankee', 'baltic'] as const;

export const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: shipment.map((each) => ({ do: 'ship' as const, ...each })) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('burst' as const), shipments: fc.array(shipment, { minLength: 2, maxLength: 6 }) }) },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('export' as const),
        pick,
        units: fc.oneof(units, fc.constant('all' as const)),
        agoMs: fc.constantFrom(hourMs, hourMs, 40 * dayMs),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('amend' as const), pick, units }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('release' as const, 'reverse' as const), pick }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('attrition' as const), pick, units }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('declare' as const), pick, units: fc.integer({ min: 20, max: 300 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('relocate' as const), pick, to: fc.constantFrom('NO', 'US', 'US') }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.constantFrom(hourMs, 5 * dayMs, 25 * dayMs, 45 * dayMs) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), from: fc.constantFrom(...ids), into: fc.constantFrom(...ids) }) },
    { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
  ),
  { minLength: 20, maxLength: 60, size: 'max' },
);
