import type { Rulebook } from '../document/rulebook.js';
import { warning, type RulebookFinding } from './findings.js';

/** What is doubtful about the chips and systems of a valid rulebook. */
export function catalogueFindings({ chips, systems = [] }: Rulebook): readonly RulebookFinding[] {
  const isNamed = (sources: string): boolean => /[\p{L}\p{N}]/u.test(sources);
  const findings: RulebookFinding[] = [];
  chips.forEach(({ id, status, sources, tppPerUnit, denseTops, bitLength }, index) => {
    if (!isNamed(sources)) findings.push(withoutSource(`/chips/${index}`, id));
    if (status !== 'VERIFIED') {
      findings.push(warning('chip-not-verified', `/chips/${index}/status`, `of ${id} is ${status}, not VERIFIED`));
    }
    if (Math.round(denseTops * bitLength * 1000) !== Math.round(tppPerUnit * 1000)) {
      const product = `${denseTops} dense TOPS x ${bitLength} bit = ${Math.round(denseTops * bitLength * 1000) / 1000}`;
      const message = `of ${id} is ${tppPerUnit}, and its figures come to another: ${product}`;
      findings.push(warning('chip-tpp-differs', `/chips/${index}/tppPerUnit`, message));
    }
  });
  const known = new Set(chips.map(({ id }) => id));
  systems.forEach(({ id, parts, sources }, index) => {
    const missing = parts.find(({ chip }) => !known.has(chip))?.chip;
    if (missing !== undefined) {
      const message = `of ${id} has a part that is no chip of the catalogue, so it is left out: ${missing}`;
      findings.push(warning('system-without-chip', `/systems/${index}/parts`, message));
    }
    if (!isNamed(sources)) findings.push(withoutSource(`/systems/${index}`, id));
  });
  return findings;
}

function withoutSource(pointer: string, id: string): RulebookFinding {
  return warning('chip-without-source', `${pointer}/sources`, `of ${id} name none`);
}
