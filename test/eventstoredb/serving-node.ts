import { type ServerOptions } from './event-store-db.js';
import { type EventLog } from './event-log.js';
import { type Faults } from './faults.js';
import { type OpenCalls } from './open-calls.js';
import { type CallFailure, type Endpoint } from './server-errors.js';

/** What every call of a node can ask of it. */
export interface ServingNode {
  readonly log: EventLog;
  readonly faults: Faults;
  readonly calls: OpenCalls;
  readonly options: Required<Pick<ServerOptions, 'maxAppendSize' | 'sendsCaughtUp' | 'version'>>;
  /** Who leads, and what is told to those who insist on it; undefined while nobody does. */
  leader(): Endpoint | undefined;
  isLeader(): boolean;
  /** Why this caller may not even ask, if it may not: wrong credentials, or a leader wanted of another node. */
  refusal(call: Call): CallFailure | undefined;
  /** Whether the caller has said who they are, where that is asked for. */
  isKnown(call: Call): boolean;
  /** Cuts the connection that a call came over, and with it every other call of that client. */
  cut(call: Call): void;
}

/** What all calls have in common. */
export interface Call {
  readonly metadata: { get(key: string): readonly (string | Buffer)[] };
  getPeer(): string;
}
