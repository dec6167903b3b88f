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
import { nearlyValid, valid } from './odd-bodies.js';
import { shapeOf } from './shape.js';

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
      fc.property(fc.oneof(nearlyValid, fc.jsonValue({ maxDepth: 3 })), (value) => {
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
