import 'reflect-metadata';
import { AppModule } from '../app.module.js';
import { WeightExportDto } from '../weight-exports/weight-export.dto.js';
import { CompanyDto } from '../companies/company.dto.js';
import { recordedOperations } from '../pipeline/operation.js';
import { ReservationDto } from '../reservations/reservation.dto.js';
import { membersOf, type DtoMember } from './dto-members.js';
import type { DtoClass } from './members.js';
import { shapeOf } from './shape.js';

const nfd = 'Socie\u0301te\u0301  Puces ';
const nfc = 'Soci\u00e9t\u00e9 Puces';

/** Every member of every body and query of the API, as `Class.member`. */
function membersOfApi(): readonly (readonly [string, DtoMember])[] {
  expect(AppModule).toBeDefined();
  const all = new Map<string, DtoMember>();
  const add = (dto: DtoClass): void => {
    for (const member of membersOf(dto)) {
      all.set(`${dto.name}.${member.name}`, member);
      if (member.nested !== undefined) add(member.nested.dto);
    }
  };
  for (const { text } of recordedOperations) for (const dto of [text.body?.dto, text.body?.or?.dto, text.query]) if (dto) add(dto);
  return [...all];
}

const membersWith = (check: string): readonly string[] =>
  membersOfApi().flatMap(([name, { checks }]) => (checks.some((each) => each.name === check) ? [name] : []));

describe('the texts of the API', () => {
  it('take no format characters, unless they name what was recorded when such were accepted', () => {
    const texts = membersOfApi().flatMap(([name, { checks }]) => {
      const ofText = checks.filter((check) => /^(isText|isName|isString|matches|isRecordedText)$/.test(check.name));
      return ofText.length === 0 ? [] : [{ name, takes: ofText.every(({ passes }) => passes('AE\u200b')) }];
    });
    expect(texts.length).toBeGreaterThan(60);
    expect(texts.flatMap(({ name, takes }) => (takes ? [name] : [])).sort()).toEqual(['EventQuery.stream', 'HeldItemDto.description']);
  });

  it('that name somebody are these', () => {
    expect(membersWith('isName')).toEqual(expect.arrayContaining([
      'AuthorisationDto.companyId', 'AuthorisationQuery.company', 'CompanyAmendmentDto.aliases', 'CompanyAmendmentDto.name',
      'CompanyDto.aliases', 'CompanyDto.name', 'CompanyMergerDto.into', 'CompanyQuery.name', 'ConsigneeDto.name',
      'BulkReservationDto.exporter', 'DirectExportDto.exporter', 'ExportQuery.exporter', 'LineQuery.holder',
      'ObligationQuery.exporter', 'ObligationQuery.party', 'PartyDto.name', 'ReportQueryDto.exporter', 'ReportQueryDto.party',
      'ReservationDto.exporter', 'ReservationQuery.exporter', 'WeightExportDto.exporter',
      'WeightExportQuery.exporter', 'WeightsConsigneeDto.name', 'WeightsDeterminationDto.exporter', 'WeightsParentDto.name',
    ]));
  });
});

describe('a body', () => {
  const reservation = { destination: 'AE', exporter: nfc, items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }], reference: nfd };

  it('whose names are normal is handed on as it is', () => {
    expect(shapeOf(ReservationDto).check(reservation)).toBe(reservation);
  });

  it('has its names in their normal form, at any depth, and nothing else changed', () => {
    const party = { name: nfd, headquarters: 'AE' };
    const sent = { ...reservation, exporter: nfd, ultimateConsignee: { ...party, ultimateParent: party }, facts: { operator: party } };
    const before = structuredClone(sent);
    const normal = { ...party, name: nfc };
    expect(shapeOf(ReservationDto).check(sent)).toEqual({
      ...reservation,
      ultimateConsignee: { ...normal, ultimateParent: normal },
      facts: { operator: normal },
    });
    expect(sent).toEqual(before);
  });

  it('has lists of names in their normal form', () => {
    expect(shapeOf(CompanyDto).check({ name: 'Falcon', aliases: ['Falcon Cloud', nfd] })).toEqual({ name: 'Falcon', aliases: ['Falcon Cloud', nfc] });
    const listed = { name: 'Falcon', aliases: ['Falcon Cloud'] };
    expect(shapeOf(CompanyDto).check(listed)).toBe(listed);
  });

  it('keeps the words that may stand for a party', () => {
    const weights = { published: false };
    const body = { weights, consignee: { name: nfd, ultimateParent: 'none' }, exportedAt: '2026-06-01T00:00:00Z' };
    expect(shapeOf(WeightExportDto).check(body)).toEqual({ ...body, consignee: { name: nfc, ultimateParent: 'none' } });
  });

  it.each([
    ['\u200b', 'U+200B'],
    ['\u202e', 'U+202E'],
    ['\ufeff', 'U+FEFF'],
    ['\u00ad', 'U+00AD'],
  ])('with the format character %p is told which one it is', (character, name) => {
    for (const member of ['exporter', 'reference']) {
      const [fault] = shapeOf(ReservationDto).faults({ ...reservation, [member]: `ac${character}me` });
      expect(fault).toMatchObject({ pointer: `/${member}`, message: expect.stringContaining(`it has ${name}, which is invisible`) });
    }
    const [fault] = shapeOf(CompanyDto).faults({ name: 'Falcon', aliases: ['a', `b${character}`] });
    expect(fault.message).toContain(name);
  });
});
