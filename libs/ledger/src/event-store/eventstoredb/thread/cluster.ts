import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { OutcomeUnknown, StoreUnavailable, type AppendResult, type StreamRange } from '../../event-store.js';
import type { NewEvent, Position, Revision, StoredEvent } from '../../../events/stored-event.js';
import { HeadSignal } from '../../head-signal.js';
import { type AcceptedLoss } from '../../log-file/known-event.js';
import { EventsMissing } from '../../log-file/log-unreadable.js';
import { errorOf, type Calls, type FromCluster, type ToCluster } from './cluster-message.js';
import { type ClusterThreadData } from './cluster-thread.js';
import { EventStoreMisconfigured } from '../connection/misconfigured.js';
import { Outbox } from './outbox.js';

const restartPauseMs = 1_000;
const endMs = 2_000;

/** How the copy of the log stands to the log. */
export interface FeedStatus {
  /** Whether there is a subscription now. */
  readonly connected: boolean;
  /** Whether the copy has all that the cluster has, as far as was seen last. */
  readonly caughtUp: boolean;
  /** When `caughtUp` last changed, in milliseconds since 1970. */
  readonly since: number;
  /** Subscriptions made after the first because of an interruption. */
  readonly reconnects: number;
  /** Subscriptions that the server dropped at a large commit, as servers before 24 do. */
  readonly overflows: number;
  /** Clients that were thrown away because they could not be trusted to recover. */
  readonly clientReplacements: number;
  /** Why it is not connected, for people. */
  readonly problem: string | undefined;
}

export interface ClusterOptions extends Omit<ClusterThreadData, 'mayRefill'> {
  /** For messages. */
  readonly shown: string;
  readonly explain: (message: string) => void;
  /** The log cannot be followed any more. Called once. */
  readonly onBroken: (reason: StoreUnavailable) => void;
}

interface Caller {
  readonly name: keyof Calls;
  readonly resolve: (result: never) => void;
  readonly reject: (reason: Error) => void;
  readonly onDurable: (() => void) | undefined;
}

/**
 * The main thread's side of the thread in which everything of the client runs: the feed, appends and reads. Errors that
 * slip through the client end that thread and no other; another one is started.
 */
export class Cluster implements Calls {
  /** How far the copy has come. */
  readonly growth = new HeadSignal(0);
  /** Resolves when the copy has reached the head of the log for the first time; rejects for what a person has to mend. */
  readonly opened: Promise<void>;
  /** What the cluster lacks of what this instance had seen, where that is accepted. */
  loss: AcceptedLoss | undefined;
  #settleOpened: { resolve: () => void; reject: (reason: Error) => void } = { resolve: () => undefined, reject: () => undefined };
  #thread: Worker;
  readonly #outbox = new Outbox<ToCluster>((messages) => this.#thread.postMessage(messages));
  #exited: Promise<void> = Promise.resolve();
  readonly #callers = new Map<number, Caller>();
  #lastCall = 0;
  #isOpen = false;
  #isRunning = false;
  #closing: StoreUnavailable | undefined;
  #subscriptions = 0;
  /** Problems of this interruption that were explained. */
  readonly #explained = new Set<string>();
  #status: Omit<FeedStatus, 'reconnects'> = {
    connected: false,
    caughtUp: false,
    since: Date.now(),
    overflows: 0,
    clientReplacements: 0,
    problem: undefined,
  };

  constructor(private readonly options: ClusterOptions) {
    this.opened = new Promise((resolve, reject) => (this.#settleOpened = { resolve, reject }));
    this.opened.catch(() => undefined);
    this.#thread = this.#start();
  }

  get status(): FeedStatus {
    return { ...this.#status, reconnects: Math.max(0, this.#subscriptions - 1) };
  }

  append(stream: string, expected: Revision, events: readonly NewEvent[], onDurable?: () => void): Promise<AppendResult> {
    // No more of them than is sent: the rest would be copied to the other thread for nothing.
    return this.#call('append', [stream, expected, events.map(({ id, type, json }) => ({ id, type, json }))], onDurable);
  }

  readStream(stream: string, range: StreamRange): Promise<readonly StoredEvent[]> {
    return this.#call('readStream', [stream, range]);
  }

  /** Asks the cluster for its newest event of ours. */
  head(): Promise<Position> {
    return this.#call('head', []);
  }

  /** In bounded time. Nothing grows any more then. */
  async close(reason: StoreUnavailable): Promise<void> {
    this.#closing = reason;
    this.#settleOpened.reject(reason);
    this.growth.end(reason);
    this.#outbox.post({ close: true });
    const timer = setTimeout(() => void this.#thread.terminate(), endMs);
    await this.#exited;
    clearTimeout(timer);
  }

  #start(): Worker {
    const { url, prefix, file, limits, acceptLoss } = this.options;
    const workerData: ClusterThreadData = { url, prefix, file, limits, acceptLoss, mayRefill: !this.#isOpen };
    const thread = new Worker(new URL('./cluster-thread.js', import.meta.url), { workerData });
    thread.on('message', (messages: readonly FromCluster[]) => messages.forEach((message) => this.#hear(message)));
    this.#isRunning = true;
    let died: string | undefined;
    thread.on('error', (error) => (died = error.message));
    this.#exited = new Promise((resolve) => {
      thread.once('exit', (code) => {
        resolve();
        this.#isRunning = false;
        this.#endCalls();
        if (!this.#closing) this.#startAgain(died ?? `code ${code}`);
      });
    });
    return thread;
  }

  /** An error that slips through the client ends the thread; the copy is as whole as its last transaction. */
  #startAgain(why: string): void {
    this.#interrupted(`The thread that talks to EventStoreDB at ${this.options.shown} died (${why}); another one is started.`);
    setTimeout(() => {
      if (!this.#closing) this.#thread = this.#start();
    }, restartPauseMs).unref();
  }

  #call<Result>(name: keyof Calls, args: readonly unknown[], onDurable?: () => void): Promise<Result> {
    if (!this.#isRunning) return Promise.reject(this.#gone());
    const call = (this.#lastCall += 1);
    return new Promise((resolve, reject) => {
      this.#callers.set(call, { name, resolve, reject, onDurable });
      this.#outbox.post({ call, name, args } as ToCluster);
    });
  }

  #hear(message: FromCluster): void {
    switch (message.kind) {
      case 'answer':
        this.#callerOf(message.call)?.resolve(message.result as never);
        break;
      case 'failure':
        this.#callerOf(message.call)?.reject(errorOf(message.failure));
        break;
      case 'durable':
        this.#callers.get(message.call)?.onDurable?.();
        break;
      case 'fed':
        this.growth.advance(message.head);
        break;
      case 'connected':
        this.#subscriptions += 1;
        this.#status = { ...this.#status, connected: true, problem: undefined };
        break;
      case 'overflowed':
        this.#status = { ...this.#status, overflows: this.#status.overflows + 1 };
        break;
      case 'replaced':
        this.#status = { ...this.#status, clientReplacements: this.#status.clientReplacements + 1 };
        break;
      case 'caught-up':
        this.#caughtUp();
        break;
      case 'fell-behind':
        this.#setCaughtUp(false);
        break;
      case 'interrupted':
        this.#interrupted(message.problem);
        break;
      case 'misconfigured':
        this.#interrupted(message.problem);
        if (!this.#isOpen) this.#settleOpened.reject(new EventStoreMisconfigured(message.problem));
        break;
      case 'refilling':
        this.loss ??= message.loss;
        this.options.explain(`The copy of the log in ${this.options.file} is made anew: ${message.why}.`);
        break;
      case 'lost':
        this.#settleOpened.reject(new EventsMissing(dirname(this.options.file), message.problem, message.first));
        this.#break(message.problem);
        break;
      case 'broken':
        this.#break(message.problem);
        break;
    }
  }

  #callerOf(call: number): Caller | undefined {
    const caller = this.#callers.get(call);
    this.#callers.delete(call);
    return caller;
  }

  /** Nobody will answer any more, and what became of appends nobody knows. */
  #endCalls(): void {
    const reason = this.#gone();
    for (const call of [...this.#callers.keys()]) {
      const caller = this.#callerOf(call);
      caller?.reject(caller.name === 'append' ? new OutcomeUnknown(reason.message) : reason);
    }
  }

  #gone(): StoreUnavailable {
    return this.#closing ?? new StoreUnavailable(`The thread that talks to EventStoreDB at ${this.options.shown} died; another one is started.`);
  }

  #caughtUp(): void {
    this.#setCaughtUp(true);
    if (this.#explained.size > 0) {
      this.#explained.clear();
      this.options.explain(`EventStoreDB at ${this.options.shown} is followed again, and the copy of the log is up to date.`);
    }
    this.#isOpen = true;
    this.#settleOpened.resolve();
  }

  #interrupted(problem: string): void {
    this.#setCaughtUp(false);
    this.#status = { ...this.#status, connected: false, problem };
    if (this.#explained.has(problem)) return;
    this.#explained.add(problem);
    this.options.explain(problem);
  }

  #break(problem: string): void {
    this.#interrupted(problem);
    const reason = new StoreUnavailable(problem);
    this.#settleOpened.reject(reason);
    this.growth.end(reason);
    this.options.onBroken(reason);
  }

  #setCaughtUp(caughtUp: boolean): void {
    if (this.#status.caughtUp !== caughtUp) this.#status = { ...this.#status, caughtUp, since: Date.now() };
  }
}
