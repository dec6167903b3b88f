import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadRulebook } from '../document/load-rulebook.js';
import { outcomeOf, parseTable } from '../testing/shipment-table.js';

const golden = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../../test/golden/rulebooks/${name}`, import.meta.url)), 'utf8');

describe('the built-in rulebook 2025-01-15, as logs and files have it', () => {
  const rulebook = loadRulebook(JSON.parse(golden('us-ai-diffusion-2025-01-15.json')));
  const rows = parseTable(golden('shipments-2025-01-15.txt'));

  it('is valid and keeps its hash', () => {
    expect(rulebook.reference).toEqual({
      id: 'us-ai-diffusion',
      version: '2025-01-15',
      hash: 'sha256:16b02d6c9e0ac42b9ec9f15ebfb03d0aa8f9f1830cf026dbc6e32006cf28ec01',
    });
  });

  it('decides every shipment as it did before there was another version', () => {
    expect(rows.length).toBeGreaterThan(1000);
    const now = rows.map(({ line, shipment }) => `${line}: ${shipment} | ${outcomeOf(shipment, rulebook)}`);
    expect(now).toEqual(rows.map(({ line, shipment, outcome }) => `${line}: ${shipment} | ${outcome}`));
  });
});
