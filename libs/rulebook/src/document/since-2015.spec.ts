import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtInRulebook } from './built-in-rulebook.js';
import { loadRulebook } from './load-rulebook.js';

const path = fileURLToPath(new URL('../../../../../docs/examples/since-2015.rulebook.json', import.meta.url));
const since2015 = loadRulebook(JSON.parse(readFileSync(path, 'utf8')));

describe('docs/examples/since-2015.rulebook.json', () => {
  it('starts in 2015 and says that it is a scenario', () => {
    expect(since2015.period.startMs).toBe(Date.parse('2015-01-01T00:00:00Z'));
    expect(since2015.inForceMs).toBe(Date.parse('2015-01-01T00:00:00Z'));
    expect(since2015.document.version).not.toBe(builtInRulebook().document.version);
    expect(since2015.document.note).toContain('scenario');
  });

  it('equals the built-in in everything but version, title, note, dates in force, and start and citation of the period', () => {
    const { document } = builtInRulebook();
    const { version, title, note, period, inForce } = document;
    const { start, citation } = period;
    const restored = { ...since2015.document.period, start, citation };
    expect({ ...since2015.document, version, title, note, inForce, period: restored }).toEqual(document);
  });
});
