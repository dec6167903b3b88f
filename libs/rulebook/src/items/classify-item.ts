import type { ClassifiedItem } from '../determination.js';
import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import { tppMax, type MilliTpp } from '../milli-tpp.js';
import { computerUnit, type CircuitFacts } from './computer-unit.js';
import { invalid, problem, type ItemProblem } from './item-problem.js';
import { measuredUnit, unknownDensity, type ClassifiedUnit } from './measured-unit.js';

/** An item as an exporter names it: a chip of the catalogue, or a description with its TPP. */
export interface ItemFacts {
  /** The id of a chip or system of the catalogue. */
  readonly chip?: string;
  /** Without `eccn` and `circuits` it is measured as one integrated circuit. */
  readonly description?: string;
  /** Taken as declared; left out: the item is classified. */
  readonly eccn?: string;
  /** A whole number of units, 1 or more. */
  readonly quantity: number;
  /** Needed with `description` unless it has `circuits`; refused with `chip`. */
  readonly milliTppPerUnit?: MilliTpp;
  /**
   * Applicable die area in mm2, at most 1,000,000 with at most three decimals; 0 where no die counts. Beside `chip` only where the
   * catalogue has none.
   */
  readonly dieAreaMm2?: number;
  /** Designed or marketed for datacentres; left out: true, of a computer with `circuits` as they are. Refused with `chip`. */
  readonly datacenter?: boolean;
  /** What a described computer or assembly contains, in place of its TPP, die area and ECCN. */
  readonly circuits?: readonly CircuitFacts[];
}

const weightsForm = /^4E091(?:\.|$)/;

/**
 * Settles what an item is under the rulebook and how much TPP a unit of it has. Never throws: what is wrong with
 * the facts, also a total beyond the exact range, comes back as the problem of one member.
 * 15 CFR part 774, Supp. 1, ECCN 3A090; 742.6(a)(6)(iii)(A) and (B) for declared ECCNs.
 */
export function classifyItem(rulebook: CompiledRulebook, facts: ItemFacts): ClassifiedItem | ItemProblem {
  const { quantity } = facts;
  if (!Number.isSafeInteger(quantity) || quantity < 1) {
    return invalid('quantity', `A quantity is a whole number of units, 1 or more, not ${quantity}.`);
  }
  const unit = facts.chip === undefined ? describedUnit(rulebook, facts) : chipUnit(rulebook, facts.chip, facts);
  if ('problem' in unit) return unit;
  if (!Number.isSafeInteger(unit.milliTppPerUnit * quantity)) return invalid('quantity', beyondRange);
  const item = {
    chip: unit.chip,
    description: unit.description,
    eccn: unit.eccn,
    level: unit.level,
    milliTppPerUnit: unit.milliTppPerUnit,
    quantity,
  };
  return unit.datacenter === undefined ? item : { ...item, datacenter: unit.datacenter };
}

export const beyondRange = `The total is more than ${tppMax} TPP, beyond what the ledger counts exactly.`;

function chipUnit(rulebook: CompiledRulebook, id: string, facts: ItemFacts): ClassifiedUnit | ItemProblem {
  const chip = rulebook.chip(id) ?? rulebook.system(id);
  if (chip === undefined) {
    return problem('unknown-chip', 'chip', `The rulebook knows no chip '${id}'. GET /v1/chips lists those it knows.`);
  }
  if (facts.circuits !== undefined) {
    return invalid('circuits', `The rulebook gives the circuits of ${id}: leave circuits out, or describe the item.`);
  }
  if (facts.milliTppPerUnit !== undefined) {
    return invalid('tppPerUnit', `The rulebook gives the TPP of ${id}; leave tppPerUnit out, or describe the item.`);
  }
  if (facts.description !== undefined) {
    return invalid('description', 'An item names a chip or has a description, not both.');
  }
  if (facts.datacenter !== undefined) {
    return invalid('datacenter', `The rulebook says whether ${id} is marketed for datacentres; leave datacenter out.`);
  }
  const isSystem = 'parts' in chip;
  if (facts.dieAreaMm2 !== undefined && (isSystem || chip.dieAreaMm2 !== null)) {
    return invalid('dieAreaMm2', `The rulebook gives the die area of ${id}; leave dieAreaMm2 out.`);
  }
  if (facts.eccn !== undefined) return declaredUnit(rulebook, facts.eccn, chip.milliTppPerUnit, id, null);
  if (facts.dieAreaMm2 === undefined) {
    const message = unknownDensity(id, chip.milliTppPerUnit / 1000);
    return chip.unit ?? problem('classification-unknown', 'dieAreaMm2', message);
  }
  return measuredUnit(rulebook, { ...facts, datacenter: chip.datacenter }, chip.milliTppPerUnit, id, null);
}

function describedUnit(rulebook: CompiledRulebook, facts: ItemFacts): ClassifiedUnit | ItemProblem {
  const { description, milliTppPerUnit, eccn } = facts;
  if (description === undefined) return invalid('chip', 'An item names a chip of the rulebook or has a description.');
  if (facts.circuits !== undefined) return assembledUnit(rulebook, facts, description, facts.circuits);
  if (milliTppPerUnit === undefined) {
    return invalid('tppPerUnit', 'A described item needs the TPP of one unit (0 if it has none).');
  }
  const unit =
    eccn === undefined
      ? measuredUnit(rulebook, facts, milliTppPerUnit, null, description)
      : declaredUnit(rulebook, eccn, milliTppPerUnit, null, description);
  if ('problem' in unit) return unit.problem === 'classification-unknown' ? { ...unit, message: `${unit.message} ${oneCircuit}` } : unit;
  return facts.datacenter === false ? { ...unit, datacenter: false } : unit;
}

const oneCircuit =
  'A described item is measured as one circuit: of a computer of several name the circuits, order a system of the catalogue, or declare its ECCN.';

/** A described computer: what its circuits say, it does not say again. */
function assembledUnit(
  rulebook: CompiledRulebook,
  facts: ItemFacts,
  description: string,
  circuits: readonly CircuitFacts[],
): ClassifiedUnit | ItemProblem {
  const said = ([['tppPerUnit', facts.milliTppPerUnit], ['dieAreaMm2', facts.dieAreaMm2], ['eccn', facts.eccn]] as const).find(
    ([, value]) => value !== undefined,
  );
  if (said !== undefined) return invalid(said[0], `The circuits give the ${said[0]} of ${description}: leave it out, or circuits.`);
  return computerUnit(rulebook, description, circuits, facts.datacenter);
}

function declaredUnit(
  rulebook: CompiledRulebook,
  eccn: string,
  milliTppPerUnit: MilliTpp,
  chip: string | null,
  description: string | null,
): ClassifiedUnit | ItemProblem {
  const level = rulebook.declaredEccns.levelOf(eccn);
  if (level === 'malformed') {
    return invalid('eccn', `'${eccn}' is not an ECCN. Write one as 3A090.a or 5A992.z.1, or EAR99, or none.`);
  }
  if (level === 'ambiguous' && rulebook.declaredEccns.isTechnology(eccn)) {
    const words = 'does not say for which items the software or technology is';
    const example = rulebook.declaredEccns.technologyExample(eccn);
    return invalid('eccn', `${eccn} ${words}: name a paragraph that it is listed with, as ${example}.`);
  }
  if (level === 'ambiguous') {
    return invalid('eccn', `Some paragraphs of ${eccn} debit an allocation and others do not: name the paragraph.`);
  }
  if (weightsForm.test(eccn)) {
    return invalid('eccn', `Model weights (${eccn}) are no item of a shipment: they are determined on their own.`);
  }
  if (rulebook.declaredEccns.isSoftware(eccn)) {
    if (milliTppPerUnit === 0) return { chip, description, eccn, level, milliTppPerUnit };
    return invalid('tppPerUnit', `${eccn} is software or technology, which has no TPP: state 0.`);
  }
  if (level === 'a' && milliTppPerUnit === 0) {
    return invalid('tppPerUnit', `An item of ${eccn} has TPP: state that of one unit.`);
  }
  return { chip, description, eccn, level, milliTppPerUnit };
}
