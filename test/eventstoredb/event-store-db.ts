import type { ServerOptions } from './server-options.js';
import { ClusterNode } from './cluster-node.js';
import { type Member } from './cluster-calls.js';
import { EventLog } from './event-log.js';
import { type EventRecord } from './event-record.js';
import { Faults } from './faults.js';
import { LogFile } from './log-file.js';
import { NodeStandings, type NodeStanding } from './node-standing.js';
import { OpenCalls } from './open-calls.js';
import { serverErrors, type CallFailure, type Endpoint } from './server-errors.js';
import { type Call, type ServingNode } from './serving-node.js';

const host = '127.0.0.1';

/** An event as it was written. */
export interface WrittenEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: string;
  readonly metadata: string;
}

/**
 * A server that speaks the protocol of EventStoreDB, over a log in memory: for tests only. Stopping and starting it
 * again keeps the log and the ports.
 */
export class EventStoreDb {
  readonly faults = new Faults();
  readonly openCalls = new OpenCalls();
  readonly #log: EventLog;
  readonly #logFile: LogFile | undefined;
  readonly #nodes: readonly ClusterNode[];
  readonly #tls: boolean;
  readonly #standings = new NodeStandings();
  #leader: number | undefined = 0;

  private constructor(private readonly options: ServerOptions) {
    this.#logFile = options.logFile === undefined ? undefined : new LogFile(options.logFile);
    this.#log = new EventLog({ systemEventsEvery: options.systemEventsEvery ?? 7, file: this.#logFile });
    this.#tls = options.tls !== undefined;
    const { ports = [options.port ?? 0, ...new Array<number>((options.nodes ?? 1) - 1).fill(0)] } = options;
    this.#nodes = ports.map((port, index) => new ClusterNode(this.#serving(index), () => this.#members(index), options.tls, port));
  }

  static async start(options: ServerOptions = {}): Promise<EventStoreDb> {
    const db = new EventStoreDb(options);
    await db.startAgain();
    return db;
  }

  /** With all hosts, if there are several. */
  get url(): string {
    const { credentials } = this.options;
    const user = credentials === undefined ? '' : `${[credentials.username, credentials.password].map(encodeURIComponent).join(':')}@`;
    const hosts = this.#nodes.map(({ port }) => `${host}:${port}`).join(',');
    return `esdb://${user}${hosts}?tls=${this.#tls}`;
  }

  get ports(): readonly number[] {
    return this.#nodes.map(({ port }) => port);
  }

  /** Cuts every connection and listens no longer. */
  async stop(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.stop()));
    this.#log.forgetIds();
  }

  /** On the same ports, over the same log. */
  async startAgain(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.start()));
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.startAgain();
  }

  /** For good. */
  async close(): Promise<void> {
    await this.stop();
    this.#logFile?.close();
  }

  /** Stops one node of a cluster. If it led, nobody does until `elect`. */
  async stopNode(index: number): Promise<void> {
    if (this.#leader === index) this.#leader = undefined;
    await this.#nodes[index]?.stop();
  }

  async startNode(index: number): Promise<void> {
    await this.#nodes[index]?.start();
  }

  /**
   * Makes a node lead, or none.
   * @param lacking so many of the newest events are missing from its index until `catchUp`
   */
  elect(leader: number | undefined, lacking = 0): void {
    this.#leader = leader;
    if (leader === undefined) return;
    const newest = this.#log.records.at(-1 - lacking)?.position ?? 0;
    if (lacking === 0) this.#stand(leader, 'in-touch');
    else this.#stand(leader, 'catching-up', newest);
  }

  /** The leader has all events. */
  catchUp(): void {
    if (this.#leader !== undefined) this.#stand(this.#leader, 'in-touch');
  }

  /** The node loses its peers, and if `fromAll` its clients. It goes on calling itself the leader, if it was. */
  cutOff(index: number, fromAll = false): void {
    this.#stand(index, fromAll ? 'mute' : 'cut-off', this.#log.last);
  }

  /** A node without peers notices, and leads no longer. */
  retire(index: number): void {
    if (this.#leader === index) this.#leader = undefined;
    this.#stand(index, 'retired', Math.min(this.#standings.horizonOf(index), this.#log.last));
  }

  /** All nodes have their peers again. */
  reunite(): void {
    this.#standings.clear();
    this.#log.wakeReaders();
  }

  #stand(index: number, standing: NodeStanding, horizon?: number): void {
    this.#standings.set(index, standing, horizon);
    this.#log.wakeReaders();
  }

  /** Cuts every connection; the server goes on. */
  dropConnections(): void {
    for (const node of this.#nodes) node.cutAll();
  }

  /** Accepts connections and says nothing on them, until it is made to hear again. */
  hear(isHearing: boolean): void {
    for (const node of this.#nodes) node.hear(isHearing);
  }

  /** What clients have written, in the order of the log; nothing of the server's own. */
  appends(stream?: string): WrittenEvent[] {
    const records = stream === undefined ? this.#log.records : this.#log.stream(stream).events;
    return records
      .filter((record) => stream !== undefined || !record.stream.startsWith('$'))
      .map((record) => ({
        stream: record.stream,
        revision: record.revision,
        position: record.position,
        id: record.id,
        type: record.type,
        contentType: record.contentType,
        data: Buffer.from(record.data).toString('utf8'),
        metadata: Buffer.from(record.metadata).toString('utf8'),
      }));
  }

  /** Events of the server's own, which no filter of ours lets through. */
  writeSystemEvents(count: number): void {
    for (let index = 0; index < count; index += 1) this.#log.writeSystemEvent('$stats-127.0.0.1:2113', '$statsCollected', { index });
  }

  #serving(index: number): Omit<ServingNode, 'cut'> {
    const { maxAppendSize = 1024 * 1024, version = '24.10.4' } = this.options;
    return {
      log: this.#log,
      faults: this.faults,
      calls: this.openCalls,
      options: { maxAppendSize, version },
      standing: () => this.#standings.of(index),
      countOf: (events) => countUpTo(events, this.#standings.horizonOf(index)),
      leader: () => this.#leaderEndpoint(),
      unauthenticated: (call) => this.#unauthenticated(call),
      isKnown: (call) => this.options.credentials === undefined || call.metadata.get('authorization').length > 0,
      elsewhere: (call) => this.#elsewhere(call, index),
    };
  }

  #unauthenticated(call: Call): CallFailure | undefined {
    const { credentials } = this.options;
    const [authorization] = call.metadata.get('authorization');
    if (credentials === undefined || authorization === undefined) return undefined;
    const expected = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
    return authorization === `Basic ${expected}` ? undefined : serverErrors.unauthenticated();
  }

  #elsewhere(call: Call, index: number): CallFailure | undefined {
    const [requiresLeader] = call.metadata.get('requires-leader');
    // Who has lost its peers names nobody.
    if (this.#leader === index || this.#standings.of(index) !== 'in-touch') return undefined;
    if (requiresLeader !== 'true') {
      this.openCalls.servedByFollowers += 1;
      return undefined;
    }
    return this.#leader === undefined ? serverErrors.notReady() : serverErrors.notLeader(this.#leaderEndpoint());
  }

  #leaderEndpoint(): Endpoint | undefined {
    return this.#leader === undefined ? undefined : { address: host, port: this.ports[this.#leader] as number };
  }

  /** As the node `teller` sees them. */
  #members(teller: number): readonly Member[] {
    const sees = (index: number): boolean =>
      index === teller || [teller, index].every((one) => ['in-touch', 'catching-up'].includes(this.#standings.of(one)));
    return this.#nodes.map(({ id, port, isUp }, index) => ({
      id,
      address: host,
      port,
      isAlive: isUp && sees(index),
      state: sees(index) ? this.#stateOf(index) : 'unknown',
    }));
  }

  #stateOf(index: number): Member['state'] {
    const standing = this.#standings.of(index);
    // It was the leader, and does not know better.
    if (standing === 'cut-off' || standing === 'mute') return 'leader';
    if (standing === 'retired' || this.#leader === undefined) return 'unknown';
    if (this.#leader !== index) return 'follower';
    return standing === 'catching-up' ? 'preleader' : 'leader';
  }
}

/** How many of these events are at a position up to `horizon`. */
function countUpTo(events: readonly EventRecord[], horizon: number): number {
  if (horizon === Infinity) return events.length;
  let count = events.length;
  while (count > 0 && (events[count - 1] as EventRecord).position > horizon) count -= 1;
  return count;
}
