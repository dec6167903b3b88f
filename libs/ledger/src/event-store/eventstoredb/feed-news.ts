import { type Position } from '../event-store.js';
import { type FedEvents } from './returning-appends.js';

/** What the feed tells the store. */
export type FeedNews =
  /** These events are in the replica; without `events` where nobody can be waiting for one of them. */
  | { readonly kind: 'fed'; readonly head: Position; readonly considered: Position; readonly events?: FedEvents }
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'fell-behind' }
  | { readonly kind: 'connected'; readonly clientReplacements: number }
  /** The feed is interrupted and goes on by itself. */
  | { readonly kind: 'interrupted'; readonly problem: string }
  /** As interrupted, but a person has to mend something. */
  | { readonly kind: 'misconfigured'; readonly problem: string }
  /** The replica is filled anew. */
  | { readonly kind: 'refilling'; readonly why: string }
  /** The log cannot be followed any more. */
  | { readonly kind: 'broken'; readonly problem: string };

export type Tell = (news: FeedNews) => void;

/** What the store tells the feed. */
export type ToFeed =
  /** The cluster has an event of ours at this position. */
  { readonly known: Position } | { readonly close: true };
