import type { CompiledRulebook } from '../compiled-rulebook.js';
import type { CompiledSystem } from '../compiled-system.js';
import type { ItemLevel } from '../determination.js';
import { isTpp, toTpp, type MilliTpp } from '../milli-tpp.js';
import type { ItemBound } from '../rulebook.js';
import { measureTpp, type ProcessingUnit } from './measure.js';

/** What is to be classified: a chip or system of the catalogue, or figures of a data sheet. */
export interface ExplainRequest {
  readonly chip?: string;
  /** The processing units of the circuit; a chip of the catalogue has its own. */
  readonly units?: readonly ProcessingUnit[];
  /** Applicable die area in mm2; left out: unknown, or the catalogue's. */
  readonly dieAreaMm2?: number;
  /** Designed or marketed for datacentres; left out: true, or what the catalogue says. */
  readonly datacenter?: boolean;
}

/** One line of the arithmetic: what was done, its result in words, and the paragraph that asks for it. */
export interface ExplainStep {
  readonly text: string;
  readonly citation: string;
}

export type Explained =
  | {
      readonly steps: readonly ExplainStep[];
      readonly tpp: number;
      readonly performanceDensity: number | null;
      /** `3A090.a`, `4A090.a`, `none`, or `unknown` where the density decides and the die area is not known. */
      readonly eccn: string;
      readonly paragraph: string | null;
      readonly level: ItemLevel | 'unknown';
      readonly problem?: never;
    }
  | { readonly problem: string; readonly steps?: never };

const notes = '15 CFR Part 774, Supplement No. 1, ECCN 3A090, Technical Note 2 to 3A090.a and .b';

/** The classification of an item with its arithmetic, step by step, for people. Pure, and never throws. */
export function explainClassification(rulebook: CompiledRulebook, request: ExplainRequest): Explained {
  const { chip: id } = request;
  const system = id === undefined ? undefined : rulebook.system(id);
  if (system !== undefined) return explainSystem(rulebook, system);
  const chip = id === undefined ? undefined : rulebook.chip(id);
  if (id !== undefined && chip === undefined) return { problem: `The rulebook knows no chip or system '${id}'.` };
  if (chip !== undefined && request.units !== undefined) {
    return { problem: `The rulebook gives the formats of ${chip.id}: leave them out, or leave the chip out.` };
  }
  const units =
    chip === undefined
      ? (request.units ?? [])
      : [{ name: chip.name, formats: [{ format: chip.format, bitLength: chip.bitLength, denseTops: chip.denseTops }] }];
  const measured = measureTpp(units);
  if (measured.problem !== undefined) return { problem: measured.problem };
  const dieAreaMm2 = chip?.dieAreaMm2 ?? request.dieAreaMm2 ?? null;
  if (dieAreaMm2 !== null && !(isTpp(dieAreaMm2) && dieAreaMm2 > 0 && dieAreaMm2 <= 1_000_000)) {
    const form = 'above 0 and at most 1,000,000 mm2, with at most three decimals';
    return { problem: `A die area is ${form}, not ${dieAreaMm2}.` };
  }
  const datacenter = chip?.datacenter ?? request.datacenter ?? true;
  const steps: ExplainStep[] = [];
  for (const { name, products, best } of measured.units) {
    for (const { format, bitLength, denseTops, milliTpp } of products) {
      const text = `${name}, ${format}: ${number(denseTops)} dense TOPS x ${bitLength} bit = ${tppText(milliTpp)}.`;
      steps.push({ text, citation: `${notes}, 1.a, 1.c and 3` });
    }
    if (products.length > 1) {
      const text = `The highest counts: ${best.format} with ${tppText(best.milliTpp)}.`;
      steps.push({ text, citation: `${notes}, 2` });
    }
  }
  if (measured.units.length > 1) {
    const sum = measured.units.map(({ best }) => number(toTpp(best.milliTpp))).join(' + ');
    const text = `All processing units together: ${sum} = ${tppText(measured.milliTpp)}.`;
    steps.push({ text, citation: `${notes}, 1.d` });
  }
  steps.push(densityStep(measured.milliTpp, dieAreaMm2, chip?.dieAreaIsEstimate === true));
  return decided(rulebook, steps, measured.milliTpp, dieAreaMm2, datacenter);
}

function densityStep(milliTpp: MilliTpp, dieAreaMm2: number | null, isEstimate: boolean): ExplainStep {
  const citation = `${notes}, 4`;
  if (dieAreaMm2 === null) {
    return { text: 'The applicable die area is not known, nor the performance density.', citation };
  }
  const density = number(Math.round((milliTpp / dieAreaMm2 / 1000) * 100) / 100);
  const mark = isEstimate ? ' (an estimate)' : '';
  const text = `Performance density: ${number(toTpp(milliTpp))} TPP / ${number(dieAreaMm2)} mm2${mark} = ${density}.`;
  return { text, citation };
}

function decided(
  rulebook: CompiledRulebook,
  steps: ExplainStep[],
  milliTpp: MilliTpp,
  dieAreaMm2: number | null,
  datacenter: boolean,
): Explained {
  const { itemLevels } = rulebook.document;
  const below = itemLevels.nonDatacenterBelowTpp;
  if (!datacenter) {
    const isBelow = toTpp(milliTpp) < below;
    const rest = isBelow
      ? `and below ${number(below)} TPP: not controlled`
      : `but not below ${number(below)} TPP: the bounds hold (ACA, NAC)`;
    const text = `Neither designed nor marketed for datacentres, ${rest}.`;
    steps.push({ text, citation: '15 CFR Part 774, Supplement No. 1, note to 3A090.a and 3A090.b' });
  }
  const dieAreaMilliMm2 = dieAreaMm2 === null ? null : Math.round(dieAreaMm2 * 1000);
  const found = rulebook.levelBounds.classify({ milliTpp, dieAreaMilliMm2, datacenter });
  const { citation } = itemLevels;
  const decidedBy = found === 'unknown' ? null : found.paragraph;
  const bound = [...itemLevels.a, ...itemLevels.b].find(({ paragraph }) => paragraph === decidedBy);
  if (found === 'unknown') {
    steps.push({ text: 'At this TPP the performance density decides: the die area is needed.', citation });
  } else if (bound !== undefined) {
    steps.push({ text: `${bound.paragraph}: ${boundText(bound)}. It holds: ${bound.eccn}.`, citation });
  } else {
    steps.push({ text: 'No bound of 3A090.a or 3A090.b holds: not controlled by them.', citation });
  }
  const performanceDensity = dieAreaMm2 === null ? null : Math.round((milliTpp / dieAreaMm2 / 1000) * 100) / 100;
  const { eccn, paragraph, level } =
    found === 'unknown' ? { eccn: 'unknown', paragraph: null, level: 'unknown' as const } : found;
  return { steps, tpp: toTpp(milliTpp), performanceDensity, eccn, paragraph, level };
}

function explainSystem(rulebook: CompiledRulebook, system: CompiledSystem): Explained {
  const steps = system.parts.map(({ chip, quantity }): ExplainStep => {
    const each = rulebook.chip(chip);
    const tpp = each?.tppPerUnit ?? 0;
    const product = `${quantity} x ${number(tpp)} = ${number(quantity * tpp)} TPP`;
    const text = `${quantity} x ${each?.name ?? chip}, ${each?.eccn ?? ''}: ${product}.`;
    return { text, citation: '15 CFR Part 748, Supplement No. 2, (c)(4)' };
  });
  const total = `Sum of the integrated circuits: ${tppText(system.milliTppPerUnit)}.`;
  steps.push({ text: total, citation: `${notes}, 1.d` });
  steps.push({
    text: `A computer or assembly follows the highest of its circuits: ${system.eccn}.`,
    citation: '15 CFR Part 774, Supplement No. 1, ECCN 4A090',
  });
  const { eccn, level } = system;
  return { steps, tpp: toTpp(system.milliTppPerUnit), performanceDensity: null, eccn, paragraph: null, level };
}

function boundText({ tppMin, tppBelow, densityMin, densityBelow }: ItemBound): string {
  const tpp = tppBelow === undefined ? `TPP >= ${number(tppMin)}` : `${number(tppMin)} <= TPP < ${number(tppBelow)}`;
  if (densityMin === undefined && densityBelow === undefined) return tpp;
  const low = densityMin === undefined ? '' : ` >= ${densityMin}`;
  const high = densityBelow === undefined ? '' : ` and < ${densityBelow}`;
  return `${tpp}, density${low}${high}`;
}

function tppText(milliTpp: MilliTpp): string {
  return `${number(toTpp(milliTpp))} TPP`;
}

/** With thousands separators, whatever the locale of the machine. */
function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 });
}
