import 'reflect-metadata';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { DirectExportDto } from '../exports/export.dto.js';
import { AmendmentDto, HoldExportDto, ReservationDto } from '../reservations/reservation.dto.js';
import type { DtoClass } from '../validation/members.js';
import { nearlyValid, valid } from '../testing/odd-bodies.js';
import { shapeOf } from '../validation/shape.js';
import { WeightExportDto, weightsExample } from '../weight-exports/weight-export.dto.js';
import { dtoSchema } from './dto-schema.js';

const ajv = new Ajv2020({ strict: false, validateFormats: false });

describe('the documented schema of a body', () => {
  it.each<[string, DtoClass]>([
    ['reservation', ReservationDto],
    ['direct export', DirectExportDto],
    ['amendment', AmendmentDto],
    ['export of a hold', HoldExportDto],
  ])('accepts every %s that the API accepts', (_, dto) => {
    const documented = ajv.compile(dtoSchema(dto));
    const shape = shapeOf(dto);
    fc.assert(
      fc.property(nearlyValid, (value) => {
        if (shape.fits(value)) expect(documented(value) || ajv.errorsText(documented.errors)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['an unknown member', { ...valid, colour: 'red' }],
    ['a missing member', { items: valid.items }],
    ['a wrong quantity', { ...valid, items: [{ chip: 'x', quantity: 0 }] }],
    ['no items', { ...valid, items: [] }],
    ['a route that there is not', { ...valid, route: 'aeroplane' }],
    ['a control character', { ...valid, exporter: 'a\u0007b' }],
    ['only blanks', { ...valid, exporter: ' \u00a0' }],
    ['a member that is null', { ...valid, reference: null }],
    ['unknown facts', { ...valid, facts: { colour: 'red' } }],
  ])('refuses %s, as the API does', (_, value) => {
    expect([ajv.validate(dtoSchema(ReservationDto), value), shapeOf(ReservationDto).fits(value)]).toEqual([
      false,
      false,
    ]);
  });

  const odd = [undefined, null, true, 0, -1, 0.5, 1e26, 1e31, '', 'unknown', 'none', 'GB', 'x', [], [{}], {}, [null]];
  const paths = [
    ['weights'],
    ...['published', 'trainingOperations', 'syntheticData', 'derivedFrom', 'belowPublishedFrontier', 'origin', 'release']
      .map((name) => ['weights', name]),
    ['consignee'],
    ...['country', 'headquarters', 'ultimateParent', 'facility'].map((name) => ['consignee', name]),
    ...['exporter', 'route', 'licence', 'reference'].map((name) => [name]),
  ];

  it.each(paths)('and the API agree about any value of %s %s of an export of weights', (...path) => {
    const documented = ajv.compile(dtoSchema(WeightExportDto));
    for (const value of odd) {
      const body = structuredClone(weightsExample) as Record<string, unknown>;
      const [last = '', ...above] = [...path].reverse();
      const within = above.reduce((at, name) => at[name] as Record<string, unknown>, body);
      if (value === undefined) delete within[last];
      else within[last] = value;
      expect([value, documented(body)]).toEqual([value, shapeOf(WeightExportDto).fits(body)]);
    }
  });
});
