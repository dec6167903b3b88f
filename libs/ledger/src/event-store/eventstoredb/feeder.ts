import { Worker } from 'node:worker_threads';
import { StoreUnavailable, type Position } from '../event-store.js';
import { HeadSignal } from '../head-signal.js';
import { type FeedNews, type ToFeed } from './feed-news.js';
import { type FeedOptions } from './feed.js';
import { EventStoreMisconfigured } from './misconfigured.js';
import { ReturningAppends } from './returning-appends.js';

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
  /** Subscriptions made after the first. */
  readonly reconnects: number;
  /** Clients of the feed that were thrown away. */
  readonly clientReplacements: number;
  /** Why it is not connected, for people. */
  readonly problem: string | undefined;
}

export interface FeederOptions extends FeedOptions {
  /** For messages. */
  readonly shown: string;
  readonly explain: (message: string) => void;
  /** The log cannot be followed any more. Called once. */
  readonly onBroken: (reason: StoreUnavailable) => void;
}

/** The main thread's side of the thread that keeps the copy of the log. */
export class Feeder {
  /** How far the copy has come. */
  readonly growth = new HeadSignal(0);
  readonly returns = new ReturningAppends();
  /** Resolves when the copy has reached the head of the log for the first time; rejects for what a person has to mend. */
  readonly opened: Promise<void>;
  #settleOpened: { resolve: () => void; reject: (reason: Error) => void } = { resolve: () => undefined, reject: () => undefined };
  #thread: Worker;
  #exited: Promise<void> = Promise.resolve();
  #considered: Position = 0;
  #isOpen = false;
  #closing = false;
  #subscriptions = 0;
  #toldProblem: string | undefined;
  #status: Omit<FeedStatus, 'reconnects'> = {
    connected: false,
    caughtUp: false,
    since: Date.now(),
    clientReplacements: 0,
    problem: undefined,
  };

  constructor(private readonly options: FeederOptions) {
    this.opened = new Promise((resolve, reject) => (this.#settleOpened = { resolve, reject }));
    this.opened.catch(() => undefined);
    this.#thread = this.#start();
  }

  get status(): FeedStatus {
    return { ...this.#status, reconnects: Math.max(0, this.#subscriptions - 1) };
  }

  /** Everything of ours up to here is in the copy. */
  get considered(): Position {
    return Math.max(this.#considered, this.growth.head);
  }

  /** The cluster has an event of ours at `position`. */
  expect(position: Position): void {
    if (position > this.growth.head) this.#post({ known: position });
  }

  /** In bounded time. Nothing grows any more then. */
  async close(reason: StoreUnavailable): Promise<void> {
    this.#closing = true;
    this.#settleOpened.reject(reason);
    this.growth.end(reason);
    this.#post({ close: true });
    const timer = setTimeout(() => void this.#thread.terminate(), endMs);
    await this.#exited;
    clearTimeout(timer);
  }

  #start(): Worker {
    const { url, prefix, file, readMs, silenceMs } = this.options;
    const workerData: FeedOptions = { url, prefix, file, readMs, silenceMs };
    const thread = new Worker(new URL('./feeder-thread.js', import.meta.url), { workerData });
    thread.on('message', (news: FeedNews) => this.#hear(news));
    let died: string | undefined;
    thread.on('error', (error) => (died = error.message));
    this.#exited = new Promise((resolve) => {
      thread.once('exit', (code) => {
        resolve();
        if (!this.#closing && code !== 0) this.#startAgain(died ?? `code ${code}`);
      });
    });
    return thread;
  }

  /** An error that slips through the client ends the thread; the copy is as whole as its last transaction. */
  #startAgain(why: string): void {
    this.#interrupted(`The thread that follows EventStoreDB at ${this.options.shown} died (${why}); another one is started.`);
    setTimeout(() => {
      if (!this.#closing) this.#thread = this.#start();
    }, restartPauseMs).unref();
  }

  #hear(news: FeedNews): void {
    switch (news.kind) {
      case 'fed':
        this.#considered = Math.max(this.#considered, news.considered);
        this.growth.advance(news.head);
        if (news.events) this.returns.returned(news.events);
        break;
      case 'connected':
        this.#subscriptions += 1;
        this.#status = { ...this.#status, connected: true, problem: undefined, clientReplacements: news.clientReplacements };
        break;
      case 'caught-up':
        this.#caughtUp();
        break;
      case 'fell-behind':
        this.#setCaughtUp(false);
        break;
      case 'interrupted':
        this.#interrupted(news.problem);
        break;
      case 'misconfigured':
        this.#interrupted(news.problem);
        if (!this.#isOpen) this.#settleOpened.reject(new EventStoreMisconfigured(news.problem));
        break;
      case 'refilling':
        this.options.explain(`The copy of the log in ${this.options.file} is made anew: ${news.why}.`);
        break;
      case 'broken':
        this.#break(news.problem);
        break;
    }
  }

  #caughtUp(): void {
    this.#setCaughtUp(true);
    if (this.#toldProblem !== undefined) {
      this.#toldProblem = undefined;
      this.options.explain(`EventStoreDB at ${this.options.shown} is followed again, and the copy of the log is up to date.`);
    }
    this.#isOpen = true;
    this.#settleOpened.resolve();
  }

  #interrupted(problem: string): void {
    this.#setCaughtUp(false);
    this.#status = { ...this.#status, connected: false, problem };
    if (this.#toldProblem === problem) return;
    this.#toldProblem = problem;
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

  #post(message: ToFeed): void {
    this.#thread.postMessage(message);
  }
}
