import { countryName } from '../countries/countries.js';
import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { CompiledSystem } from '../compiled/compiled-system.js';
import type { ItemLevel } from '../determination.js';
import { toTpp, type MilliTpp } from '../milli-tpp.js';
import type { ControlRules } from '../document/route-settings.js';
import type { ItemBound } from '../document/rulebook.js';
import type { MeasuredUnit } from './measure.js';
import { numberText, tppText } from './spoken.js';

/** One line of the arithmetic: what was done, its result in words, and the paragraph that asks for it. */
export interface ExplainStep {
  readonly text: string;
  readonly citation: string;
}

const supplement = '15 CFR Part 774, Supplement No. 1';
const notes = `${supplement}, ECCN 3A090, Technical Note 2 to 3A090.a and .b`;
const sumOfCircuits = '15 CFR Part 748, Supplement No. 2, (c)(4)';

/** From formats to the TPP of the circuit. */
export function measuredSteps(units: readonly MeasuredUnit[], milliTpp: MilliTpp): readonly ExplainStep[] {
  const steps: ExplainStep[] = [];
  for (const { name, products, best } of units) {
    for (const { format, bitLength, denseTops, milliTpp: product } of products) {
      const text = `${name}, ${format}: ${numberText(denseTops)} dense TOPS x ${bitLength} bit = ${tppText(product)}.`;
      steps.push({ text, citation: `${notes}, 1.a, 1.c and 3` });
    }
    if (products.length > 1) {
      const text = `The highest counts: ${best.format} with ${tppText(best.milliTpp)}.`;
      steps.push({ text, citation: `${notes}, 2` });
    }
  }
  if (units.length > 1 || units.some(({ count }) => count > 1)) {
    const sum = units.map(({ count, best }) => {
      const each = numberText(toTpp(best.milliTpp));
      return count === 1 ? each : `${count} x ${each}`;
    });
    const text = `All processing units together: ${sum.join(' + ')} = ${tppText(milliTpp)}.`;
    steps.push({ text, citation: `${notes}, 1.d` });
  }
  return steps;
}

/** TPP per mm2, for people: two decimals. Null where the area is not known, or no die counts. */
export function densityOf(milliTpp: MilliTpp, dieAreaMm2: number | null): number | null {
  return dieAreaMm2 === null || dieAreaMm2 === 0 ? null : Math.round((milliTpp / dieAreaMm2 / 1000) * 100) / 100;
}

export function densityStep(milliTpp: MilliTpp, dieAreaMm2: number | null, isEstimate: boolean): ExplainStep {
  const citation = `${notes}, 4`;
  const density = densityOf(milliTpp, dieAreaMm2);
  if (dieAreaMm2 === 0) {
    const text = 'No die of a non-planar process: the applicable die area is 0, and there is no performance density.';
    return { text, citation };
  }
  if (dieAreaMm2 === null || density === null) {
    return { text: 'The applicable die area is not known, nor the performance density.', citation };
  }
  const product = `${numberText(toTpp(milliTpp))} TPP / ${numberText(dieAreaMm2)} mm2${isEstimate ? ' (an estimate)' : ''}`;
  return { text: `Performance density: ${product} = ${numberText(density)}.`, citation };
}

export function marketStep({ document }: CompiledRulebook, milliTpp: MilliTpp): ExplainStep {
  const below = document.itemLevels.nonDatacenterBelowTpp;
  const rest =
    toTpp(milliTpp) < below
      ? `and below ${numberText(below)} TPP: not controlled`
      : `but not below ${numberText(below)} TPP: the bounds hold (ACA, NAC)`;
  const text = `Neither designed nor marketed for datacentres, ${rest}.`;
  return { text, citation: `${supplement}, note to 3A090.a and 3A090.b` };
}

/** Which bound of 3A090 decided. @param paragraph null where none did, `unknown` where the density is needed */
export function boundStep({ document }: CompiledRulebook, paragraph: string | null): ExplainStep {
  const { citation, a, b } = document.itemLevels;
  if (paragraph === 'unknown') {
    return { text: 'At this TPP the performance density decides: the die area is needed.', citation };
  }
  const bound = [...a, ...b].find((each) => each.paragraph === paragraph);
  if (bound === undefined) return { text: 'No bound of 3A090.a or 3A090.b holds: not controlled by them.', citation };
  return { text: `${bound.paragraph}: ${boundText(bound)}. It holds: ${bound.eccn}.`, citation };
}

export function declaredStep({ document }: CompiledRulebook, eccn: string, level: ItemLevel): ExplainStep {
  const says = level === 'uncontrolled' ? 'of none of the levels a, b and c' : `of level ${level}`;
  return { text: `Declared as ${eccn}, which is ${says}.`, citation: document.itemLevels.declared.citation };
}

/** A system is the sum of its circuits. */
export function systemSteps(rulebook: CompiledRulebook, system: CompiledSystem): readonly ExplainStep[] {
  const steps = system.parts.map(({ chip, quantity }): ExplainStep => {
    const each = rulebook.chip(chip);
    const tpp = each?.tppPerUnit ?? 0;
    const product = `${quantity} x ${numberText(tpp)} = ${numberText(quantity * tpp)} TPP`;
    return { text: `${quantity} x ${each?.name ?? chip}, ${each?.eccn ?? ''}: ${product}.`, citation: sumOfCircuits };
  });
  const total = `Sum of the integrated circuits: ${tppText(system.milliTppPerUnit)}.`;
  steps.push({ text: total, citation: sumOfCircuits });
  steps.push({
    text: `A computer or assembly follows the highest of its circuits: ${system.eccn}.`,
    citation: `${supplement}, ECCN 4A090`,
  });
  return steps;
}

/** What the level means for a shipment; undefined where it is not known. */
export function levelStep(
  { document }: CompiledRulebook,
  level: ItemLevel | 'unknown',
  milliTpp: MilliTpp | null,
): ExplainStep | undefined {
  const { itemLevels, allocations, controls } = document;
  switch (level) {
    case 'a': {
      const debit =
        milliTpp === 0
          ? 'Software and technology have no TPP to debit.'
          : `A licence that draws on an allocation debits ${milliTpp === null ? 'its TPP' : `${tppText(milliTpp)} a unit`}.`;
      const text = `Level a: a licence is needed to every destination, unless an exception applies. ${debit}`;
      return { text, citation: `${itemLevels.declared.citation}; ${allocations.citation}` };
    }
    case 'b': {
      const text = `Level b: a licence is needed to some destinations${groupsText(controls?.b)}. It never debits.`;
      return { text, citation: controls?.b.citation ?? itemLevels.declared.citation };
    }
    case 'c': {
      const text = 'Level c (high-bandwidth memory): a licence is needed to embargoed destinations. It never debits.';
      return { text, citation: controls?.c.citation ?? itemLevels.declared.citation };
    }
    case 'uncontrolled':
      return { text: 'It needs no licence under this rulebook and debits nothing.', citation: itemLevels.citation };
    case 'unknown':
      return undefined;
  }
}

function groupsText(b: ControlRules['b'] | undefined): string {
  if (b === undefined) return '';
  const outside = b.exceptGroups.length > 0 ? ` outside of ${b.exceptGroups.join(', ')}` : '';
  const named = b.named.map(({ country }) => `; ${countryName(country)} by name`).join('');
  return ` (${b.groups.join(', ')}${outside}${named})`;
}

function boundText({ tppMin, tppBelow, densityMin, densityBelow }: ItemBound): string {
  const tpp =
    tppBelow === undefined
      ? `TPP >= ${numberText(tppMin)}`
      : `${numberText(tppMin)} <= TPP < ${numberText(tppBelow)}`;
  if (densityMin === undefined && densityBelow === undefined) return tpp;
  const low = densityMin === undefined ? '' : ` >= ${densityMin}`;
  const high = densityBelow === undefined ? '' : `${densityMin === undefined ? '' : ' and'} < ${densityBelow}`;
  return `${tpp}, density${low}${high}`;
}
