import type { Position } from '../../../events/stored-event.js';
import { Acknowledged } from './acknowledged.js';
import { type LogPlace, type PagedEvent } from '../thread/cluster-reads.js';
import { type FedEvent } from '../grpc/fed-event.js';
import { PagedFollowing } from './paged-following.js';
import { type Replica } from '../replica.js';
import { ReturningAppends } from './returning-appends.js';

/** A log of which every event of `others` is not ours, and time that passes with each page. */
class FakeLog {
  readonly events: PagedEvent[] = [];
  readonly transactions: number[] = [];
  readonly told: string[] = [];
  pages = 0;
  now = 0;
  /** What happens before each page. */
  onPage: (page: number) => void = () => undefined;
  #head: Position = 0;

  write(count: number, isOurs = true): void {
    for (let index = 0; index < count; index += 1) {
      const position = 100 * (this.events.length + 1);
      const fed: FedEvent = { id: `id-${position}`, stream: 'a', revision: this.events.length, json: '{}', position, prepare: String(position) };
      this.events.push({ place: { commit: BigInt(position), prepare: BigInt(position) }, fed: isOurs ? fed : undefined });
    }
  }

  follow(): PagedFollowing {
    const replica = {
      add: (events: readonly FedEvent[]) => {
        if (events.length > 0) this.transactions.push(events.length);
        this.#head = events.at(-1)?.position ?? this.#head;
        return events;
      },
      head: 0,
    } as unknown as Replica;
    Object.defineProperty(replica, 'head', { get: () => this.#head });
    return new PagedFollowing({
      replica,
      returns: new ReturningAppends(),
      acknowledged: new Acknowledged({ head: 0, lastRevisionOf: () => -1 }),
      tell: ({ kind }) => this.told.push(kind),
      from: undefined,
      page: (after, count) => Promise.resolve(this.#page(after, count)),
      now: () => this.now,
    });
  }

  #page(after: LogPlace | undefined, count: number): PagedEvent[] {
    this.pages += 1;
    this.now += 100;
    this.onPage(this.pages);
    return this.events.filter(({ place }) => after === undefined || place.commit > after.commit).slice(0, count);
  }
}

describe('following by pages', () => {
  const signal = new AbortController().signal;

  it('brings what there is in one transaction a page, and ends when pages were short for a second', async () => {
    const log = new FakeLog();
    log.write(1_200);
    const place = await log.follow().run(signal);

    expect(log.transactions).toEqual([500, 500, 200]);
    expect(place).toEqual({ commit: 120_000n, prepare: 120_000n });
    expect(log.pages).toBe(3 + 10);
    expect(log.told.filter((kind) => kind === 'caught-up')).toHaveLength(1);
  });

  it('goes on while pages have more events than a subscription would take', async () => {
    const log = new FakeLog();
    log.onPage = (page) => page <= 30 && log.write(33);
    await log.follow().run(signal);

    expect(log.pages).toBe(30 + 10);
    expect(log.transactions).toEqual(new Array(30).fill(33));
  });

  it('does not go on for small commits, nor for what others write', async () => {
    const log = new FakeLog();
    log.onPage = () => (log.write(32), log.write(100, false));
    await log.follow().run(signal);
    expect(log.pages).toBe(10);
  });

  it('asks at once for what is known to be there, while a page is under way too', async () => {
    const log = new FakeLog();
    const following = log.follow();
    let idle = 0;
    const setTimeoutOf = globalThis.setTimeout;
    globalThis.setTimeout = ((...args: Parameters<typeof setTimeoutOf>) => ((idle += 1), setTimeoutOf(...args))) as typeof setTimeoutOf;
    try {
      log.onPage = () => (log.write(1), following.expect());
      await following.run(signal);
    } finally {
      globalThis.setTimeout = setTimeoutOf;
    }
    expect(log.pages).toBe(10);
    expect(idle).toBe(0);
  });

  it('throws what a page throws, and keeps what it had', async () => {
    const log = new FakeLog();
    log.write(3);
    log.onPage = (page) => {
      if (page === 2) throw new Error('the node is gone');
    };
    await expect(log.follow().run(signal)).rejects.toThrow('the node is gone');
    expect(log.transactions).toEqual([3]);
  });
});
