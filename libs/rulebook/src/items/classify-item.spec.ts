import { builtInRulebook } from '../document/built-in-rulebook.js';
import { loadRulebook } from '../document/load-rulebook.js';
import { fromTpp, tppMax } from '../milli-tpp.js';
import type { Rulebook } from '../document/rulebook.js';
import { classifyItem, type ItemFacts } from './classify-item.js';
import { classifyItems } from './classify-items.js';

const rulebook = builtInRulebook();
const classify = (facts: ItemFacts): ReturnType<typeof classifyItem> => classifyItem(rulebook, facts);
const board = { description: 'custom board', milliTppPerUnit: fromTpp(20919.2), quantity: 3 };

describe('classifyItem', () => {
  it('takes what the catalogue says of a chip', () => {
    expect(classify({ chip: 'nvidia-h100-sxm5', quantity: 1000 })).toEqual({
      chip: 'nvidia-h100-sxm5',
      description: null,
      eccn: '3A090.a',
      level: 'a',
      quantity: 1000,
      milliTppPerUnit: 15_832_000,
    });
  });

  it.each([
    ['nvidia-h20', 'none', 'uncontrolled'],
    ['nvidia-l40', '3A090.b', 'b'],
    ['nvidia-l4', '3A090.a', 'a'],
    ['nvidia-geforce-rtx-4090', '3A090.a', 'a'],
    ['nvidia-geforce-rtx-4090-d', 'none', 'uncontrolled'],
  ])('knows that %s is %s', (chip, eccn, level) => {
    expect(classify({ chip, quantity: 1 })).toMatchObject({ eccn, level });
  });

  it('names a chip that the rulebook does not have', () => {
    expect(classify({ chip: 'nvidia-h1000', quantity: 1 })).toEqual({
      problem: 'unknown-chip',
      member: 'chip',
      message: "The rulebook knows no chip 'nvidia-h1000'. GET /v1/chips lists those it knows.",
    });
  });

  it('asks for the die area of a catalogue chip where the density decides, and takes it', () => {
    expect(classify({ chip: 'google-tpu-v4', quantity: 1 })).toMatchObject({
      problem: 'classification-unknown',
      member: 'dieAreaMm2',
    });
    expect(classify({ chip: 'google-tpu-v4', quantity: 1, dieAreaMm2: 600 })).toMatchObject({ level: 'a' });
    expect(classify({ chip: 'google-tpu-v4', quantity: 1, dieAreaMm2: 3000 })).toMatchObject({ level: 'uncontrolled' });
    expect(classify({ chip: 'google-tpu-v4', quantity: 1, eccn: '3A090.b' })).toMatchObject({ level: 'b' });
  });

  it.each<[keyof ItemFacts, ItemFacts]>([
    ['description', { chip: 'nvidia-a100', quantity: 1, description: 'A100' }],
    ['datacenter', { chip: 'nvidia-a100', quantity: 1, datacenter: true }],
    ['dieAreaMm2', { chip: 'nvidia-a100', quantity: 1, dieAreaMm2: 826 }],
  ])('refuses %s beside a chip, which has its own', (member, facts) => {
    expect(classify(facts)).toMatchObject({ problem: 'invalid', member });
  });

  it('refuses a TPP beside a chip, even the right one', () => {
    const facts = { chip: 'nvidia-a100', quantity: 1, milliTppPerUnit: fromTpp(4992) };
    expect(classify(facts)).toMatchObject({ problem: 'invalid', member: 'tppPerUnit' });
  });

  it('takes a declared ECCN as declared', () => {
    expect(classify({ ...board, eccn: '4A090.a' })).toEqual({
      chip: null,
      description: 'custom board',
      eccn: '4A090.a',
      level: 'a',
      quantity: 3,
      milliTppPerUnit: 20_919_200,
    });
  });

  it.each([
    ['3A090.a', 'a'],
    ['3A090.a.1', 'a'],
    ['3A001.z.4.a', 'a'],
    ['4A003.z.2.a', 'a'],
    ['4A004.z.1', 'a'],
    ['4A005.z.1', 'a'],
    ['5A002.z.5.a', 'a'],
    ['5A004.z.1.a', 'a'],
    ['5A992.z.1', 'a'],
    ['3A090.b', 'b'],
    ['4A090.b.1', 'b'],
    ['3A001.z.1.b', 'b'],
    ['5A992.z.2', 'b'],
    ['3A090.c', 'c'],
    ['5A992.c', 'uncontrolled'],
    ['3A991', 'uncontrolled'],
    ['EAR99', 'uncontrolled'],
    ['none', 'uncontrolled'],
  ])('ranks a declared %s as %s', (eccn, level) => {
    expect(classify({ ...board, eccn })).toMatchObject({ eccn, level });
  });

  it.each(['', '3A09', '3a090.a', '3A090a', '3A090.', 'ear99', '3A090.a; DROP', 'x'.repeat(5000)])(
    'refuses the malformed ECCN %j',
    (eccn) => expect(classify({ ...board, eccn })).toMatchObject({ problem: 'invalid', member: 'eccn' }),
  );

  it.each(['3A090', '4A090', '3A001.z', '3A001.z.1', '5A992', '5A992.z'])(
    'asks which paragraph of %s is meant, since some debit and others do not',
    (eccn) => expect(classify({ ...board, eccn })).toMatchObject({ problem: 'invalid', member: 'eccn' }),
  );

  it('refuses an item of level a without TPP, which would debit nothing', () => {
    const facts = { ...board, milliTppPerUnit: fromTpp(0), eccn: '4A090.a' };
    expect(classify(facts)).toMatchObject({ problem: 'invalid', member: 'tppPerUnit' });
    expect(classify({ ...facts, eccn: 'EAR99' })).toMatchObject({ level: 'uncontrolled' });
  });

  it('takes software of the level of 3A090.a without TPP, and only so', () => {
    const software = { description: 'firmware', quantity: 1, eccn: '5D992.z.1' };
    expect(classify({ ...software, milliTppPerUnit: fromTpp(0) })).toMatchObject({ level: 'a', milliTppPerUnit: 0 });
    const withTpp = { ...software, milliTppPerUnit: fromTpp(1) };
    expect(classify(withTpp)).toMatchObject({ problem: 'invalid', member: 'tppPerUnit' });
  });

  it.each([
    ['3E001 (for 3A090.a)', 'a'],
    ['3D001 (for 3A001.z.1.a)', 'a'],
    ['4D090 (for 4A090.b)', 'b'],
    ['4E001 (for 4A003.z.2.a)', 'a'],
    ['5E002 (for 5D002.z.1.a)', 'a'],
    ['5E992 (for 5A992.z.2)', 'b'],
    ['3E001 (for 3A090.c)', 'c'],
    ['3E001 (for 3A991)', 'uncontrolled'],
    ['3E001 (for 4A090.a)', 'uncontrolled'],
  ])('ranks technology by what it is for: %s is %s', (eccn, level) => {
    const technology = { description: 'technology', milliTppPerUnit: fromTpp(0), quantity: 1, eccn };
    expect(classify(technology)).toMatchObject({ eccn, level });
    const withTpp = { ...technology, milliTppPerUnit: fromTpp(1) };
    expect(classify(withTpp)).toMatchObject({ problem: 'invalid', member: 'tppPerUnit' });
  });

  it.each([
    ['3E001', 'as 3E001 (for 3A090.a)'],
    // Its entry is for 4A090 alone: it is of level a or b, whatever is said.
    ['4D090', 'as 4D090 (for 4A090.a)'],
    ['4D090 (for 4A003)', 'as 4D090 (for 4A090.a)'],
    ['3E001.a', 'as 3E001 (for 3A090.a)'],
    ['3E001 (for 3A090)', 'as 3E001 (for 3A090.a)'],
    ['3E001 (for 3A001)', 'as 3E001 (for 3A090.a)'],
    ['3E001 (for 3a090.a)', 'is not an ECCN'],
    ['3E001(for 3A090.a)', 'is not an ECCN'],
    ['5D002 (for 5A002.z.1.a)', 'is not an ECCN'],
    ['3A090.a (for 3A090.a)', 'is not an ECCN'],
  ])('asks what the technology of %s is for', (eccn, words) => {
    const found = classify({ description: 'technology', milliTppPerUnit: fromTpp(0), quantity: 1, eccn });
    expect(found).toMatchObject({ problem: 'invalid', member: 'eccn', message: expect.stringContaining(words) as string });
  });

  it('refuses model weights, which are no item', () => {
    expect(classify({ ...board, eccn: '4E091' })).toMatchObject({ problem: 'invalid', member: 'eccn' });
  });

  it('takes a system as the sum of its chips, and no die area with it', () => {
    const nvl72 = { chip: 'nvidia-gb300-nvl72', quantity: 2 };
    expect(classify(nvl72)).toMatchObject({ eccn: '4A090.a', level: 'a', milliTppPerUnit: 4_320_000_000 });
    expect(classify({ ...nvl72, dieAreaMm2: 5 })).toMatchObject({ problem: 'invalid', member: 'dieAreaMm2' });
  });

  it('keeps that a described item is not for datacentres, which ACA asks', () => {
    const card = { description: 'card', milliTppPerUnit: fromTpp(9000), quantity: 1 };
    expect(classify({ ...card, datacenter: false })).toMatchObject({ level: 'a', datacenter: false });
    expect(classify({ ...card, datacenter: true })).not.toHaveProperty('datacenter');
    expect(classify({ ...card, eccn: '4A090.a', datacenter: false })).toMatchObject({ datacenter: false });
  });

  it('classifies a described item by its TPP, die area and market', () => {
    const facts = { description: 'accelerator', milliTppPerUnit: fromTpp(3000), quantity: 1 };
    expect(classify(facts)).toMatchObject({ problem: 'classification-unknown', member: 'dieAreaMm2' });
    expect(classify({ ...facts, dieAreaMm2: 500 })).toMatchObject({ eccn: '3A090.a' });
    expect(classify({ ...facts, dieAreaMm2: 1000 })).toMatchObject({ eccn: '3A090.b' });
    expect(classify({ ...facts, datacenter: false })).toMatchObject({ eccn: 'none' });
  });

  it('takes a die area of 0 for a circuit without a die that counts, where the rulebook reads it so', () => {
    const facts = { description: 'planar accelerator', milliTppPerUnit: fromTpp(3000), dieAreaMm2: 0, quantity: 1 };
    expect(classify(facts)).toMatchObject({ eccn: 'none', level: 'uncontrolled' });
    expect(classify({ chip: 'google-tpu-v4', quantity: 1, dieAreaMm2: 0 })).toMatchObject({ level: 'uncontrolled' });
    const document = JSON.parse(JSON.stringify(rulebook.document)) as Rulebook;
    delete (document.policy.readings as { planarCircuits?: unknown }).planarCircuits;
    expect(classifyItem(loadRulebook(document), facts)).toMatchObject({ problem: 'invalid', member: 'dieAreaMm2' });
  });

  it.each([-1, NaN, Infinity, 1.0001])('refuses a die area of %d mm2', (dieAreaMm2) => {
    expect(classify({ ...board, dieAreaMm2 })).toMatchObject({ problem: 'invalid', member: 'dieAreaMm2' });
  });

  it.each([0, -1, 1.5, NaN, Infinity, 2 ** 53])('refuses a quantity of %d', (quantity) => {
    expect(classify({ chip: 'nvidia-a100', quantity })).toMatchObject({ problem: 'invalid', member: 'quantity' });
  });

  it('refuses a total beyond the exact range as a problem of the quantity', () => {
    const most = Math.floor((tppMax * 1000) / 4_992_000);
    expect(classify({ chip: 'nvidia-a100', quantity: most })).toMatchObject({ quantity: most });
    const tooMany = classify({ chip: 'nvidia-a100', quantity: most + 1 });
    expect(tooMany).toMatchObject({ problem: 'invalid', member: 'quantity' });
  });

  it('needs a chip or a description, and the TPP of what is described', () => {
    expect(classify({ quantity: 1 })).toMatchObject({ problem: 'invalid', member: 'chip' });
    expect(classify({ description: 'board', quantity: 1 })).toMatchObject({ problem: 'invalid', member: 'tppPerUnit' });
  });
});

describe('a described computer', () => {
  const small = { milliTppPerUnit: fromTpp(1000), quantity: 8 };
  const computer = { description: 'cluster node', quantity: 2, circuits: [small] };

  it('has the sum of its circuits and the level of the highest', () => {
    expect(classify(computer)).toEqual({
      chip: null, description: 'cluster node', eccn: 'none', level: 'uncontrolled', quantity: 2, milliTppPerUnit: 8_000_000,
    });
    const large = { milliTppPerUnit: fromTpp(4800), quantity: 1 };
    expect(classify({ ...computer, circuits: [small, large] })).toMatchObject({ eccn: '4A090.a', level: 'a', milliTppPerUnit: 12_800_000 });
    const middle = { milliTppPerUnit: fromTpp(2400), dieAreaMm2: 1500, quantity: 1 };
    expect(classify({ ...computer, circuits: [small, middle] })).toMatchObject({ eccn: '4A090.b', level: 'b' });
    const planar = { milliTppPerUnit: fromTpp(2400), dieAreaMm2: 0, quantity: 1 };
    expect(classify({ ...computer, circuits: [small, planar] })).toMatchObject({ eccn: 'none' });
  });

  it('is as a system of the catalogue with the same circuits', () => {
    const { milliTppPerUnit, eccn, level } = rulebook.system('nvidia-hgx-h100') ?? {};
    const h100 = { milliTppPerUnit: fromTpp(15_832), dieAreaMm2: 814, quantity: 8 };
    expect(classify({ ...computer, circuits: [h100] })).toMatchObject({ milliTppPerUnit, eccn, level });
  });

  it('is for datacentres if one of its circuits is, unless the exporter says otherwise of the computer', () => {
    const card = { milliTppPerUnit: fromTpp(5000), quantity: 4, datacenter: false };
    expect(classify({ ...computer, circuits: [card] })).toMatchObject({ level: 'a', datacenter: false });
    expect(classify({ ...computer, circuits: [card, small] })).not.toHaveProperty('datacenter');
    expect(classify({ ...computer, circuits: [card], datacenter: true })).not.toHaveProperty('datacenter');
    expect(classify({ ...computer, circuits: [card, small], datacenter: false })).toMatchObject({ datacenter: false });
  });

  it('asks for the die area of a circuit where it decides', () => {
    const open = { milliTppPerUnit: fromTpp(2000), quantity: 1 };
    expect(classify({ ...computer, circuits: [small, open] })).toMatchObject({
      problem: 'classification-unknown', member: 'circuits/1/dieAreaMm2', message: expect.stringContaining('circuit 2 of cluster node') as string,
    });
    const decides = { milliTppPerUnit: fromTpp(4800), quantity: 1 };
    expect(classify({ ...computer, circuits: [open, decides] })).toMatchObject({ eccn: '4A090.a' });
  });

  it.each<[string, Partial<ItemFacts>]>([
    ['circuits', { circuits: [] }],
    ['circuits/0/quantity', { circuits: [{ ...small, quantity: 0 }] }],
    ['circuits/1/quantity', { circuits: [small, { milliTppPerUnit: fromTpp(tppMax), quantity: 2 }] }],
    ['circuits/0/dieAreaMm2', { circuits: [{ ...small, dieAreaMm2: -1 }] }],
    ['tppPerUnit', { milliTppPerUnit: fromTpp(8000) }],
    ['dieAreaMm2', { dieAreaMm2: 100 }],
    ['eccn', { eccn: '4A090.a' }],
  ])('refuses with the member %s', (member, facts) => {
    expect(classify({ ...computer, ...facts })).toMatchObject({ problem: 'invalid', member });
  });

  it('is no chip of the catalogue', () => {
    expect(classify({ chip: 'nvidia-hgx-h100', quantity: 1, circuits: [small] })).toMatchObject({ problem: 'invalid', member: 'circuits' });
  });
});

describe('classifyItems', () => {
  it('names every item that has a problem', () => {
    const facts = [{ chip: 'x', quantity: 1 }, board, { chip: 'nvidia-a100', quantity: 0 }];
    const { problems } = classifyItems(rulebook, facts);
    expect(problems?.map(({ index, member }) => [index, member])).toEqual([[0, 'chip'], [2, 'quantity']]);
  });

  it('refuses a sum beyond the exact range although each item is within', () => {
    const half = { description: 'board', milliTppPerUnit: fromTpp(5e12), quantity: 1, eccn: '4A090.a' };
    expect(classifyItems(rulebook, [half])).toMatchObject({ items: [{ level: 'a' }] });
    expect(classifyItems(rulebook, [half, half])).toMatchObject({ problems: [{ index: 1, member: 'quantity' }] });
  });
});
