import type { ClassifiedItem, CompiledRulebook, ItemLevel, MilliTpp, Reason } from '#rulebook';

/** The items of a recorded shipment as a draft classifies them, or why it cannot. */
export type DraftItems =
  | {
      readonly items: readonly ClassifiedItem[];
      /** Level and TPP of every unit are as recorded. */
      readonly same: boolean;
    }
  | { readonly code: 'unknown-chip' | 'classification-unknown' | 'invalid-request'; readonly reasons: readonly Reason[] };

interface Unit {
  readonly eccn: string;
  readonly level: ItemLevel;
  /** Null: as stated. */
  readonly milliTppPerUnit: MilliTpp | null;
}

type Unclassified = Extract<DraftItems, { code: string }>;

/**
 * Classifies recorded items anew. A chip of the catalogue is classified by the draft's catalogue. Where the exporter
 * declared the ECCN, or stated a die area, the event says no more than the ECCN: it is taken as declared.
 */
export class ItemsUnderDraft {
  readonly #draft: CompiledRulebook;
  #recorded: CompiledRulebook | undefined;
  /** By chip (or none) and recorded ECCN and level. */
  readonly #units = new Map<string, Unit | Unclassified>();

  constructor(draft: CompiledRulebook) {
    this.#draft = draft;
  }

  /** Events from here on were decided under this rulebook. */
  recordedUnder(rulebook: CompiledRulebook): void {
    this.#recorded = rulebook;
    this.#units.clear();
  }

  classify(stated: readonly ClassifiedItem[]): DraftItems {
    const items: ClassifiedItem[] = [];
    let same = true;
    let total = 0;
    for (const item of stated) {
      const unit = this.#unitOf(item);
      if ('code' in unit) return unit;
      const { eccn, level } = unit;
      const each = unit.milliTppPerUnit ?? item.milliTppPerUnit;
      total += each * item.quantity;
      if (!Number.isSafeInteger(total)) return tooLarge;
      same &&= level === item.level && each === item.milliTppPerUnit;
      const { chip, description, quantity } = item;
      const classified = { chip, description, eccn, level, milliTppPerUnit: each, quantity };
      items.push(item.datacenter === false ? { ...classified, datacenter: false } : classified);
    }
    return { items, same };
  }

  #unitOf({ chip, eccn, level }: ClassifiedItem): Unit | Unclassified {
    const key = `${chip ?? ''} ${eccn} ${level}`;
    const known = this.#units.get(key);
    if (known !== undefined) return known;
    const unit = chip === null ? this.#declared(eccn, level) : this.#ofCatalogue(chip, eccn, level);
    this.#units.set(key, unit);
    return unit;
  }

  #ofCatalogue(id: string, eccn: string, level: ItemLevel): Unit | Unclassified {
    const chip = this.#draft.chip(id) ?? this.#draft.system(id);
    if (chip === undefined) {
      return this.#unclassified('unknown-chip', `The draft knows no chip '${id}'.`);
    }
    const before = this.#recorded?.chip(id) ?? this.#recorded?.system(id);
    const isAsClassified = before === undefined || before.eccn === eccn;
    if (isAsClassified && chip.unit !== null) return chip.unit;
    if (isAsClassified) {
      const text = `Under the draft the performance density of ${id} decides, and its die area is unknown.`;
      return this.#unclassified('classification-unknown', text);
    }
    const declared = this.#declared(eccn, level);
    return 'code' in declared ? declared : { ...declared, milliTppPerUnit: chip.milliTppPerUnit };
  }

  #declared(eccn: string, level: ItemLevel): Unit | Unclassified {
    // What no rulebook lists but was measured keeps the level that it was measured at.
    const wasListed = this.#recorded === undefined || this.#recorded.declaredEccns.levelOf(eccn) === level;
    const now = wasListed ? this.#draft.declaredEccns.levelOf(eccn) : level;
    if (now === 'ambiguous' || now === 'malformed') {
      const text = `Under the draft the ECCN ${eccn} does not say at which level the item is.`;
      const { citation } = this.#draft.document.itemLevels.declared;
      return { code: 'invalid-request', reasons: [{ code: 'eccn-unclear', text, citation }] };
    }
    return { eccn, level: now, milliTppPerUnit: null };
  }

  #unclassified(code: 'unknown-chip' | 'classification-unknown', text: string): Unclassified {
    return { code, reasons: [{ code, text, citation: this.#draft.document.itemLevels.citation }] };
  }
}

const tooLarge: Unclassified = {
  code: 'invalid-request',
  reasons: [
    {
      code: 'too-large',
      text: 'Under the draft the shipment has more TPP than the ledger counts exactly.',
      citation: 'Quota Ledger: amounts are exact to a thousandth of TPP',
    },
  ],
};
