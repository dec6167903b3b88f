/** A fact as far as it is known. Leaving it out says the same as `unknown`. */
export type Stated<Value> = Value | 'unknown';

/** What a caller says of a model and of what is to be done with its weights. Operations are whole numbers to 10^30. */
export interface WeightsFacts {
  readonly model?: string;
  /** Whether the weights are "published" (15 CFR 734.7(a)): open to the public without limits on passing them on. */
  readonly published?: Stated<boolean>;
  /**
   * Operations of all training of the model, everything after pre-training and a base model's own included, without
   * data collection: one figure, or one a stage.
   */
  readonly trainingOperations?: Stated<number> | readonly TrainingStage[];
  readonly syntheticData?: 'none' | 'unknown' | readonly SyntheticData[];
  /** The model that this one was trained on from. */
  readonly derivedFrom?: 'none' | 'unknown' | BaseModel;
  /**
   * A classification of this model under Note 2 to 4E091: trained with fewer operations than a model as capable as the
   * most advanced published one needs. By BIS (15 CFR 748.3(f)) or by the exporter itself.
   */
  readonly belowPublishedFrontier?: { readonly finding: Stated<boolean>; readonly by: 'bis' | 'self' };
  /** `us`: in the United States or of US origin. `foreign`: produced outside of them. */
  readonly origin?: Stated<'us' | 'foreign'>;
  /**
   * Whether a foreign plant that trained (or tuned, quantized, ...) the model, or a major component of it, is subject
   * to the EAR and specified in 3A090, 4A090 or a .z paragraph that 15 CFR 734.9(l)(1) lists.
   */
  readonly listedPlant?: Stated<boolean>;
  /** Left out: an export, reexport or transfer of the weights themselves, not a release to a person. */
  readonly release?: 'export' | 'deemed-export';
  /** Of a deemed export or reexport: whether the person is a 'permanent regular employee' of the consignee. */
  readonly permanentRegularEmployee?: Stated<boolean>;
}

export interface TrainingStage {
  readonly stage?: string;
  readonly operations?: Stated<number>;
}

/** Data that one model generated and this one trained on. */
export interface SyntheticData {
  /** The generating model: data of the same name count together, its training counts once. */
  readonly generator: string;
  /** Operations of this model's training that used the data. */
  readonly trainingOperations?: Stated<number>;
  /** Whether the data are published: then they never count. */
  readonly published?: Stated<boolean>;
  readonly generationOperations?: Stated<number>;
  /** Whether the generator's weights are published: then its training does not count. */
  readonly generatorPublished?: Stated<boolean>;
  readonly generatorTrainingOperations?: Stated<number>;
  /** How much of the generator's training is among this model's operations already, as that of a shared base. */
  readonly alreadyCountedOperations?: number;
}

export interface BaseModel {
  readonly model?: string;
  readonly published?: Stated<boolean>;
  /** Operations of the base model's training; left out: all training less what came after. */
  readonly trainingOperations?: Stated<number>;
  /** Operations of everything after it; left out: all training less the base model's. */
  readonly furtherOperations?: Stated<number>;
}

/** Who obtains the weights; for a deemed export the employer of the person who does. Countries are ISO 3166-1 codes. */
export interface WeightsConsignee {
  readonly name?: string;
  /** Where it is located. */
  readonly country?: Stated<string>;
  readonly headquarters?: Stated<string>;
  /** `none`: it has no parent. */
  readonly ultimateParent?: 'none' | 'unknown' | { readonly name?: string; readonly headquarters?: Stated<string> };
  readonly facility?: WeightsFacility;
}

/** Where the weights are stored, and whether it complies with Supplement No. 10 to Part 748, a VEU or not. */
export interface WeightsFacility {
  /** Left out: where the consignee is. */
  readonly country?: string;
  readonly paragraph14?: Stated<boolean>;
  readonly paragraph15?: Stated<boolean>;
  readonly paragraph18?: Stated<boolean>;
}
