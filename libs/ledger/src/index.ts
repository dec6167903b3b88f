export type * from './events/ledger-event.js';
export type * from './event-store/event-store.js';
export { noStream, OutcomeUnknown, StoreUnavailable } from './event-store/event-store.js';
export type * from './line/entries.js';
export type * from './line/line-command.js';
export type * from './write/derived-index.js';
export type * from './write/ledger-outcome.js';
export type * from './write/ledger-request.js';
export { systemClock, type Clock } from './write/clock.js';
