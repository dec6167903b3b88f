import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { CompiledChip } from '../compiled/compiled-chip.js';
import type { CompiledSystem } from '../compiled/compiled-system.js';
import type { ItemLevel } from '../determination.js';
import { milliTpp, noTpp, toTpp, type MilliTpp } from '../milli-tpp.js';
import { classifyItem, type ItemFacts } from './classify-item.js';
import { dieAreaProblem } from './die-area.js';
import {
  boundStep,
  declaredStep,
  densityOf,
  densityStep,
  levelStep,
  marketStep,
  measuredSteps,
  systemSteps,
  type ExplainStep,
} from './explain-steps.js';
import { measureTpp, type ProcessingUnit } from './measure.js';
import { nearItems } from './near-items.js';

/** What is to be classified: a chip or system of the catalogue, figures of a data sheet, or a declared ECCN. */
export interface ExplainRequest {
  /** The id of a chip or system. */
  readonly chip?: string;
  /** The processing units of the circuit; a chip of the catalogue has its own. */
  readonly units?: readonly ProcessingUnit[];
  /** Applicable die area in mm2; refused where the catalogue has one. */
  readonly dieAreaMm2?: number;
  /** Designed or marketed for datacentres; left out: true. Refused for what is in the catalogue. */
  readonly datacenter?: boolean;
  /** Taken as declared, whatever the figures say. */
  readonly eccn?: string;
}

export type Explained =
  | {
      readonly steps: readonly ExplainStep[];
      /** Of one unit; null where an ECCN alone was declared. */
      readonly tpp: number | null;
      readonly performanceDensity: number | null;
      /** `3A090.a`, `4A090.a`, `none`, or `unknown` where the density decides and the die area is not known. */
      readonly eccn: string;
      readonly paragraph: string | null;
      readonly level: ItemLevel | 'unknown';
      readonly problem?: never;
    }
  | ExplainProblem;

/** What is wrong with which member of the request. */
export interface ExplainProblem {
  readonly problem: string;
  readonly member: keyof ExplainRequest;
  readonly steps?: never;
}

/** What the figures come to, before an ECCN is declared for it. */
interface Measured {
  readonly steps: readonly ExplainStep[];
  readonly milliTpp: MilliTpp;
  readonly performanceDensity: number | null;
  readonly eccn: string;
  readonly paragraph: string | null;
  readonly level: ItemLevel | 'unknown';
  readonly problem?: never;
}

/** The classification of an item with its arithmetic, step by step, for people. Pure, and never throws. */
export function explainClassification(rulebook: CompiledRulebook, request: ExplainRequest): Explained {
  const { chip, units, eccn } = request;
  if (chip === undefined && units === undefined) {
    return eccn === undefined
      ? faulty('units', 'Name a chip or system, the formats of a circuit, or an ECCN.')
      : explainDeclared(rulebook, eccn, request);
  }
  const measured = chip === undefined ? described(rulebook, request) : catalogued(rulebook, chip, request);
  if (measured.problem !== undefined) return measured;
  const { milliTpp: each, ...found } = measured;
  const declared = eccn === undefined ? undefined : declare(rulebook, eccn, request, each);
  if (declared !== undefined && 'problem' in declared) return declared;
  const level = declared?.level ?? found.level;
  const meaning = levelStep(rulebook, level, each);
  return {
    ...found,
    ...(declared !== undefined && { eccn: declared.eccn, level, paragraph: null }),
    steps: [...found.steps, ...(declared?.steps ?? []), ...(meaning === undefined ? [] : [meaning])],
    tpp: toTpp(each),
  };
}

function catalogued(rulebook: CompiledRulebook, id: string, request: ExplainRequest): Measured | ExplainProblem {
  const chip = rulebook.chip(id);
  const found = chip ?? rulebook.system(id);
  if (found === undefined) {
    const near = nearItems(rulebook, id);
    const hint = near.length === 0 ? '' : ` Near: ${near.join(', ')}.`;
    return faulty('chip', `The rulebook knows no chip or system '${id}'.${hint}`);
  }
  if (request.units !== undefined) {
    return faulty('units', `The rulebook gives the figures of ${id}: leave them out, or leave the name out.`);
  }
  if (request.datacenter !== undefined) {
    return faulty('datacenter', `The rulebook says whether ${id} is marketed for datacentres: leave that out.`);
  }
  if (request.dieAreaMm2 !== undefined && chip?.dieAreaMm2 !== null) {
    return faulty('dieAreaMm2', `The rulebook gives the die area of ${id}, or it has none: leave it out.`);
  }
  return chip === undefined ? ofSystem(rulebook, found as CompiledSystem) : ofChip(rulebook, chip, request);
}

function ofSystem(rulebook: CompiledRulebook, system: CompiledSystem): Measured {
  const { milliTppPerUnit, eccn, level } = system;
  const steps = systemSteps(rulebook, system);
  return { steps, milliTpp: milliTppPerUnit, performanceDensity: null, eccn, paragraph: null, level };
}

/** The catalogue's TPP counts, also where a file states another one than its figures come to. */
function ofChip(rulebook: CompiledRulebook, chip: CompiledChip, request: ExplainRequest): Measured | ExplainProblem {
  const { name, format, bitLength, denseTops, milliTppPerUnit, dieAreaIsEstimate, datacenter } = chip;
  const measured = measureTpp([{ name, formats: [{ format, bitLength, denseTops }] }]);
  const steps = measured.problem === undefined ? [...measuredSteps(measured.units, measured.milliTpp)] : [];
  if (measured.problem !== undefined || measured.milliTpp !== milliTppPerUnit) {
    const text = `The catalogue counts ${toTpp(milliTppPerUnit)} TPP.`;
    steps.push({ text, citation: chip.sources });
  }
  const dieAreaMm2 = chip.dieAreaMm2 ?? request.dieAreaMm2 ?? null;
  return decided(rulebook, steps, milliTppPerUnit, { dieAreaMm2, isEstimate: dieAreaIsEstimate, datacenter });
}

function described(rulebook: CompiledRulebook, request: ExplainRequest): Measured | ExplainProblem {
  const measured = measureTpp(request.units ?? []);
  if (measured.problem !== undefined) return faulty('units', measured.problem);
  const { dieAreaMm2 = null, datacenter = true } = request;
  const steps = measuredSteps(measured.units, measured.milliTpp);
  return decided(rulebook, steps, measured.milliTpp, { dieAreaMm2, isEstimate: false, datacenter });
}

interface Circuit {
  readonly dieAreaMm2: number | null;
  readonly isEstimate: boolean;
  readonly datacenter: boolean;
}

function decided(
  rulebook: CompiledRulebook,
  measured: readonly ExplainStep[],
  each: MilliTpp,
  { dieAreaMm2, isEstimate, datacenter }: Circuit,
): Measured | ExplainProblem {
  const wrongArea = dieAreaMm2 === null ? undefined : dieAreaProblem(rulebook, dieAreaMm2);
  if (wrongArea !== undefined) return faulty('dieAreaMm2', wrongArea);
  const dieAreaMilliMm2 = dieAreaMm2 === null ? null : Math.round(dieAreaMm2 * 1000);
  const found = rulebook.levelBounds.classify({ milliTpp: each, dieAreaMilliMm2, datacenter });
  const { eccn, paragraph, level } =
    found === 'unknown' ? { eccn: 'unknown', paragraph: null, level: 'unknown' as const } : found;
  const steps = [
    ...measured,
    densityStep(each, dieAreaMm2, isEstimate),
    ...(datacenter ? [] : [marketStep(rulebook, each)]),
    boundStep(rulebook, found === 'unknown' ? found : paragraph),
  ];
  return { steps, milliTpp: each, performanceDensity: densityOf(each, dieAreaMm2), eccn, paragraph, level };
}

function explainDeclared(rulebook: CompiledRulebook, eccn: string, request: ExplainRequest): Explained {
  for (const member of ['dieAreaMm2', 'datacenter'] as const) {
    if (request[member] !== undefined) return faulty(member, 'A declared ECCN alone needs no figures: leave them out.');
  }
  // What the ledger takes an item of any TPP for; only software has none.
  const isSoftware = rulebook.declaredEccns.isSoftware(eccn);
  const declared = declare(rulebook, eccn, {}, isSoftware ? noTpp : milliTpp(1000));
  if ('problem' in declared) return declared;
  const meaning = levelStep(rulebook, declared.level, isSoftware ? noTpp : null);
  const steps = [...declared.steps, ...(meaning === undefined ? [] : [meaning])];
  return { steps, tpp: null, performanceDensity: null, eccn, paragraph: null, level: declared.level };
}

/** As an item of a shipment would be taken that declares this ECCN. */
function declare(
  rulebook: CompiledRulebook,
  eccn: string,
  { chip }: ExplainRequest,
  each: MilliTpp,
): { readonly eccn: string; readonly level: ItemLevel; readonly steps: readonly ExplainStep[] } | ExplainProblem {
  const facts: ItemFacts =
    chip === undefined
      ? { description: 'item', milliTppPerUnit: each, eccn, quantity: 1 }
      : { chip, eccn, quantity: 1 };
  const item = classifyItem(rulebook, facts);
  if ('problem' in item) return faulty('eccn', item.message);
  return { eccn, level: item.level, steps: [declaredStep(rulebook, eccn, item.level)] };
}

function faulty(member: ExplainProblem['member'], problem: string): ExplainProblem {
  return { problem, member };
}
