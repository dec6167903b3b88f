import type { CountryView } from '../../api/answers.js';
import { differenceOf } from './difference.js';

const view = (country: string, over: Partial<CountryView> = {}): CountryView =>
  ({ country, name: country, status: 'open', allocation: 100, exported: 0, reserved: 0, available: 100, ...over }) as CountryView;

describe('the difference of two moments', () => {
  it('has the countries that changed, the largest change of use first, exact in thousandths', () => {
    const before = [view('AE', { exported: 0.1, available: 99.9 }), view('IN'), view('QA'), view('DE', { allocation: null, available: null })];
    const after = [view('AE', { exported: 0.3, available: 99.7 }), view('IN', { reserved: 90, available: 10, status: 'critical' }), view('QA'), view('DE', { allocation: null, available: null, exported: 5 })];
    expect(differenceOf(before, after)).toEqual([
      { country: 'IN', name: 'IN', before: 'open', after: 'critical', allocation: 0, exported: 0, reserved: 90, available: -90 },
      { country: 'DE', name: 'DE', before: 'open', after: 'open', allocation: 0, exported: 5, reserved: 0, available: null },
      { country: 'AE', name: 'AE', before: 'open', after: 'open', allocation: 0, exported: 0.2, reserved: 0, available: -0.2 },
    ]);
    expect(differenceOf(after, after)).toEqual([]);
  });
});
