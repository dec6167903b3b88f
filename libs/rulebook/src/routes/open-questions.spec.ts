import { builtInRulebook } from '../document/built-in-rulebook.js';
import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { Determined, Shipment } from '../determination.js';
import { classifyItems } from '../items/classify-items.js';
import { loadRulebook } from '../document/load-rulebook.js';
import { milliTpp } from '../milli-tpp.js';
import type { ReadingName } from '../document/rulebook.js';
import { determine } from './determine.js';

const builtIn = builtInRulebook();
const atMs = Date.parse('2026-03-01T00:00:00Z');
const { items = [] } = classifyItems(builtIn, [{ chip: 'nvidia-b200', quantity: 2 }]);
const falcon = (country: string, headquarters: string, parent: string): Pick<Shipment, 'consignee'> => ({
  consignee: { name: 'Falcon', country, headquarters, ultimateParent: { name: 'Parent', headquarters: parent } },
});

function reading(name: ReadingName, value: string): CompiledRulebook {
  const { policy } = builtIn.document;
  const readings = { ...policy.readings, [name]: { value, reason: 'A test.' } };
  return loadRulebook({ ...builtIn.document, policy: { ...policy, readings } });
}

describe('a question that the text leaves open', () => {
  it('approves what a partner company receives beyond the allocation, and debits nothing of it', () => {
    const approved = reading('partnerBeyondCap', 'approved');
    const decided = (rulebook: CompiledRulebook, left: number, company = falcon('AE', 'US', 'US')): Determined =>
      determine(rulebook, { destination: 'AE', ...company, route: 'licence', items }, atMs, { lines: () => milliTpp(left) });
    const [enough, tooLittle] = [72_000_000, 71_999_999];
    expect(decided(approved, enough)).toMatchObject({ route: 'licence', debitedMilliTpp: enough });
    expect(decided(approved, tooLittle)).toMatchObject({ route: 'licence', refusal: null, debitedMilliTpp: 0 });
    expect(decided(approved, tooLittle, falcon('AE', 'AE', 'DE')).debitedMilliTpp).toBe(0);
    expect(decided(approved, tooLittle, falcon('AE', 'AE', 'SG')).debitedMilliTpp).toBe(enough);
    expect(decided(builtIn, tooLittle).debitedMilliTpp).toBe(enough);
  });

  it('files the certification of AIA before the first export, whatever the consignee receives', () => {
    const always = reading('aiaCertification', 'filed-always');
    const dueOf = (rulebook: CompiledRulebook): unknown =>
      determine(rulebook, { destination: 'DE', items }, atMs).obligations.find(({ kind }) => kind === 'aia-certification-filing')?.due;
    expect(dueOf(builtIn)).toEqual({ when: 'on-reaching', tpp: 253_000_000 });
    expect(dueOf(always)).toEqual({ when: 'before-export' });
    expect(always.route('aia')?.obligationRule('aia-certification-filing')).toMatchObject({ per: 'consignee', due: { when: 'before-export' } });
    expect(always.route('aia')?.dueOf('aia-certification-filing')).toEqual({ when: 'before-export' });
  });
});
