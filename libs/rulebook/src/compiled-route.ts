import type { Obligation } from './determination.js';
import { isBelow } from './items/declared-eccn.js';
import { fromTpp, type MilliTpp } from './milli-tpp.js';
import type { ObligationRule, RouteSettings } from './route-settings.js';

/** A route of the rulebook with its numbers made ready. */
export class CompiledRoute {
  readonly #always: readonly Obligation[];
  readonly #bySize: readonly { readonly fromMilliTpp: MilliTpp; readonly isAbove: boolean }[];
  readonly #withSize = new Map<string, readonly Obligation[]>();
  /** By the number before the paragraphs, so that most items are asked for once. */
  readonly #ineligible = new Map<string, readonly string[]>();

  /** @param isNoticeAbove whether a duty of large shipments begins above its threshold instead of at it */
  constructor(
    readonly settings: RouteSettings,
    isNoticeAbove: boolean,
  ) {
    const { obligations, ineligibleEccns = [] } = settings;
    for (const eccn of ineligibleEccns) {
      const family = familyOf(eccn);
      this.#ineligible.set(family, [...(this.#ineligible.get(family) ?? []), eccn]);
    }
    this.#always = obligations.filter((rule) => rule.shipmentFrom === undefined).map((rule) => this.#obligation(rule));
    this.#bySize = obligations
      .filter((rule) => rule.shipmentFrom !== undefined)
      .map((rule) => ({ fromMilliTpp: this.milliTpp(rule.shipmentFrom as string), isAbove: isNoticeAbove }));
  }

  /** The duty as the rulebook states it, with who owes it and how often it arises. */
  obligationRule(kind: string): ObligationRule | undefined {
    return this.settings.obligations.find((rule) => rule.kind === kind);
  }

  /** Whether the route leaves out items of this ECCN: `ineligibleEccns`, each with all below it. */
  isIneligible(eccn: string): boolean {
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

  /** The duties of a shipment of this size, in the order of the rulebook. */
  obligationsOf(size: MilliTpp): readonly Obligation[] {
    if (this.#bySize.length === 0) return this.#always;
    const reached = this.#bySize.map(({ fromMilliTpp, isAbove }) =>
      isAbove ? size > fromMilliTpp : size >= fromMilliTpp,
    );
    const key = reached.join();
    const known = this.#withSize.get(key);
    if (known !== undefined) return known;
    let place = 0;
    const obligations = this.settings.obligations
      .filter((rule) => rule.shipmentFrom === undefined || reached[place++] === true)
      .map((rule) => this.#obligation(rule));
    this.#withSize.set(key, obligations);
    return obligations;
  }

  #obligation({ kind, text, citation, due }: ObligationRule): Obligation {
    if (due.when !== 'on-reaching') return { kind, text, citation, due };
    return { kind, text, citation, due: { when: 'on-reaching', tpp: this.number(due.parameter) } };
  }
}

/** 3E001 of `3E001 (for 3A090.a)` and of `3E001`. */
function familyOf(eccn: string): string {
  return eccn.slice(0, '3E001'.length);
}
