import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsString, Matches } from 'class-validator';
import { About, IsName, IsOperations, IsText, MayBeLeftOut, Nested, OrOperations, OrWord } from '../validation/members.js';

const countryMessage = '$property must be an ISO 3166-1 alpha-2 code in capitals, as GB, or "unknown"';
const flagMessage = '$property must be true, false or "unknown"';
const countryForm = /^[A-Z]{2}$/;

export class TrainingStageDto {
  @About('What this stage is called.')
  @MayBeLeftOut()
  @IsText(200)
  readonly stage?: string;

  @About('Operations of this stage.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsOperations()
  readonly operations?: number | 'unknown';
}

export class SyntheticDataDto {
  @About('The generating model: data of the same name count together, its training counts once.')
  @IsText(200)
  readonly generator!: string;

  @About("Operations of this model's training that used the data.")
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsOperations()
  readonly trainingOperations?: number | 'unknown';

  @About('Whether the data are published: then they never count.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsBoolean({ message: flagMessage })
  readonly published?: boolean | 'unknown';

  @About('Operations to generate the data.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsOperations()
  readonly generationOperations?: number | 'unknown';

  @About("Whether the generator's weights are published: then its training does not count.")
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsBoolean({ message: flagMessage })
  readonly generatorPublished?: boolean | 'unknown';

  @About("Operations of the generator's training.")
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsOperations()
  readonly generatorTrainingOperations?: number | 'unknown';

  @About("How much of the generator's training is among this model's operations already.")
  @MayBeLeftOut()
  @IsOperations()
  readonly alreadyCountedOperations?: number;
}

export class BaseModelDto {
  @About('Name of the base model.')
  @MayBeLeftOut()
  @IsText(200)
  readonly model?: string;

  @About('Whether its weights are published.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsBoolean({ message: flagMessage })
  readonly published?: boolean | 'unknown';

  @About('Operations of its training; left out: all training less what came after.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsOperations()
  readonly trainingOperations?: number | 'unknown';

  @About("Operations of everything after it; left out: all training less the base model's.")
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsOperations()
  readonly furtherOperations?: number | 'unknown';
}

export class FrontierFindingDto {
  @About('Trained with fewer operations than a model as capable as the most advanced published one needs.')
  @OrWord('unknown')
  @IsBoolean({ message: flagMessage })
  readonly finding!: boolean | 'unknown';

  @About('Who found it: BIS (15 CFR 748.3(f)) or the exporter itself.')
  @IsIn(['bis', 'self'])
  readonly by!: 'bis' | 'self';
}

/** What a model is and what is done with its weights. Nothing is guessed: a fact left out is unknown. */
export class WeightsDto {
  @About('Name of the model.')
  @MayBeLeftOut()
  @IsText(200)
  readonly model?: string;

  @About('Whether the weights are published: open to the public without limits on passing them on.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsBoolean({ message: flagMessage })
  readonly published?: boolean | 'unknown';

  @About("Operations of all training, later training and a base model's included: one figure, or one a stage.")
  @MayBeLeftOut()
  @OrWord('unknown')
  @OrOperations()
  @IsArray({ message: '$property must be a whole number of operations from 0 to 1e30, stages of training, or "unknown"' })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Nested(() => TrainingStageDto, { each: true })
  readonly trainingOperations?: number | 'unknown' | readonly TrainingStageDto[];

  @About('Data that other models generated and this one was trained on; `none` if there are none.')
  @MayBeLeftOut()
  @OrWord('none', 'unknown')
  @IsArray({ message: '$property must be an array of data, "none" or "unknown"' })
  @ArrayMaxSize(100)
  @Nested(() => SyntheticDataDto, { each: true })
  readonly syntheticData?: 'none' | 'unknown' | readonly SyntheticDataDto[];

  @About('The model that this one was trained on from; `none` if it was trained from scratch.')
  @MayBeLeftOut()
  @OrWord('none', 'unknown')
  @Nested(() => BaseModelDto, { message: '$property must be an object, "none" or "unknown"' })
  readonly derivedFrom?: 'none' | 'unknown' | BaseModelDto;

  @About('A classification of this model under Note 2 to ECCN 4E091.')
  @MayBeLeftOut()
  @Nested(() => FrontierFindingDto)
  readonly belowPublishedFrontier?: FrontierFindingDto;

  @About('`us`: in the United States or of US origin. `foreign`: produced outside of them.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsIn(['us', 'foreign'], { message: '$property must be "us", "foreign" or "unknown"' })
  readonly origin?: 'us' | 'foreign' | 'unknown';

  @About('Of foreign weights: whether their plant, or a major component of it, is listed in 15 CFR 734.9(l)(1).')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsBoolean({ message: flagMessage })
  readonly listedPlant?: boolean | 'unknown';

  @About('Left out: `export`, of the weights themselves and not a release to a person.')
  @MayBeLeftOut()
  @IsIn(['export', 'deemed-export'])
  readonly release?: 'export' | 'deemed-export';

  @About("Of a deemed export: whether the person is a 'permanent regular employee' of the consignee.")
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsBoolean({ message: flagMessage })
  readonly permanentRegularEmployee?: boolean | 'unknown';
}

export class WeightsParentDto {
  @About('The company that owns the consignee in the end.')
  @MayBeLeftOut()
  @IsName(200)
  readonly name?: string;

  @About('Where its headquarters are.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsString({ message: countryMessage })
  @Matches(countryForm, { message: countryMessage })
  readonly headquarters?: string;
}

export class WeightsFacilityDto {
  @About('Where the weights are stored; left out: where the consignee is.')
  @MayBeLeftOut()
  @IsString()
  @Matches(countryForm, { message: '$property must be an ISO 3166-1 alpha-2 code in capitals, as GB' })
  readonly country?: string;

  @About('Complies with paragraph 14 of Supplement No. 10 to Part 748.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsBoolean({ message: flagMessage })
  readonly paragraph14?: boolean | 'unknown';

  @About('Complies with paragraph 15.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsBoolean({ message: flagMessage })
  readonly paragraph15?: boolean | 'unknown';

  @About('Complies with paragraph 18.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsBoolean({ message: flagMessage })
  readonly paragraph18?: boolean | 'unknown';
}

/** Who obtains the weights; for a deemed export the employer of the person who does. */
export class WeightsConsigneeDto {
  @About('The company as it signs.')
  @MayBeLeftOut()
  @IsName(200)
  readonly name?: string;

  @About('Where it is located.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsString({ message: countryMessage })
  @Matches(countryForm, { message: countryMessage })
  readonly country?: string;

  @About('Where its headquarters are.')
  @MayBeLeftOut()
  @OrWord('unknown')
  @IsString({ message: countryMessage })
  @Matches(countryForm, { message: countryMessage })
  readonly headquarters?: string;

  @About('Its ultimate parent; `none` if it has none.')
  @MayBeLeftOut()
  @OrWord('none', 'unknown')
  @Nested(() => WeightsParentDto, { message: '$property must be an object, "none" or "unknown"' })
  readonly ultimateParent?: 'none' | 'unknown' | WeightsParentDto;

  @About('Where the weights are stored, and whether it complies with Supplement No. 10 to Part 748.')
  @MayBeLeftOut()
  @Nested(() => WeightsFacilityDto)
  readonly facility?: WeightsFacilityDto;
}
