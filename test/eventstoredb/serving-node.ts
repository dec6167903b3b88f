import type { ServerOptions } from './server-options.js';
import { type EventRecord } from './event-record.js';
import { type EventLog } from './event-log.js';
import { type Faults } from './faults.js';
import { type NodeStanding } from './node-standing.js';
import { type OpenCalls } from './open-calls.js';
import { serverErrors, type CallFailure, type Endpoint } from './server-errors.js';

/** What every call of a node can ask of it. */
export interface ServingNode {
  readonly log: EventLog;
  readonly faults: Faults;
  readonly calls: OpenCalls;
  readonly options: Required<Pick<ServerOptions, 'maxAppendSize' | 'version'>>;
  /** How it stands to its peers. */
  standing(): NodeStanding;
  /** How many of these events, which are in the order of the log, this node has. */
  countOf(events: readonly EventRecord[]): number;
  /** Who leads, and what is told to those who insist on it; undefined while nobody does. */
  leader(): Endpoint | undefined;
  /** Why this caller may not even ask, if it may not: wrong credentials. */
  unauthenticated(call: Call): CallFailure | undefined;
  /** Whether the caller has said who they are, where that is asked for. */
  isKnown(call: Call): boolean;
  /** Where the caller, who insists on a leader, should go instead, if it should. */
  elsewhere(call: Call): CallFailure | undefined;
  /** Cuts the connection that a call came over, and with it every other call of that client. */
  cut(call: Call): void;
}

/** Whether the node is of 24 or later, which differs in what it counts, and in where subscriptions go on. */
export function isModern({ options }: ServingNode): boolean {
  return Number.parseInt(options.version, 10) >= 24;
}

/** What all calls have in common. */
export interface Call {
  readonly metadata: { get(key: string): readonly (string | Buffer)[] };
  getPeer(): string;
}

/** Why a call that is not the batch stream is not served, if it is not. */
export function refusalOf(node: ServingNode, call: Call): CallFailure | undefined {
  if (node.standing() === 'retired') return serverErrors.notReady();
  return node.unauthenticated(call) ?? (node.isKnown(call) ? node.elsewhere(call) : serverErrors.accessDenied());
}
