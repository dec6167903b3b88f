import { randomUUID } from 'node:crypto';
import { nameOf } from './append-request.js';
import { filterOf, type EventFilter } from './event-filter.js';
import { type EventRecord } from './event-record.js';
import { type FrameWriter, type ReadCall } from './frame-writer.js';
import { caughtUpFrame, checkpointFrame, confirmationFrame, eventFrame, fellBehindFrame } from './frames.js';
import { beforeAll, isBefore, later, positionOf, type LogPosition } from './log-position.js';
import { type ReadReq } from './protocol.js';
import { serverErrors } from './server-errors.js';
import { isModern, type ServingNode } from './serving-node.js';

/** So many live events wait for a client before it has fallen behind, and a page has as many. */
const liveEventsMax = 32;

/** A read that does not end: it catches up with what there is, says so, and goes on with what comes. */
export async function serveSubscription(node: ServingNode, call: ReadCall, options: ReadReq.Options, writer: FrameWriter): Promise<void> {
  const stopWaking = [node.log.onWritten(() => writer.wake()), node.faults.onInjected(() => writer.wake())];
  try {
    await new Subscription(node, call, options, writer).run();
  } finally {
    for (const stop of stopWaking) stop();
  }
}

class Subscription {
  readonly #events: readonly EventRecord[];
  readonly #filter: EventFilter | undefined;
  readonly #structuredIds: boolean;
  /** Index of the first event that was not considered yet. */
  #next = 0;
  /** Events that were considered since the last checkpoint. */
  #considered = 0;
  /** Where the client is, by an event, a checkpoint or what it said itself. */
  #known = beforeAll;
  #lastCheckpoint = beforeAll;
  #isSilent = false;

  constructor(
    private readonly node: ServingNode,
    private readonly call: ReadCall,
    private readonly options: ReadReq.Options,
    private readonly writer: FrameWriter,
  ) {
    const stream = options.getStream();
    this.#events = stream === undefined ? node.log.records : node.log.stream(nameOf(stream)).events;
    this.#filter = filterOf(options);
    this.#structuredIds = options.getUuidOption()?.hasStructured() === true;
  }

  async run(): Promise<void> {
    const isReadable = this.#start();
    if (!isReadable && !this.#isModern) return this.writer.fail(serverErrors.thrown());
    await this.#write(confirmationFrame(randomUUID()));
    if (!isReadable) return this.writer.fail(serverErrors.invalidCheckpoint());
    if (this.#next < this.#count) await this.#catchUp();
    while (this.#isServed()) {
      await this.#write(caughtUpFrame());
      if (!(await this.#followLive())) return;
      await this.#catchUp();
    }
  }

  /** Finds the first event behind what the client has. @returns false if the client named a place within an event. */
  #start(): boolean {
    const { log } = this.node;
    const stream = this.options.getStream();
    if (stream !== undefined) {
      this.#next = stream.hasRevision() ? Number(stream.getRevision()) + 1 : stream.hasEnd() ? this.#events.length : 0;
      return true;
    }
    const all = this.options.getAll();
    const given = all?.getPosition();
    if (given !== undefined) {
      this.#known = { commit: Number(given.getCommitPosition()), prepare: Number(given.getPreparePosition()) };
      if (!log.isReadable(this.#known.commit)) return false;
      this.#next = log.indexFrom(this.#known.commit);
      const event = this.#events[this.#next];
      // Before 24 the first event at a place or behind it counts as known, wherever within that event the place is.
      if (event !== undefined && (!this.#isModern || !isBefore(this.#known, positionOf(event)))) this.#next += 1;
    } else if (all?.hasEnd() === true) {
      this.#next = this.#events.length;
      this.#known = { commit: log.last, prepare: log.last };
    }
    return true;
  }

  /** Pages through what there is until a page is not full: that one says how far the log has been searched. */
  async #catchUp(): Promise<void> {
    let pageStart = this.#known;
    this.#considered = 0;
    while (this.#isServed()) {
      const isFull = await this.#page();
      if (this.#filter !== undefined && (!isFull || this.#considered >= this.#filter.checkpointEvery)) {
        this.#considered %= this.#filter.checkpointEvery;
        if (isFull || this.#isModern) await this.#checkpoint(later(this.#known, pageStart));
      }
      if (!isFull) return;
      pageStart = { commit: this.#events[this.#next]?.position ?? this.node.log.end, prepare: 0 };
    }
  }

  /** @returns whether there may be more behind it. */
  async #page(): Promise<boolean> {
    const searchWindow = this.#filter?.searchWindow ?? liveEventsMax;
    let sent = 0;
    for (let considered = 0; considered < searchWindow && sent < liveEventsMax; considered += 1) {
      if (this.#next >= this.#count) return false;
      if (!this.#isServed()) return true;
      const event = this.#consider();
      if (event === undefined) continue;
      sent += 1;
      await this.#write(event);
    }
    return true;
  }

  /** Sends events as they come. @returns whether the client fell behind; otherwise the subscription is over. */
  async #followLive(): Promise<boolean> {
    this.#considered = 0;
    while (this.#isServed()) {
      if (this.#next >= this.#count) {
        await this.writer.woken();
        continue;
      }
      const event = this.#consider();
      if (event !== undefined && this.#overflows()) return await this.#fallBehind();
      const waited = event !== undefined && (await this.#write(event));
      if (this.#filter !== undefined && this.#considered >= this.#filter.checkpointEvery) {
        this.#considered = 0;
        await this.#checkpoint(positionOf(this.#events[this.#next - 1] as EventRecord));
      }
      if (waited && this.#matchingAhead() > liveEventsMax) return await this.#fallBehind();
    }
    return false;
  }

  /** Before 24 one commit of more events than may wait drops the subscription, however fast the client is. It has had as many. */
  #overflows(): boolean {
    if (this.#isModern) return false;
    const { stream, revision, writtenTogether } = this.#events[this.#next - 1] as EventRecord;
    if (writtenTogether <= liveEventsMax) return false;
    const before = this.#events[this.#next - 1 - liveEventsMax];
    return before?.stream === stream && before.revision === revision - liveEventsMax && before.writtenTogether === writtenTogether;
  }

  async #fallBehind(): Promise<boolean> {
    if (!this.#isModern) {
      this.writer.fail(serverErrors.tooSlow());
      return false;
    }
    await this.#write(fellBehindFrame());
    if (this.#filter !== undefined) await this.#checkpoint(this.#known);
    return true;
  }

  /** Looks at the next event. @returns its frame if the client wants it. */
  #consider(): Buffer | undefined {
    const event = this.#events[this.#next] as EventRecord;
    this.#next += 1;
    this.#considered += 1;
    if (this.#filter?.matches(event) === false) return undefined;
    this.#known = positionOf(event);
    return eventFrame(event, this.#structuredIds);
  }

  /** Says how far the client is, unless it was told so before. */
  async #checkpoint(position: LogPosition): Promise<void> {
    this.#known = position;
    if (!isBefore(this.#lastCheckpoint, position)) return;
    this.#lastCheckpoint = position;
    await this.#write(checkpointFrame(position));
  }

  /** @returns whether the client had to be waited for. */
  async #write(frame: Buffer): Promise<boolean> {
    if (this.#isSilent || this.writer.write(frame)) return false;
    await this.writer.drained();
    return true;
  }

  /** How many events there are that the client will want, as far as it matters. */
  #matchingAhead(): number {
    let matching = 0;
    for (let index = this.#next; index < this.#count && matching <= liveEventsMax; index += 1) {
      if (this.#filter?.matches(this.#events[index] as EventRecord) !== false) matching += 1;
    }
    return matching;
  }

  /** How many events this node has. */
  get #count(): number {
    return this.node.countOf(this.#events);
  }

  /** Whether this goes on; asked before anything is sent, because that is when a fault strikes. */
  #isServed(): boolean {
    if (!this.writer.isOpen) return false;
    const fault = this.node.faults.strikeOpenSubscription();
    if (fault === undefined) return true;
    if (fault.kind === 'silence') this.#isSilent = true;
    else if (fault.kind === 'end') this.writer.end();
    else if (fault.kind === 'too-slow') this.writer.fail(serverErrors.tooSlow());
    else if (fault.kind === 'shut-down') this.writer.fail(serverErrors.shutDown());
    else this.node.cut(this.call);
    return fault.kind === 'silence';
  }

  /** Since 24 the server says how far it is when it goes live, and catches up again instead of giving up. */
  get #isModern(): boolean {
    return isModern(this.node);
  }
}
