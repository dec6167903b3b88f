import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtInRulebook } from '#rulebook';

/** A rulebook like the built-in one whose caps no benchmark reaches: its path. */
export function writeRoomyRulebook(folder: string): string {
  const { document } = builtInRulebook();
  const roomy = { ...document, version: 'bench', allocations: { ...document.allocations, perCountryTpp: 900_000_000_000 } };
  const file = path.join(folder, 'bench.rulebook.json');
  writeFileSync(file, JSON.stringify(roomy));
  return file;
}

/** A body for each of the countries. */
export function bodiesFor(countries: readonly string[]): readonly { destination: string; exporter: string; items: object[]; reference: string }[] {
  const items = [{ chip: 'nvidia-h100-sxm5', quantity: 8 }];
  return countries.map((destination) => ({ destination, exporter: 'acme-semi', items, reference: 'PO-4711' }));
}
