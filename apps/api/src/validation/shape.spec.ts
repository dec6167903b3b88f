import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
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
import { nearlyValid, valid } from '../testing/odd-bodies.js';
import { shapeOf } from './shape.js';

function errorsOf(dto: DtoClass, value: object): number {
  return validateSync(plainToInstance(dto, value), { whitelist: true, forbidNonWhitelisted: true }).length;
}

/** Where the members at fault are, as class-validator says at once of the whole. */
function placesIn(errors: readonly ValidationError[], pointer = ''): readonly string[] {
  // An element that is no object has no property; the array that holds it has an error of its own.
  return errors.flatMap(({ property, constraints, children }) => {
    if ((property as string | undefined) === undefined) return [];
    const at = `${pointer}/${property}`;
    return [...(constraints === undefined ? [] : [at]), ...placesIn(children ?? [], at)];
  });
}

/** class-validator also looks into an array that stands where an object should. */
function outermost(places: readonly string[]): ReadonlySet<string> {
  return new Set(places.filter((place) => !places.some((other) => place.startsWith(`${other}/`))));
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

describe('the faults of a value', () => {
  it('are those that class-validator finds in the whole', () => {
    fc.assert(
      fc.property(nearlyValid, (value) => {
        const faults = shapeOf(ReservationDto).faults(value);
        // class-transformer fails on members called `constructor`.
        if (faults.some(({ message }) => message.endsWith('is not known here')) || JSON.stringify(value).includes('"constructor"')) return;
        const whole = validateSync(plainToInstance(ReservationDto, value));
        const places = outermost(faults.map(({ pointer }) => pointer));
        expect(places).toEqual(whole.length === 0 ? new Set(['']) : outermost(placesIn(whole)));
      }),
      { numRuns: 400 },
    );
  });

  /** Objects that note that their quantity is looked at. */
  function watched(count: number, quantity: number): { readonly elements: readonly object[]; readonly looks: () => number } {
    let looks = 0;
    const quantityOf = { enumerable: true, get: () => ((looks += 1), quantity) };
    const elements = Array.from({ length: count }, () => Object.defineProperties({ chip: 'x' }, { quantity: quantityOf }));
    return { elements, looks: () => looks };
  }

  it('are sought in no array that is too long', () => {
    const { elements, looks } = watched(21_000, 0);
    const faults = shapeOf(ReservationDto).faults({ destination: 'AE', items: elements });
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/items']);
    expect(looks()).toBe(0);
  });

  it('are fifty at most, and nothing is looked at after the last of them', () => {
    const { elements, looks } = watched(100, 0.5);
    const faults = shapeOf(ReservationDto).faults({ destination: 'AE', items: elements });
    expect(faults).toHaveLength(50);
    expect(faults.at(-1)?.pointer).toBe('/items/24/quantity');
    expect(looks()).toBeLessThan(50 * 10);
  });

  it('stop at the fiftieth member that is not known, however many there are', () => {
    let looks = 0;
    const names = Array.from({ length: 5_000 }, (_, n) => `m${n}`);
    const value = new Proxy(Object.fromEntries(names.map((name) => [name, 1])), {
      getOwnPropertyDescriptor: (target, name) => ((looks += 1), Reflect.getOwnPropertyDescriptor(target, name)),
    });
    expect(shapeOf(ReservationDto).faults(value)).toHaveLength(50);
    expect(looks).toBeLessThan(60);
  });
});
