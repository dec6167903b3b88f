import { builtInRulebook } from '../document/built-in-rulebook.js';
import { loadRulebook } from '../document/load-rulebook.js';
import { explainClassification, type ExplainRequest } from './explain-classification.js';
import { measureTpp } from './measure.js';

const rulebook = builtInRulebook();

interface Told {
  readonly texts: readonly string[];
  readonly tpp: number | null;
  readonly paragraph: string | null;
  readonly eccn: string;
}

function explain(request: ExplainRequest): Told {
  const found = explainClassification(rulebook, request);
  if (found.problem !== undefined) throw new Error(found.problem);
  return { texts: found.steps.map(({ text }) => text), tpp: found.tpp, paragraph: found.paragraph, eccn: found.eccn };
}

const fp8 = { format: 'FP8', bitLength: 8, denseTops: 600 };
const fp16 = { format: 'FP16', bitLength: 16, denseTops: 300 };
const fp4 = { format: 'FP4', bitLength: 4, denseTops: 1500 };

describe('explainClassification', () => {
  it('shows the arithmetic of a chip of the catalogue', () => {
    expect(explain({ chip: 'nvidia-h100-sxm5' }).texts).toEqual([
      'H100 SXM5 80GB, FP8/INT8: 1,979 dense TOPS x 8 bit = 15,832 TPP.',
      'Performance density: 15,832 TPP / 814 mm2 = 19.45.',
      '3A090.a.1: TPP >= 4,800. It holds: 3A090.a.',
      'Level a: a licence is needed to every destination, unless an exception applies. ' +
        'A licence that draws on an allocation debits 15,832 TPP a unit.',
    ]);
  });

  it("takes the highest of several formats, as in the regulation's own example", () => {
    const both = explain({ units: [{ name: 'core', formats: [fp8, fp16] }] });
    expect(both).toMatchObject({ tpp: 4800, paragraph: '3A090.a.1' });
    const { texts, tpp } = explain({ units: [{ name: 'core', formats: [fp8, fp16, fp4] }] });
    expect(tpp).toBe(6000);
    expect(texts[3]).toBe('The highest counts: FP4 with 6,000 TPP.');
  });

  it('sums the processing units of a circuit', () => {
    const unit = { name: 'core', formats: [{ ...fp8, denseTops: 100.5 }] };
    const { texts, tpp } = explain({ units: [unit, { ...unit, name: 'other' }], dieAreaMm2: 500 });
    expect(tpp).toBe(1608);
    expect(texts).toContain('All processing units together: 804 + 804 = 1,608 TPP.');
  });

  it('counts equal processing units as often as there are', () => {
    const { texts, tpp } = explain({ units: [{ name: 'die', count: 2, formats: [fp8] }], dieAreaMm2: 1600 });
    expect(tpp).toBe(9600);
    expect(texts[1]).toBe('All processing units together: 2 x 4,800 = 9,600 TPP.');
  });

  it('cites a paragraph with every step', () => {
    const requests = [...rulebook.chips, ...rulebook.systems].map(({ id }) => ({ chip: id }));
    for (const request of [...requests, { eccn: '3A090.c' }, { eccn: '5D992.z.1' }, { eccn: 'EAR99' }]) {
      const { steps = [] } = explainClassification(rulebook, request);
      for (const { citation } of steps) expect(citation).toMatch(/^15 CFR/);
    }
  });

  it.each<[string, string, string, string]>([
    ['3A090.a', 'a', 'Declared as 3A090.a, which is of level a.', 'debits its TPP.'],
    ['5D992.z.1', 'a', 'Declared as 5D992.z.1, which is of level a.', 'Software and technology have no TPP to debit.'],
    ['3E001 (for 3A090.a)', 'a', 'Declared as 3E001 (for 3A090.a), which is of level a.', 'Software and technology have no'],
    ['4A090.b', 'b', 'Declared as 4A090.b, which is of level b.',
      '(D:1, D:4, D:5 outside of A:5, A:6; United Arab Emirates by name). It never debits.'],
    ['3A090.c', 'c', 'Declared as 3A090.c, which is of level c.', 'It never debits.'],
    ['EAR99', 'uncontrolled', 'Declared as EAR99, which is of none of the levels a, b and c.', 'debits nothing.'],
  ])('says what a declared %s is', (eccn, level, first, meaning) => {
    const found = explainClassification(rulebook, { eccn });
    expect(found).toMatchObject({ level, eccn, tpp: null, paragraph: null });
    expect(found.steps?.[0]?.text).toBe(first);
    expect(found.steps?.at(-1)?.text).toContain(meaning);
  });

  it('takes a declared ECCN in place of what the figures come to, and shows both', () => {
    const { texts, ...found } = explain({ chip: 'nvidia-h100-sxm5', eccn: '5A992.z.1' });
    expect(found).toEqual({ tpp: 15_832, eccn: '5A992.z.1', paragraph: null });
    expect(texts[2]).toBe('3A090.a.1: TPP >= 4,800. It holds: 3A090.a.');
    expect(texts[3]).toBe('Declared as 5A992.z.1, which is of level a.');
  });

  it('says that the catalogue counts another TPP than its figures come to', () => {
    const document = JSON.parse(JSON.stringify(rulebook.document)) as { chips: { id: string; tppPerUnit: number }[] };
    Object.assign(document.chips.find(({ id }) => id === 'nvidia-a100') ?? {}, { tppPerUnit: 5000 });
    const found = explainClassification(loadRulebook(document), { chip: 'nvidia-a100' });
    expect(found).toMatchObject({ tpp: 5000 });
    expect(found.steps?.[1]?.text).toBe('The catalogue counts 5000 TPP.');
  });

  it('names what was meant by an id that is nearly one', () => {
    expect(explainClassification(rulebook, { chip: 'nvidia-h1000' }).problem).toBe(
      "The rulebook knows no chip or system 'nvidia-h1000'. Near: nvidia-h100-sxm5, nvidia-h100-nvl, nvidia-h100-pcie, " +
        'nvidia-hgx-h100.',
    );
    expect(explainClassification(rulebook, { chip: '###' }).problem).toMatch(/'###'\.$/);
  });

  it('says what the market changes', () => {
    const units = [{ name: 'core', formats: [{ ...fp8, denseTops: 588.35 }] }];
    expect(explain({ units, dieAreaMm2: 608, datacenter: false })).toMatchObject({ eccn: 'none' });
    expect(explain({ units, dieAreaMm2: 608 })).toMatchObject({ eccn: '3A090.a', paragraph: '3A090.a.2' });
    expect(explain({ chip: 'nvidia-geforce-rtx-4090' }).texts).toContain(
      'Neither designed nor marketed for datacentres, but not below 4,800 TPP: the bounds hold (ACA, NAC).',
    );
  });

  it('asks for the die area where it decides, and takes it', () => {
    expect(explain({ chip: 'google-tpu-v4' })).toMatchObject({ eccn: 'unknown' });
    expect(explain({ chip: 'google-tpu-v4', dieAreaMm2: 600 })).toMatchObject({ eccn: '3A090.a' });
  });

  it('says that there is no density where no die counts', () => {
    const found = explain({ chip: 'google-tpu-v4', dieAreaMm2: 0 });
    expect(found).toMatchObject({ eccn: 'none' });
    expect(found.texts).toContain('No die of a non-planar process: the applicable die area is 0, and there is no performance density.');
  });

  it('sums the circuits of a system', () => {
    expect(explain({ chip: 'nvidia-gb300-nvl72' })).toEqual({
      tpp: 4_320_000,
      eccn: '4A090.a',
      paragraph: null,
      texts: [
        '72 x GB300 (per GPU), 3A090.a: 72 x 60,000 = 4,320,000 TPP.',
        'Sum of the integrated circuits: 4,320,000 TPP.',
        'A computer or assembly follows the highest of its circuits: 4A090.a.',
        'Level a: a licence is needed to every destination, unless an exception applies. ' +
          'A licence that draws on an allocation debits 4,320,000 TPP a unit.',
      ],
    });
  });

  it('agrees with the catalogue about every chip', () => {
    for (const { id, tppPerUnit, eccn, paragraph } of rulebook.chips) {
      expect([id, explain({ chip: id })]).toMatchObject([id, { tpp: tppPerUnit, eccn, paragraph }]);
    }
  });

  it.each<[string, keyof ExplainRequest, ExplainRequest]>([
    ['unknown chip', 'chip', { chip: 'nvidia-h1000' }],
    ['nothing', 'units', {}],
    ['chip and formats', 'units', { chip: 'nvidia-a100', units: [{ name: 'core', formats: [fp8] }] }],
    ['chip and die area', 'dieAreaMm2', { chip: 'nvidia-a100', dieAreaMm2: 826 }],
    ['system and die area', 'dieAreaMm2', { chip: 'nvidia-gb200-nvl72', dieAreaMm2: 826 }],
    ['chip and market', 'datacenter', { chip: 'nvidia-a100', datacenter: false }],
    ['no format', 'units', { units: [{ name: 'core', formats: [] }] }],
    ['bit length', 'units', { units: [{ name: 'core', formats: [{ ...fp8, bitLength: 7.5 }] }] }],
    ['TOPS', 'units', { units: [{ name: 'core', formats: [{ ...fp8, denseTops: -1 }] }] }],
    ['too many TOPS', 'units', { units: [{ name: 'core', formats: [{ ...fp8, denseTops: 9e12 }] }] }],
    ['number of units', 'units', { units: [{ name: 'core', count: 1.5, formats: [fp8] }] }],
    ['die area', 'dieAreaMm2', { units: [{ name: 'core', formats: [fp8] }], dieAreaMm2: -1 }],
    ['malformed ECCN', 'eccn', { eccn: '3a090' }],
    ['ambiguous ECCN', 'eccn', { chip: 'nvidia-a100', eccn: '3A090' }],
    ['software with TPP', 'eccn', { chip: 'nvidia-a100', eccn: '5D992.z.1' }],
    ['weights', 'eccn', { eccn: '4E091' }],
    ['ECCN and die area', 'dieAreaMm2', { eccn: '3A090.a', dieAreaMm2: 5 }],
  ])('says what is wrong: %s', (_, member, request) => {
    expect(explainClassification(rulebook, request)).toEqual({ member, problem: expect.stringMatching(/\.$/) as string });
  });
});

describe('measureTpp', () => {
  it('is exact where floats are not', () => {
    const units = [{ name: 'core', formats: [{ ...fp8, denseTops: 2614.9 }] }];
    expect(measureTpp(units)).toMatchObject({ milliTpp: 20_919_200 });
  });
});
