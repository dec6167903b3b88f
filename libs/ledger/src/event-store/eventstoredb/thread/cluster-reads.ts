import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  type AllStreamResolvedEvent,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { StoreUnavailable, type StreamRange } from '../../event-store.js';
import { noStream, type Position, type Revision, type StoredEvent } from '../../../events/stored-event.js';
import { type Acknowledged } from '../following/acknowledged.js';
import { allOf } from '../grpc/bounded-read.js';
import { type ClusterClient } from '../connection/cluster-client.js';
import { failureOf } from '../connection/cluster-failure.js';
import { fedEventOf, type FedEvent } from '../grpc/fed-event.js';
import { type LeaderClient } from '../connection/leader-client.js';
import { type OurStreams } from '../connection/our-streams.js';
import { ForeignEvent, positionOf, storedEvent } from '../grpc/recorded-event.js';
import { ofWholeLimit } from '../connection/time-limit.js';
import { wireEventIn } from '../grpc/wire-event.js';

const pageMin = 64;
const pageMax = 1024;
const pauseMs = 50;

/** A place in the log of the whole cluster. */
export interface LogPlace {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** An event of the log as a page has it. */
export interface PagedEvent {
  readonly place: LogPlace;
  /** Left out for an event of others. */
  readonly fed: FedEvent | undefined;
}

/** The leader lacks what the cluster has acknowledged to this instance: it was just elected, or is no leader any more. */
class LeaderBehind extends StoreUnavailable {}

/**
 * Reads from the cluster's leader, each of bounded size and time. What fails is tried again within the time it has: a
 * node that restarts or hands over shows as a slow read.
 */
export class ClusterReads {
  constructor(
    private readonly client: ClusterClient,
    private readonly streams: OurStreams,
    private readonly acknowledged: Acknowledged,
    private readonly limitMs: number,
  ) {}

  /**
   * Includes all events that the cluster has acknowledged to this instance.
   * @throws StoreUnavailable if the cluster does not answer, or no longer has all events of the stream
   * @throws EventStoreMisconfigured
   */
  async stream(stream: string, range: StreamRange, limitMs = this.limitMs): Promise<readonly StoredEvent[]> {
    const events = await this.#within(limitMs, async (client, leftMs) => {
      const known = this.acknowledged.revisionOf(stream);
      const found = await this.#ofStream(client, stream, range, leftMs);
      this.#assertNotBehind(stream, known, found, range);
      return found;
    });
    const stored = this.#stored(events);
    assertWhole(stream, stored, range);
    const [first, last] = [stored[0], stored.at(-1)];
    if (first && last) this.acknowledged.has(stream, Math.max(first.revision, last.revision));
    return stored;
  }

  /** The event at this revision, whatever was acknowledged; undefined if the leader has none there. */
  async eventAt(stream: string, revision: Revision): Promise<StoredEvent | undefined> {
    const range = { from: revision, limit: 1 };
    return this.#stored(await this.#within(this.limitMs, (client, leftMs) => this.#ofStream(client, stream, range, leftMs)))[0];
  }

  #stored(events: readonly ResolvedEvent[]): readonly StoredEvent[] {
    return events.flatMap(({ event }) => (event ? [storedEvent(event, this.streams.prefix)] : []));
  }

  async #ofStream(client: LeaderClient, stream: string, range: StreamRange, leftMs: () => number): Promise<readonly ResolvedEvent[]> {
    const { from, limit, backwards = false } = range;
    const read = (fromRevision: bigint | typeof START | typeof END): Promise<ResolvedEvent[]> =>
      allOf(
        client.readStream(this.streams.nameOf(stream), {
          direction: backwards ? BACKWARDS : FORWARDS,
          fromRevision,
          maxCount: limit,
          requiresLeader: true,
        }),
        leftMs(),
      );
    if (from === undefined) return read(backwards ? END : START);
    if (from < 0) return [];
    const found = await read(BigInt(from));
    if (found.length > 0 || !backwards) return found;
    // Behind the end of a stream the server has nothing to go backwards from.
    const last = await read(END);
    return Number(last[0]?.event?.revision ?? 0) <= from ? last : read(BigInt(from));
  }

  /** @param known the revision that the stream had for certain before it was read */
  #assertNotBehind(stream: string, known: Revision, events: readonly ResolvedEvent[], { from, limit, backwards = false }: StreamRange): void {
    if (limit <= 0 || (from !== undefined && from < 0)) return;
    const wanted = backwards ? Math.min(known, from ?? known) : Math.min(known, (from ?? 0) + limit - 1);
    const reached = Number((backwards ? events[0] : events.at(-1))?.event?.revision ?? noStream);
    if (reached >= wanted || wanted < (backwards ? 0 : (from ?? 0))) return;
    throw new LeaderBehind(
      events.length > 0
        ? `${this.#where} says that it has no ${stream}@${wanted}, which it has acknowledged: its leader is behind. It is asked again.`
        : `${this.#where} says that it has nothing of ${stream}, of which it has acknowledged ${stream}@${wanted}. If that lasts, the stream ` +
          `${stream} was deleted or truncated in the cluster: restore it from a backup.`,
    );
  }

  /**
   * The position of our newest event in the cluster, or `floor` if there is none behind it. Goes backwards over what
   * others have written since: keep `floor` near the end of the log.
   */
  newest(floor: Position, limitMs = this.limitMs): Promise<Position> {
    return this.#within(limitMs, async (client, leftMs) => {
      const known = this.acknowledged.head;
      let fromPosition: LogPlace | typeof END = END;
      for (let count = 1; ; count = Math.min(Math.max(count * 4, pageMin), pageMax)) {
        const options = { direction: BACKWARDS, fromPosition, maxCount: count, requiresLeader: true } as const;
        const page: AllStreamResolvedEvent[] = await allOf(client.readAll(options), leftMs());
        this.client.served();
        if (count === 1) this.#assertReaches(known, page[0]);
        for (const { event } of page) {
          if (event === undefined) continue;
          const position = positionOf(event.position.commit);
          if (position <= floor) return floor;
          if (this.streams.has(event.streamId)) return position;
          fromPosition = event.position;
        }
        if (page.length < count) return floor;
      }
    });
  }

  /**
   * Events of the whole log behind the event at `after`, at most `count`.
   * @throws StoreUnavailable if the cluster does not answer, or has another event at `after`
   * @throws ForeignEvent for an event in our streams that the ledger cannot have written
   */
  async page(after: LogPlace | undefined, count: number): Promise<readonly PagedEvent[]> {
    const decode = (answer: Buffer): PagedEvent | undefined => {
      const wire = wireEventIn(answer);
      if (wire === undefined) return undefined;
      const fed = this.streams.has(wire.name) ? fedEventOf(wire, this.streams.prefix) : undefined;
      return { place: { commit: BigInt(wire.commit), prepare: BigInt(wire.prepare) }, fed };
    };
    const events = await this.#within(this.limitMs, async (client, leftMs) => {
      const found = await client.readDecoded({ from: after, count: count + (after ? 1 : 0) }, decode, leftMs());
      if (after && found[0]?.place.commit !== after.commit) throw new LeaderBehind(`${this.#where} has no event at position ${after.commit}. It is asked again.`);
      return found;
    });
    return after ? events.slice(1) : events;
  }

  /** @param newest of all events in the log, not only ours */
  #assertReaches(known: Position, newest: AllStreamResolvedEvent | undefined): void {
    if (positionOf(newest?.event?.position.commit ?? 0n) >= known) return;
    throw new LeaderBehind(`${this.#where} says that its log ends before position ${known}, which it has acknowledged: its leader is behind. It is asked again.`);
  }

  /** The id of the event at exactly this place, if there is one. */
  idAt(place: LogPlace): Promise<string | undefined> {
    return this.#within(this.limitMs, async (client, leftMs) => {
      const options = { direction: FORWARDS, fromPosition: place, maxCount: 1, requiresLeader: true } as const;
      const [found] = await allOf(client.readAll(options), leftMs());
      return found?.event?.position.commit === place.commit ? found.event.id : undefined;
    });
  }

  get #where(): string {
    return `EventStoreDB at ${this.client.address.shown}`;
  }

  async #within<Result>(
    limitMs: number,
    read: (client: LeaderClient, leftMs: () => number) => Promise<Result>,
  ): Promise<Result> {
    const end = Date.now() + limitMs;
    const leftMs = (): number => Math.max(1, end - Date.now());
    for (let waitMs = pauseMs; ; waitMs *= 2) {
      let client: LeaderClient | undefined;
      const sentAt = Date.now();
      try {
        client = await this.client.ready(leftMs(), limitMs);
        const result = await read(client, leftMs);
        this.client.served();
        return result;
      } catch (error) {
        if (error instanceof ForeignEvent) throw error;
        if (client && error instanceof LeaderBehind) await this.client.confirm(client);
        else if (client) this.client.failed(client, error, sentAt);
        const failure = failureOf(ofWholeLimit(error, limitMs), this.client.address);
        const isFinal = !(failure instanceof StoreUnavailable) || failure.code === 'store-closed';
        if (isFinal || leftMs() <= waitMs) throw failure;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }
}

/** Events that are missing would give wrong balances. */
function assertWhole(stream: string, events: readonly StoredEvent[], { from, limit, backwards = false }: StreamRange): void {
  const first = events[0];
  if (first === undefined) return;
  const step = backwards ? -1 : 1;
  const isDense = events.every(({ revision }, index) => revision === first.revision + index * step);
  const startsRight = backwards || first.revision === (from ?? 0);
  const endsRight = !backwards || events.length === limit || events.at(-1)?.revision === 0;
  if (isDense && startsRight && endsRight) return;
  throw new StoreUnavailable(
    `Events of the stream ${stream} are missing in the cluster: they were truncated ($maxCount, $maxAge, $tb) or scavenged away. ` +
      'Take the limit off the stream, or restore the cluster from a backup.',
  );
}
