import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { builtInRulebook } from './built-in-rulebook.js';
import { countries } from '../countries/countries.js';
import { loadRulebook } from './load-rulebook.js';
import type { DestinationGroup } from '../countries/destination-group.js';

const rulebook = builtInRulebook();
const at = (instant: string): number => Date.parse(instant);
/** Without territories, which have the group of their country. */
const inGroup = (group: DestinationGroup, atMs: number): string =>
  countries
    .filter(({ code }) => rulebook.groupOf(code, atMs) === group && rulebook.territories.of(code) === undefined)
    .map(({ code }) => code)
    .join(' ');

describe('the built-in rulebook', () => {
  it('is the framework as published, from 2025 until before 2028', () => {
    expect(rulebook.reference).toEqual({ id: 'us-ai-diffusion', version: '2025-01-15.2', hash: rulebook.hash });
    expect(rulebook.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(rulebook.period).toEqual({ startMs: at('2025-01-01T00:00:00Z'), endMs: at('2028-01-01T00:00:00Z') });
  });

  it('keeps its hash over a round trip through a file', () => {
    expect(loadRulebook(JSON.parse(JSON.stringify(rulebook.document))).hash).toBe(rulebook.hash);
  });

  it('lists the 18 partners of Supplement No. 5(a) and the United States', () => {
    const now = at('2026-07-23T00:00:00Z');
    expect(inGroup('partner', now)).toBe('AU BE CA DE DK ES FI FR GB IE IT JP KR NL NO NZ SE TW');
    expect(inGroup('home', now)).toBe('US');
  });

  it('embargoes Country Group D:5 of July 2026 with Hong Kong as China, and Macau by name', () => {
    expect(inGroup('embargoed', at('2026-07-23T00:00:00Z'))).toBe(
      'AF BY CD CF CN CU ER HK HT IQ IR KP LB LY MM MO NI RU SD SO SS SY VE ZW',
    );
  });

  it('embargoes Cambodia until the State Department removed it on 7 November 2025', () => {
    expect(rulebook.groupOf('KH', at('2025-01-01T00:00:00Z'))).toBe('embargoed');
    expect(rulebook.groupOf('KH', at('2025-11-06T23:59:59.999Z'))).toBe('embargoed');
    expect(rulebook.groupOf('KH', at('2025-11-07T00:00:00Z'))).toBe('allocation');
    expect(rulebook.allocationOf('KH', at('2025-06-01T00:00:00Z'))).toBe(0);
    expect(rulebook.allocationOf('KH', at('2025-12-01T00:00:00Z'))).toBe(790_000_000_000);
    expect(rulebook.nextGroupChange(at('2025-01-01T00:00:00Z'))).toBe(at('2025-11-07T00:00:00Z'));
    expect(rulebook.nextGroupChange(at('2025-11-07T00:00:00Z'))).toBeUndefined();
  });

  it('gives every other country 790,000,000 TPP, and no cap to partners and home', () => {
    const now = at('2026-01-01T00:00:00Z');
    expect(rulebook.allocationOf('AE', now)).toBe(790_000_000_000);
    expect(rulebook.capOfLine('country:SA', now)).toBe(790_000_000_000);
    expect(rulebook.capOfLine('country:DE', now)).toBeNull();
    expect(rulebook.allocationOf('US', now)).toBeNull();
    expect(rulebook.allocationOf('CN', now)).toBe(0);
    const { territories = [] } = rulebook.document;
    expect(territories).toHaveLength(44);
    expect(countries.filter(({ code }) => rulebook.groupOf(code, now) === 'allocation')).toHaveLength(250 - 19 - 24 - territories.length);
  });

  it('knows the caps of the lines of LPP and NVEU', () => {
    const cap = (line: string, instant: string): number | null => rulebook.capOfLine(line, at(instant));
    expect(cap('lpp:falcon-holding:2026', '2026-03-01T00:00:00Z')).toBe(26_900_000_000);
    expect(cap('nveu:falcon-cloud:AE', '2025-03-31T23:59:59.999Z')).toBe(633_000_000_000);
    expect(cap('nveu:falcon-cloud:AE', '2025-04-01T00:00:00Z')).toBe(949_500_000_000);
    expect(cap('nveu:falcon-cloud:AE', '2027-12-31T00:00:00Z')).toBe(5_064_000_000_000);
    expect(cap('uveu:falcon-cloud', '2026-03-01T00:00:00Z')).toBeNull();
    expect(rulebook.nextCapChange(at('2025-01-01T00:00:00Z'))).toBe(at('2025-04-01T00:00:00Z'));
    expect(rulebook.nextCapChange(at('2025-10-01T00:00:00Z'))).toBe(at('2025-11-07T00:00:00Z'));
    expect(rulebook.nextCapChange(at('2027-01-01T00:00:00Z'))).toBeUndefined();
  });

  it.each([
    'country:XX', 'country:', 'lpp:acme', 'lpp:acme:26', 'nveu:acme', 'nveu:acme:XX', 'uveu:', 'uveu:acme:AE', 'AE', '',
  ])('has no cap of line %j', (line) => {
    expect(() => rulebook.capOfLine(line, 0)).toThrow(RangeError);
  });

  it('cites a source for every entry', () => {
    expect(rulebook.document.groups.filter(({ citation }) => !/CFR|FR/.test(citation))).toEqual([]);
  });

  it.each([
    ['nvidia-hgx-h100', 126_656],
    ['nvidia-hgx-b200', 288_000],
    ['nvidia-gb200-nvl72', 2_880_000],
    ['nvidia-gb300-nvl72', 4_320_000],
  ])('has the system %s as the sum of its circuits, %d TPP', (id, tpp) => {
    const milliTppPerUnit = tpp * 1000;
    expect(rulebook.system(id)).toMatchObject({ milliTppPerUnit, eccn: '4A090.a', level: 'a', datacenter: true });
  });

  it.each([
    'nvidia-h100-sxm5', 'nvidia-h200-sxm', 'nvidia-h20', 'nvidia-b200', 'nvidia-gb200', 'nvidia-gb300', 'nvidia-a100',
    'nvidia-l40s', 'nvidia-geforce-rtx-4090', 'amd-mi300x', 'intel-gaudi-3',
  ])('has the chip %s', (id) => expect(rulebook.chip(id)?.id).toBe(id));

  it('has 63 chips whose TPP is dense TOPS times bits', () => {
    expect(rulebook.chips).toHaveLength(63);
    for (const { id, denseTops, bitLength, milliTppPerUnit } of rulebook.chips) {
      expect([id, Math.round(denseTops * 1000) * bitLength]).toEqual([id, milliTppPerUnit]);
    }
  });
});

const csvPath = fileURLToPath(new URL('../../../../../shared/data/chips.csv', import.meta.url));
const describeWithData = existsSync(csvPath) ? describe : describe.skip;

describeWithData('the catalogue against ../shared/data/chips.csv (skipped where that file is absent)', () => {
  const rows = existsSync(csvPath) ? parse<Record<string, string>>(readFileSync(csvPath), { columns: true }) : [];
  const verified = rows.filter(({ status }) => status !== 'MEMORY');

  it('has every row that is not from memory, and no other', () => {
    expect(rulebook.chips.map(({ name }) => name)).toEqual(verified.map(({ chip }) => chip));
  });

  it('has the same figures, sources and marks', () => {
    for (const row of verified) {
      const chip = rulebook.chips.find(({ name }) => name === row['chip']);
      expect({
        vendor: chip?.vendor,
        format: chip?.format,
        bits: chip?.bitLength,
        tops: chip?.denseTops,
        tpp: chip?.tppPerUnit,
        area: chip?.dieAreaMm2 ?? '',
        estimate: String(chip?.dieAreaIsEstimate),
        density: chip?.performanceDensity?.toFixed(2) ?? '',
        datacenter: String(chip?.datacenter),
        status: chip?.status,
        sources: chip?.sources,
      }).toEqual({
        vendor: row['vendor'],
        format: row['format'],
        bits: Number(row['bit_length']),
        tops: Number(row['dense_tops']),
        tpp: Number(row['tpp']),
        area: row['applicable_die_area_mm2'] === '' ? '' : Number(row['applicable_die_area_mm2']),
        estimate: row['die_area_is_estimate'],
        density: row['performance_density'],
        datacenter: row['datacenter_marketed'],
        status: row['status'],
        sources: row['source_keys'],
      });
    }
  });

  it('computes the same ECCN', () => {
    for (const row of verified) {
      const chip = rulebook.chips.find(({ name }) => name === row['chip']);
      const computed = chip?.level === 'unknown' ? 'needs die area' : (chip?.paragraph ?? chip?.eccn);
      // The column adds in brackets what follows for items that are not for datacentres.
      expect([row['chip'], computed]).toEqual([row['chip'], row['eccn_computed']?.replace(/ \(non-DC.*\)$/, '')]);
    }
  });
});
