export type * from './events/ledger-event.js';
export type * from './events/recorded.js';
export type * from './events/line-event.js';
export type * from './events/alert-event.js';
export type * from './events/rulebook-event.js';
export type * from './events/line-parts.js';
export type * from './events/weights-event.js';
export type * from './events/company-event.js';
export type * from './events/obligation-event.js';
export type * from './events/choice-event.js';
export type * from './events/loss-event.js';
export type * from './events/stored-event.js';
export { noStream } from './events/stored-event.js';
export type * from './event-store/event-store.js';
export { OutcomeUnknown, StoreUnavailable } from './event-store/event-store.js';
export type * from './line/entries.js';
export type * from './line/line-command.js';
export type * from './companies/company-port.js';
export type * from './once/derived-index.js';
export type { KnownLine } from './in-force/reconcile-lines.js';
export type * from './outcome/rejected.js';
export type * from './requests/ledger-outcome.js';
export type * from './requests/ledger-request.js';
export { judgeWeights, type WeightsAnswer } from './weights/judge-weights.js';
export type { WeightExportRequest, WeightsRequest } from './weights/weights-request.js';
export type { WeightsOutcome } from './streams/weights-ledger.js';
export type { WeightsDecided } from './streams/weights-stream.js';
export type * from './requests/company-request.js';
export { statusOf, type Authorisation, type AuthorisationStatus, type Company } from './companies/company.js';
export { CompanyRegister } from './companies/company-register.js';
export { foldCompanyEvent } from './companies/fold-companies.js';
export type { Companies, CompanyOutcome } from './streams/companies.js';
export type { RegisterDecided } from './streams/register-stream.js';
export { systemClock, type Clock } from './outcome/clock.js';
export { decodeEvent, encodeEvent, eventTypes, UnknownEvent } from './events/codec.js';
export { assertFollows } from './event-store/chain.js';
export { commandIdOf } from './events/command-id.js';
export { digestOf, emptyStream, eventId, seal, type Draft, type SealedEvent, type StreamEnd } from './events/seal.js';
export { uuidV5 } from './events/uuid-v5.js';
export { decide, isOpen } from './line/decide.js';
export { foldExport, foldReservation, isOwnRefusal, itemKey, itemMilliTpp, type EventPlace } from './line/fold-entries.js';
export { available, evolve, fold, roomFor, stateAfter, untouchedLine, type LineState } from './line/line-state.js';
export { barOf } from './line/refusal.js';
export { leftElsewhere, leftOfHold, noMovement, takenBy, type Movement } from './line/movement.js';
export { NextRead } from './appending/next-read.js';
export { limitingBalance, roomInShare, shareOfAll, shownBalance } from './line/shares.js';
export {
  alertsStreamOf,
  choiceStreamOf,
  companiesStream,
  isLine,
  isStream,
  lineOfStream,
  lossesStream,
  obligationStreamOf,
  quotaStreamOf,
  rulebookStream,
  weightsStreamOf,
} from './line/streams.js';
export type { Acknowledgement } from './streams/acknowledge-alert.js';
export type { Fulfilled, Fulfilments, FulfilRequest } from './streams/fulfil-obligation.js';
export { commandIdFor } from './once/identity.js';
export { Ledger } from './ledger.js';
export type { LedgerOptions } from './ledger-parts.js';
export { countsAtLicence, isOutsideYear, latestEnd, portsOfHold, routeOfHold, usualEnd, type HoldTerm } from './shipment/hold-terms.js';
export { LineLimits } from './shipment/line-limits.js';
export { countedOn } from './choice/lines-at-hand.js';
export { heldSize, movesOf } from './line/also-counts.js';
export { recordLoss } from './streams/accepted-losses.js';
export { appendDurably } from './appending/append-durably.js';
export { nameOf as nameOfRulebook, OtherRulebookInForce, rulebookAtStart, type RulebookChoice, type RulebookInForce } from './streams/rulebook-at-start.js';
export type { RulebookDecided, RulebookOrders } from './streams/rulebook-orders.js';
export { openEventStore, type EventStoreChoice } from './event-store/open-event-store.js';
export { EmbeddedEventStore, type EmbeddedStoreOptions } from './event-store/embedded/embedded-event-store.js';
export {
  EventStoreDbEventStore,
  type EventStoreDbOptions,
  type EventStoreDbStatus,
} from './event-store/eventstoredb/eventstoredb-event-store.js';
export type { TimeLimits } from './event-store/eventstoredb/connection/time-limit.js';
export { readClusterAddress, type ClusterAddress } from './event-store/eventstoredb/connection/cluster-address.js';
export { EventStoreMisconfigured } from './event-store/eventstoredb/connection/misconfigured.js';
export { DataDirLocked } from './event-store/log-file/data-dir-lock.js';
export type { AcceptedLoss, KnownEvent } from './event-store/log-file/known-event.js';
export { makeDirectory } from './event-store/log-file/make-directory.js';
export { readRegularFile } from './event-store/log-file/regular-file.js';
export { LogUnreadable } from './event-store/log-file/log-unreadable.js';
export { openLogPages, type LogPages, type ScannedEvent } from './event-store/log-file/log-pages.js';
export { openLogFile, type LogFile } from './event-store/log-file/open-log-file.js';
export { openLogAtRest } from './event-store/log-file/open-log-at-rest.js';
export { freeze, type FrozenCopy } from './event-store/log-file/frozen-copy.js';
export { openLogReader, type LocalLog, type LogReaderOptions } from './event-store/log-file/open-log-reader.js';
export { MemoryEventStore } from './event-store/memory/memory-event-store.js';
