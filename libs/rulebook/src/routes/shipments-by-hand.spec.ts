import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { outcomeOf, parseTable } from '../testing/shipment-table.js';

// Read where it is written: the compiler copies no text.
const path = new URL('../../../../../libs/rulebook/src/routes/shipments-by-hand.txt', import.meta.url);
const rows = parseTable(readFileSync(fileURLToPath(path), 'utf8'));

describe('the shipments worked out by hand', () => {
  it('are 120 or more, each another one, each with its paragraph', () => {
    expect(rows.length).toBeGreaterThanOrEqual(120);
    expect(new Set(rows.map(({ shipment }) => shipment)).size).toBe(rows.length);
    expect(rows.filter(({ paragraph }) => paragraph === '')).toEqual([]);
  });

  it.each(rows.map(({ line, paragraph, shipment, outcome }) => [line, paragraph, shipment, outcome] as const))(
    'line %d, %s: %s',
    (_line, _paragraph, shipment, outcome) => expect(outcomeOf(shipment)).toBe(outcome),
  );
});
