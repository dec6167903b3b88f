import { builtInRulebook } from '../document/built-in-rulebook.js';
import { licenceEndMs } from './licence-life.js';
import { loadRulebook } from '../document/load-rulebook.js';
import type { ItemLevel, Route } from '../determination.js';

const { document } = builtInRulebook();
const readings = { ...document.policy.readings, licenceLife: { value: 'one-year', reason: 'A test.' } };
const oneYear = loadRulebook({ ...document, policy: { ...document.policy, readings } });

function end(granted: string, route: Route = 'licence', level: ItemLevel = 'a', rulebook = oneYear): string | number {
  const endMs = licenceEndMs(rulebook, { route, items: [{ level: 'b' }, { level }] }, Date.parse(granted));
  return Number.isFinite(endMs) ? new Date(endMs).toISOString() : endMs;
}

describe('the longest life of a hold that stands for a licence', () => {
  it('is one calendar year from its grant on', () => {
    expect(end('2026-03-01T12:00:00Z')).toBe('2027-03-01T12:00:00.000Z');
    expect(end('2027-06-30T23:59:59.999Z')).toBe('2028-06-30T23:59:59.999Z');
    expect(end('2028-02-29T12:00:00Z')).toBe('2029-02-28T12:00:00.000Z');
  });

  it('binds licences for items at the level of 3A090.a only', () => {
    expect(end('2026-03-01T12:00:00Z', 'licence', 'b')).toBe(Infinity);
    expect(end('2026-03-01T12:00:00Z', 'lpp')).toBe(Infinity);
  });

  it('does not bind what leaves under an exception of its own beside the licensed items', () => {
    const items = [{ level: 'b' }, { level: 'a', route: 'aca' }] as const;
    expect(licenceEndMs(oneYear, { route: 'licence', items }, 0)).toBe(Infinity);
    expect(licenceEndMs(oneYear, { route: 'licence', items: [...items, { level: 'a' }] }, 0)).toBeLessThan(Infinity);
  });

  it('is not limited under the default', () => {
    expect(end('2026-03-01T12:00:00Z', 'licence', 'a', builtInRulebook())).toBe(Infinity);
  });
});
