export { builtInRulebook } from './document/built-in-rulebook.js';
export { calendarDaysBetween, endOfDay } from './dates/calendar-days.js';
export { canonicalJson } from './canonical-json.js';
export { companySlug } from './names/company-slug.js';
export { compareRulebooks, type RulebookDifference } from './document/compare-rulebooks.js';
export { CompiledRoute, dueOf } from './compiled/compiled-route.js';
export { CompiledRulebook, type QuotaPeriod } from './compiled/compiled-rulebook.js';
export type { ChipUnit, CompiledChip } from './compiled/compiled-chip.js';
export type { CompiledSystem } from './compiled/compiled-system.js';
export { allCountryCodes, countries, countryName, isCountry, type Country } from './countries/countries.js';
export { namedExceptions } from './determination.js';
export type { ClassifiedItem, Determination, Determined, ItemLevel, MissingRouteFact, NamedException, Obligation, Reason, Route, RouteConsidered, RouteName, RuleRefusal, Shipment } from './determination.js';
export type { Consignee, Party } from './consignee.js';
export { dueAt, type DueFacts } from './dates/due-at.js';
export { dutyPeriods, type DutyPeriod } from './dates/duty-periods.js';
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
export { instantMs } from './dates/instant.js';
export { licenceEndMs } from './dates/licence-life.js';
export { loadRulebook, RulebookInvalid } from './document/load-rulebook.js';
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
export { formatCharacterIn, normalName } from './names/name-spelling.js';
export { isBoundToPeriod, isOutsidePeriod, outsidePeriod } from './dates/quota-period.js';
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
} from './limits/quota-lines.js';
export { readingOf, readingValues } from './document/readings.js';
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
} from './document/route-settings.js';
export { determine } from './routes/determine.js';
export { lppHolder } from './routes/rules/lpp.js';
export { isDebiting } from './routes/mixed-shipment.js';
export type {
  CompanyLookup,
  DeterminationPorts,
  LineLookup,
  RegisteredCompany,
  VeuAuthorisation,
} from './routes/ports.js';
export type { AlertThresholds, AllocationException, Allocations, Chip, CountryGroup, GroupMembership, ItemBound, ItemLevels, Policy, Reading, ReadingName, ReversalCode, Rulebook, Territory } from './document/rulebook.js';
export type { DestinationGroup } from './countries/destination-group.js';
export type { Figure } from './document/figure.js';
export type { ChipSystem, SystemPart } from './systems.js';
export { shareBinds, uveuLimitOf, uveuLimits, type UveuCompany, type UveuLimit } from './limits/uveu-limits.js';
export { veuLines } from './limits/veu-lines.js';
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
