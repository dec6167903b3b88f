import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { DirectExportDto } from '../exports/export.dto.js';
import {
  AmendmentDto,
  BulkReservationDto,
  HoldExportDto,
  ReleaseDto,
  ReservationDto,
} from '../reservations/reservation.dto.js';
import type { DtoClass } from './members.js';
import { shapeOf } from './shape.js';

const valid = {
  destination: 'AE',
  exporter: 'acme-semi',
  route: 'licence',
  ultimateConsignee: {
    name: 'Falcon Cloud',
    country: 'AE',
    headquarters: 'AE',
    ultimateParent: { name: 'Falcon Holding', headquarters: 'AE' },
  },
  items: [
    { chip: 'nvidia-h100-sxm5', quantity: 1000 },
    { description: 'custom board', eccn: '4A090.a', tppPerUnit: 20919.2, quantity: 3 },
  ],
  expiresAt: '2026-12-31T00:00:00Z',
  reference: 'PO-4711',
  facts: {},
};

const odd = fc.constantFrom<unknown>(
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  -0,
  '',
  'AE',
  'ae',
  '2026-12-31T00:00:00Z',
  '2026-02-30T00:00:00Z',
  [],
  {},
  [[]],
  [null],
  [{}],
  { a: 1 },
  '\ud800',
  'a\u0000b',
  'x'.repeat(201),
  { name: 1 },
  [{ chip: 'x', quantity: 1 }, 1],
  [[{ chip: 'x', quantity: 1 }]],
  'hasOwnProperty',
);

/** A valid body with a few of its members, at any depth, replaced, removed or added. */
const mutated = fc
  .array(
    fc.record({
      path: fc.array(
        fc.constantFrom(
          'destination',
          'exporter',
          'route',
          'ultimateConsignee',
          'items',
          'expiresAt',
          'reference',
          'facts',
          'name',
          'country',
          'headquarters',
          'ultimateParent',
          '0',
          '1',
          'chip',
          'description',
          'eccn',
          'quantity',
          'tppPerUnit',
          'hasOwnProperty',
          'constructor',
          'exportedAt',
          'itn',
          'tpp',
          'final',
        ),
        { minLength: 1, maxLength: 3 },
      ),
      value: fc.oneof(odd, fc.jsonValue()),
    }),
    { maxLength: 3 },
  )
  .map((changes) => {
    const body = structuredClone(valid) as Record<string, unknown>;
    for (const { path, value } of changes) {
      let at: Record<string, unknown> = body;
      for (const name of path.slice(0, -1)) {
        const next = Object.hasOwn(at, name) ? at[name] : undefined;
        if (typeof next === 'object' && next !== null) at = next as Record<string, unknown>;
      }
      const last = path.at(-1) ?? '';
      if (value === undefined) delete at[last];
      else Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true });
    }
    return JSON.parse(JSON.stringify(body)) as object;
  });

function errorsOf(dto: DtoClass, value: object): number {
  return validateSync(plainToInstance(dto, value), { whitelist: true, forbidNonWhitelisted: true }).length;
}

describe('the compiled predicate', () => {
  it.each<[string, DtoClass, object]>([
    ['a whole reservation', ReservationDto, valid],
    ['the smallest reservation', ReservationDto, { destination: 'AE', items: [{ chip: 'x', quantity: 1 }] }],
    ['a bulk line', BulkReservationDto, { ...valid, idempotencyKey: '12345678' }],
    [
      'a direct export',
      DirectExportDto,
      { ...valid, exportedAt: '2026-01-01T00:00:00.5+02:00', itn: 'X20260101000001' },
    ],
    ['an export of all that is held', HoldExportDto, { exportedAt: '2026-01-01T00:00:00Z' }],
    ['an amendment that takes the reference away', AmendmentDto, { reference: null }],
    ['a release without reason', ReleaseDto, {}],
  ])('accepts %s, as class-validator does', (_, dto, value) => {
    expect(shapeOf(dto).fits(value)).toBe(true);
    expect(errorsOf(dto, value)).toBe(0);
  });

  it.each<[string, DtoClass]>([
    ['reservations', ReservationDto],
    ['direct exports', DirectExportDto],
    ['amendments', AmendmentDto],
    ['exports of holds', HoldExportDto],
  ])('never accepts %s in which class-validator finds an error', (_, dto) => {
    const shape = shapeOf(dto);
    fc.assert(
      fc.property(fc.oneof(mutated, fc.jsonValue({ maxDepth: 3 })), (value) => {
        if (!shape.fits(value)) expect(shape.faults(value).length).toBeGreaterThan(0);
        else expect(errorsOf(dto, value as object)).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['an unknown member', { ...valid, colour: 'red' }, ['/colour']],
    ['an unknown member of an item', { ...valid, items: [{ chip: 'x', quantity: 1, price: 1 }] }, ['/items/0/price']],
    [
      'a wrong quantity',
      {
        ...valid,
        items: [
          { chip: 'x', quantity: 1 },
          { chip: 'y', quantity: 0 },
        ],
      },
      ['/items/1/quantity'],
    ],
    ['a missing destination', { items: valid.items }, ['/destination']],
    [
      'a parent that is no object',
      { ...valid, ultimateConsignee: { name: 'A', ultimateParent: 'B' } },
      ['/ultimateConsignee/ultimateParent'],
    ],
    ['items in items', { ...valid, items: [[{ chip: 'x', quantity: 1 }]] }, ['/items']],
    ['a name that every object inherits', { ...valid, hasOwnProperty: 1 }, ['/hasOwnProperty']],
    [
      '__proto__',
      JSON.parse('{"destination":"AE","items":[{"chip":"x","quantity":1}],"__proto__":{"a":1}}'),
      ['/__proto__'],
    ],
  ])('names %s', (_, value, pointers) => {
    const found = shapeOf(ReservationDto)
      .faults(value)
      .map(({ pointer }) => pointer);
    expect([...new Set(found)]).toEqual(pointers);
  });

  it.each([
    [20919.2, true],
    [0, true],
    [0.001, true],
    [0.0001, false],
    [-1, false],
    [9007199254740.991, true],
    [9007199254740.992, false],
    ['1', false],
  ])('takes %p as an amount of TPP: %p', (tppPerUnit, fits) => {
    expect(shapeOf(ReservationDto).fits({ ...valid, items: [{ description: 'x', tppPerUnit, quantity: 1 }] })).toBe(
      fits,
    );
  });
});
