export { builtInRulebook } from './built-in-rulebook.js';
export { canonicalJson } from './canonical-json.js';
export {
  CompiledRulebook,
  countryOfLine,
  lineOfCountry,
  type ChipUnit,
  type CompiledChip,
  type QuotaPeriod,
} from './compiled-rulebook.js';
export { countries, countryName, isCountry, type Country } from './countries.js';
export type {
  ClassifiedItem,
  Consignee,
  Determination,
  ItemLevel,
  Party,
  Reason,
  Route,
  RouteConsidered,
  RuleRefusal,
  Shipment,
} from './determination.js';
export { classifyItem, type ItemFacts, type ItemProblem } from './items/classify-item.js';
export { classifyItems, type ClassifiedItems } from './items/classify-items.js';
export { loadRulebook, RulebookInvalid } from './load-rulebook.js';
export {
  addTpp,
  fromTpp,
  isTpp,
  milliTpp,
  noTpp,
  subtractTpp,
  timesTpp,
  toTpp,
  tppMax,
  type MilliTpp,
} from './milli-tpp.js';
export { determine } from './routes/determine.js';
export type {
  AlertThresholds,
  AllocationException,
  Allocations,
  Chip,
  DestinationGroup,
  GroupMembership,
  ItemBound,
  ItemLevels,
  Policy,
  Reading,
  ReadingName,
  ReversalCode,
  Rulebook,
} from './rulebook.js';
export type { RulebookProblem } from './validation/problems.js';
export { builtInWeights } from './weights/built-in-weights.js';
export type { FactProblem } from './weights/check-facts.js';
export { classifyWeights } from './weights/classify-weights.js';
export { determineWeights } from './weights/determine-weights.js';
export { isOperations, operationsMax } from './weights/operations.js';
export { usAiDiffusionWeights } from './weights/us-ai-diffusion-weights.js';
export type {
  Control,
  MissingFact,
  WeightsClassification,
  WeightsDetermination,
  WeightsObligation,
  WeightsProblems,
  WeightsStep,
  WeightsStepName,
} from './weights/weights-determination.js';
export type {
  BaseModel,
  Stated,
  SyntheticData,
  TrainingStage,
  WeightsConsignee,
  WeightsFacility,
  WeightsFacts,
} from './weights/weights-facts.js';
export type { FloorEntry, WeightsReading, WeightsRulebook, WeightsRules } from './weights/weights-rules.js';
