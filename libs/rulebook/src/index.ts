export { builtInRulebook } from './built-in-rulebook.js';
export { calendarDaysBetween, endOfDay } from './calendar-days.js';
export { canonicalJson } from './canonical-json.js';
export { companySlug } from './company-slug.js';
export { compareRulebooks, type RulebookDifference } from './compare-rulebooks.js';
export { CompiledRoute, dueOf } from './compiled-route.js';
export { CompiledRulebook, type QuotaPeriod } from './compiled-rulebook.js';
export type { ChipUnit, CompiledChip } from './compiled-chip.js';
export type { CompiledSystem } from './compiled-system.js';
export { countries, countryName, isCountry, type Country } from './countries.js';
export { namedExceptions } from './determination.js';
export type { ClassifiedItem, Determination, Determined, ItemLevel, MissingRouteFact, NamedException, Obligation, Reason, Route, RouteConsidered, RouteName, RuleRefusal, Shipment } from './determination.js';
export type { Consignee, Party } from './consignee.js';
export { dueAt, type DueFacts } from './due-at.js';
export { dutyPeriods, type DutyPeriod } from './duty-periods.js';
export { classifyItem, type ItemFacts } from './items/classify-item.js';
export { classifyItems, type ClassifiedItems } from './items/classify-items.js';
export type { CircuitFacts } from './items/computer-unit.js';
export type { ItemProblem } from './items/item-problem.js';
export {
  explainClassification,
  type Explained,
  type ExplainProblem,
  type ExplainRequest,
} from './items/explain-classification.js';
export type { ExplainStep } from './items/explain-steps.js';
export { limitsInUnits, type LimitInUnits } from './items/limits-in-units.js';
export { nearItems } from './items/near-items.js';
export { formatForm, readFormats, type ReadFormats } from './items/read-formats.js';
export {
  measureTpp,
  type FormatRate,
  type Measured,
  type MeasuredUnit,
  type ProcessingUnit,
} from './items/measure.js';
export { instantMs } from './instant.js';
export { licenceEndMs } from './licence-life.js';
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
export { formatCharacterIn, normalName } from './name-spelling.js';
export { isBoundToPeriod, isOutsidePeriod, outsidePeriod } from './quota-period.js';
export {
  countryOfLine,
  kindOfLine,
  lineOfCountry,
  lineOfLpp,
  lineOfNveu,
  lineOfOther,
  lineOfUveu,
  partsOfLine,
  type LineKind,
  type LineParts,
} from './quota-lines.js';
export { readingOf, readingValues } from './readings.js';
export { checkRouteFacts, routeFactNames, type RouteFactProblem, type RouteFacts } from './route-facts.js';
export type {
  ControlRules,
  DueRule,
  DutyParty,
  DutyScope,
  ObligationDue,
  ObligationRule,
  RecurringDue,
  RouteSettings,
  ScheduleStep,
} from './route-settings.js';
export { determine } from './routes/determine.js';
export { lppHolder } from './routes/lpp.js';
export { isDebiting } from './routes/mixed-shipment.js';
export type {
  CompanyLookup,
  DeterminationPorts,
  LineLookup,
  RegisteredCompany,
  VeuAuthorisation,
} from './routes/ports.js';
export type { AlertThresholds, AllocationException, Allocations, Chip, CountryGroup, GroupMembership, ItemBound, ItemLevels, Policy, Reading, ReadingName, ReversalCode, Rulebook, Territory } from './rulebook.js';
export type { DestinationGroup } from './destination-group.js';
export type { Figure } from './figure.js';
export type { ChipSystem, SystemPart } from './systems.js';
export { shareBinds, uveuLimitOf, uveuLimits, type UveuCompany, type UveuLimit } from './uveu-limits.js';
export { veuLines } from './veu-lines.js';
export { checkRulebook } from './validation/check-rulebook.js';
export type { RulebookFinding } from './validation/findings.js';
export type { RulebookProblem } from './validation/problems.js';
export {
  authoriseWeights,
  isRouted,
  type RoutedDetermination,
  type WeightsAuthorisation,
  type WeightsReliance,
  type WeightsRoute,
} from './weights/authorise-weights.js';
export { builtInWeights } from './weights/built-in-weights.js';
export type { FactProblem } from './weights/check-facts.js';
export { classifyWeights } from './weights/classify-weights.js';
export { determineWeights } from './weights/determine-weights.js';
export { isOperations, operationsMax } from './weights/operations.js';
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
