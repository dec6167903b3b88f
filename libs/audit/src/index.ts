export { LogCheck, type Difference } from './log-check.js';
export type { LoggedEvent } from './logged-event.js';
export { auditedEvents } from './read-event.js';
export { replayLive, ViewsBehind, type LiveLedger } from './replay-live.js';
export type { OnPosition, ReplayResult } from './replay-result.js';
export { replayStored, type StoredLines } from './replay-stored.js';
