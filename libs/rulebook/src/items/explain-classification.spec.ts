import { builtInRulebook } from '../built-in-rulebook.js';
import { explainClassification, type ExplainRequest } from './explain-classification.js';
import { measureTpp } from './measure.js';

const rulebook = builtInRulebook();

interface Told {
  readonly texts: readonly string[];
  readonly tpp: number;
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

  it('sums the circuits of a system', () => {
    expect(explain({ chip: 'nvidia-gb300-nvl72' })).toEqual({
      tpp: 4_320_000,
      eccn: '4A090.a',
      paragraph: null,
      texts: [
        '72 x GB300 (per GPU), 3A090.a: 72 x 60,000 = 4,320,000 TPP.',
        'Sum of the integrated circuits: 4,320,000 TPP.',
        'A computer or assembly follows the highest of its circuits: 4A090.a.',
      ],
    });
  });

  it('agrees with the catalogue about every chip', () => {
    for (const { id, tppPerUnit, eccn, paragraph } of rulebook.chips) {
      expect([id, explain({ chip: id })]).toMatchObject([id, { tpp: tppPerUnit, eccn, paragraph }]);
    }
  });

  it.each<[string, ExplainRequest]>([
    ['unknown chip', { chip: 'nvidia-h1000' }],
    ['nothing', {}],
    ['chip and formats', { chip: 'nvidia-a100', units: [{ name: 'core', formats: [fp8] }] }],
    ['no format', { units: [{ name: 'core', formats: [] }] }],
    ['bit length', { units: [{ name: 'core', formats: [{ ...fp8, bitLength: 7.5 }] }] }],
    ['TOPS', { units: [{ name: 'core', formats: [{ ...fp8, denseTops: -1 }] }] }],
    ['too many TOPS', { units: [{ name: 'core', formats: [{ ...fp8, denseTops: 9e12 }] }] }],
    ['die area', { units: [{ name: 'core', formats: [fp8] }], dieAreaMm2: 0 }],
  ])('says what is wrong: %s', (_, request) => {
    expect(explainClassification(rulebook, request).problem).toMatch(/\.$/);
  });
});

describe('measureTpp', () => {
  it('is exact where floats are not', () => {
    const units = [{ name: 'core', formats: [{ ...fp8, denseTops: 2614.9 }] }];
    expect(measureTpp(units)).toMatchObject({ milliTpp: 20_919_200 });
  });
});
