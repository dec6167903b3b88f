import type { Obligation } from '../determination.js';
import { isBelow } from '../items/declared-eccn.js';
import { fromTpp, type MilliTpp } from '../milli-tpp.js';
import type { DueRule, ObligationDue, ObligationRule, RouteSettings } from '../document/route-settings.js';

/** A route of the rulebook with its numbers made ready. */
export class CompiledRoute {
  /** Each duty with the least size, in thousandths of TPP, of a shipment that has it. */
  readonly #duties: readonly { readonly fromMilliTpp: number; readonly obligation: Obligation }[];
  /** Sizes at which a duty arises, rising. */
  readonly #steps: readonly number[];
  /** The duties of a shipment by how many of the steps it reaches. */
  readonly #byStep: readonly (readonly Obligation[])[];
  /** By the number before the paragraphs, so that most items are asked for once. */
  readonly #ineligible = new Map<string, readonly string[]>();

  /** @param isNoticeAbove whether a duty of large shipments begins above its threshold instead of at it */
  constructor(
    readonly settings: RouteSettings,
    isNoticeAbove: boolean,
  ) {
    for (const eccn of settings.ineligibleEccns ?? []) {
      const family = familyOf(eccn);
      this.#ineligible.set(family, [...(this.#ineligible.get(family) ?? []), eccn]);
    }
    this.#duties = settings.obligations.map((rule) => {
      const { kind, text, citation, due } = rule;
      return { fromMilliTpp: this.#leastSize(rule, isNoticeAbove), obligation: { kind, text, citation, due: dueOf(settings, due) } };
    });
    const sizes = new Set(this.#duties.map(({ fromMilliTpp }) => fromMilliTpp).filter((size) => size > 0));
    this.#steps = [...sizes].sort((a, b) => a - b);
    this.#byStep = [0, ...this.#steps].map((size) =>
      this.#duties.filter(({ fromMilliTpp }) => fromMilliTpp <= size).map(({ obligation }) => obligation),
    );
  }

  /** The duty as the rulebook states it, with who owes it and how often it arises. */
  obligationRule(kind: string): ObligationRule | undefined {
    return this.settings.obligations.find((rule) => rule.kind === kind);
  }

  /** When the duty is due, with its number. */
  dueOf(kind: string): DueRule | undefined {
    return this.#duties.find(({ obligation }) => obligation.kind === kind)?.obligation.due;
  }

  /** Whether the route leaves out items of this ECCN: `ineligibleEccns` and all but `eligibleEccns`, each with all below it. */
  isIneligible(eccn: string): boolean {
    if (this.settings.eligibleEccns?.some((above) => isBelow(eccn, above)) === false) return true;
    return this.#ineligible.get(familyOf(eccn))?.some((above) => isBelow(eccn, above)) ?? false;
  }

  /** A parameter's number. Checked when the rulebook was loaded: the route has it. */
  number(parameter: string): number {
    return (this.settings.parameters[parameter] as { value: number }).value;
  }

  citationOf(parameter: string): string {
    return this.settings.parameters[parameter]?.citation ?? this.settings.citation;
  }

  milliTpp(parameter: string): MilliTpp {
    return fromTpp(this.number(parameter));
  }

  /** The duties of a shipment whose items at the level of 3A090.a have this TPP, in the order of the rulebook. */
  obligationsOf(size: MilliTpp): readonly Obligation[] {
    let reached = 0;
    while (reached < this.#steps.length && (this.#steps[reached] as number) <= size) reached += 1;
    return this.#byStep[reached] as readonly Obligation[];
  }

  /** Every commodity of that level has TPP, and no software has. */
  #leastSize({ shipmentFrom, commoditiesOnly }: ObligationRule, isNoticeAbove: boolean): number {
    const commodities = commoditiesOnly === true ? 1 : 0;
    if (shipmentFrom === undefined) return commodities;
    return Math.max(commodities, this.milliTpp(shipmentFrom) + (isNoticeAbove ? 1 : 0));
  }
}

/** The due date with the number of the parameter that it names. Checked when the rulebook was loaded: the route has it. */
export function dueOf({ parameters }: RouteSettings, due: ObligationDue): DueRule {
  if (!('parameter' in due)) return due;
  const number = (parameters[due.parameter] as { value: number }).value;
  switch (due.when) {
    case 'before-export':
    case 'after-export':
    case 'before-transfer':
      return { when: due.when, days: number };
    case 'every-months':
      return { when: due.when, months: number };
    case 'on-reaching':
      return { when: due.when, tpp: number };
  }
}

/** 3E001 of `3E001 (for 3A090.a)` and of `3E001`. */
function familyOf(eccn: string): string {
  return eccn.slice(0, '3E001'.length);
}
