import type { DestinationGroup } from '../countries/destination-group.js';

/** The control of model weights as data: every figure with the paragraph that sets it. Dates are RFC 3339. */
export interface WeightsRules {
  readonly eccn: '4E091';
  readonly citation: string;
  /** What a reader should know before relying on it. */
  readonly note: string;
  /** From when on the control exists, must be complied with, and a facility must meet its security duties. */
  readonly inForce: EffectiveFrom;
  readonly compliance: EffectiveFrom;
  readonly facilitySecurity: EffectiveFrom | DueBy;
  /** Operations from which on weights are controlled, inclusive, and how they are counted. */
  readonly threshold: { readonly operations: number; readonly citation: string; readonly countingCitation: string };
  /** Synthetic data count once they take more than this share of the training operations. */
  readonly syntheticData: { readonly morePercent: number; readonly citation: string };
  readonly published: { readonly citation: string };
  /** A derivative of a published model is free up to the higher of the two, inclusive. */
  readonly derivative: { readonly operations: number; readonly percent: number; readonly citation: string };
  /** Rising over time: each entry holds until the next one. */
  readonly movingFloor: { readonly citation: string; readonly entries: readonly FloorEntry[] };
  readonly directProduct: { readonly origin: string; readonly foreign: string };
  readonly licence: { readonly requirement: string; readonly review: string; readonly partnerReview: string };
  readonly deemedExport: { readonly citation: string };
  readonly notAnExport: { readonly citation: string };
  readonly aia: {
    readonly citation: string;
    readonly facilityCitation: string;
    readonly duties: readonly FacilityDuty[];
    readonly records: { readonly text: string; readonly citation: string };
  };
  readonly readings: WeightsReadings;
}

export interface EffectiveFrom {
  readonly from: string;
  readonly citation: string;
}

/** A day, `2026-01-15`, that counts to its end: afterwards it must be done. */
export interface DueBy {
  readonly by: string;
  readonly citation: string;
}

/** From `from` on, weights trained with fewer operations are taken as no more capable than published ones. */
export interface FloorEntry {
  readonly from: string;
  readonly operations: number;
  readonly reason: string;
}

export type FacilityParagraph = 'paragraph14' | 'paragraph15' | 'paragraph18';

export interface FacilityDuty {
  readonly paragraph: FacilityParagraph;
  readonly code: string;
  readonly text: string;
  readonly citation: string;
}

/** A question that the text leaves open, the answer followed, those that could be followed instead, and why. */
export interface WeightsReading<Value extends string> {
  readonly value: Value;
  readonly alternatives: readonly Value[];
  readonly reason: string;
  readonly citation: string;
}

/** A reading with one value only is written down because it was a choice, not because it can be changed. */
export interface WeightsReadings {
  /** Which headquarters make a partner firm, for AIA and for the exception of deemed exports. */
  readonly partnerFirm: WeightsReading<'both' | 'either'>;
  /**
   * Under `partnerFirm: either`, with one headquarters in Supplement No. 5(a) and the other not stated: whether the other is
   * missing, for it may be in Macau or Country Group D:5. Left out, as in rulebooks from before the question: `passed-over`.
   */
  readonly unstatedHeadquarters?: WeightsReading<'missing' | 'passed-over'>;
  /**
   * What AIA asks of a consignee located, or storing the weights, in Country Groups D:1 and D:4 outside of A:5 and A:6. Left
   * out, as in rulebooks from before the question: `as-elsewhere`.
   */
  readonly aiaInGroupsD1D4?: WeightsReading<'own-headquarters' | 'as-elsewhere'>;
  /** How an application for a partner firm is reviewed. */
  readonly partnerReview: WeightsReading<'approval' | 'not-stated'>;
  /** How one is reviewed for a partner firm located in Macau or Country Group D:5. */
  readonly partnerInEmbargoedPlace: WeightsReading<'denial' | 'as-elsewhere'>;
  /** Whether weights that anybody can download, under terms of use, are published. */
  readonly openWeightsUnderTerms: WeightsReading<'published' | 'unknown'>;
  readonly derivativeScope: WeightsReading<'threshold-too'>;
  readonly derivativeSyntheticData: WeightsReading<'counts-as-further'>;
  readonly syntheticShare: WeightsReading<'of-training-operations'>;
  readonly movingFloorFigure: WeightsReading<'most-trained-published-model'>;
  readonly deemedExportUnderAia: WeightsReading<'no'>;
  readonly deMinimis: WeightsReading<'not-determined'>;
}

/** The values that can be followed for each question: another one is refused, as a hidden choice. */
export const readingValues: {
  readonly [Name in keyof WeightsReadings]-?: readonly NonNullable<WeightsReadings[Name]>['value'][];
} = {
  partnerFirm: ['both', 'either'],
  unstatedHeadquarters: ['missing', 'passed-over'],
  aiaInGroupsD1D4: ['own-headquarters', 'as-elsewhere'],
  partnerReview: ['approval', 'not-stated'],
  partnerInEmbargoedPlace: ['denial', 'as-elsewhere'],
  openWeightsUnderTerms: ['published', 'unknown'],
  derivativeScope: ['threshold-too'],
  derivativeSyntheticData: ['counts-as-further'],
  syntheticShare: ['of-training-operations'],
  movingFloorFigure: ['most-trained-published-model'],
  deemedExportUnderAia: ['no'],
  deMinimis: ['not-determined'],
};

/** Questions that a rulebook may leave out. */
export const optionalReadings: readonly (keyof WeightsReadings)[] = ['unstatedHeadquarters', 'aiaInGroupsD1D4'];

/** What a determination of weights reads: the figures, and who belongs to which group when. */
export interface WeightsRulebook {
  readonly weights: WeightsRules;
  /** As `CompiledRulebook.groupOf`: `partner` and `home` are Supplement No. 5(a), `embargoed` Macau and D:5. */
  groupOf(country: string, atMs: number): DestinationGroup;
  /** Whether 740.2(a)(9)(ii) restricts licence exceptions to it: in D:1, D:4 or D:5, and in neither A:5 nor A:6. */
  isRestricted(country: string, atMs: number): boolean;
}
