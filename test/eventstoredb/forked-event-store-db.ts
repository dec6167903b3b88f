import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WrittenEvent } from './event-store-db.js';
import type { ServerOptions } from './server-options.js';
import { type Fault } from './faults.js';
import { type ForkedAnswer, type ForkedRequest } from './forked-server.js';
import { type OpenCalls } from './open-calls.js';

const entry = fileURLToPath(new URL('./forked-server.js', import.meta.url));

interface Started {
  readonly url: string;
  readonly ports: readonly number[];
}

/**
 * EventStoreDb in a process of its own, so that it neither shares the event loop of what is tested nor survives being
 * killed. Its log is on disk: what it has answered for is there when it is started again.
 */
export class ForkedEventStoreDb {
  readonly #pending = new Map<number, (answer: ForkedAnswer) => void>();
  #child: ChildProcess | undefined;
  #lastId = 0;
  #started: Started = { url: '', ports: [] };

  readonly faults = {
    inject: (fault: Fault): Promise<number> => this.#ask<number>('inject', fault),
    lift: (id?: number): Promise<void> => this.#ask<void>('lift', id),
    struck: (id: number): Promise<number> => this.#ask<number>('struck', id),
  };

  private constructor(
    private readonly options: ServerOptions,
    private readonly dir: string,
  ) {}

  static async start(options: ServerOptions = {}): Promise<ForkedEventStoreDb> {
    const db = new ForkedEventStoreDb(options, await mkdtemp(path.join(tmpdir(), 'event-store-db-')));
    await db.#fork();
    return db;
  }

  get url(): string {
    return this.#started.url;
  }

  get ports(): readonly number[] {
    return this.#started.ports;
  }

  /** Ends the process at once, as if it had crashed; `startAgain` starts another one on the same ports and log. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async startAgain(): Promise<void> {
    if (this.#child === undefined) await this.#fork();
    else await this.#ask('startAgain');
  }

  stop(): Promise<void> {
    return this.#ask('stop');
  }

  restart(): Promise<void> {
    return this.#ask('restart');
  }

  stopNode(index: number): Promise<void> {
    return this.#ask('stopNode', index);
  }

  startNode(index: number): Promise<void> {
    return this.#ask('startNode', index);
  }

  elect(leader: number | undefined, lacking?: number): Promise<void> {
    return this.#ask('elect', leader, lacking);
  }

  catchUp(): Promise<void> {
    return this.#ask('catchUp');
  }

  cutOff(index: number, fromAll?: boolean): Promise<void> {
    return this.#ask('cutOff', index, fromAll);
  }

  retire(index: number): Promise<void> {
    return this.#ask('retire', index);
  }

  reunite(): Promise<void> {
    return this.#ask('reunite');
  }

  dropConnections(): Promise<void> {
    return this.#ask('dropConnections');
  }

  hear(isHearing: boolean): Promise<void> {
    return this.#ask('hear', isHearing);
  }

  /** Stops the process amid whatever it does: connections stay open and are accepted, and nothing happens on them. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  appends(stream?: string): Promise<WrittenEvent[]> {
    return this.#ask('appends', stream);
  }

  writeSystemEvents(count: number): Promise<void> {
    return this.#ask('writeSystemEvents', count);
  }

  openCalls(): Promise<OpenCalls> {
    return this.#ask('openCalls');
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.dir, { recursive: true, force: true });
  }

  async #fork(): Promise<void> {
    const child = fork(entry, { serialization: 'advanced', execArgv: [] });
    child.on('message', (answer: ForkedAnswer) => {
      this.#pending.get(answer.id)?.(answer);
      this.#pending.delete(answer.id);
    });
    child.once('exit', (code, signal) => this.#abandon(child, `The server's process ended by ${signal ?? code}.`));
    this.#child = child;
    const { ports } = this.#started;
    const options = { ...this.options, logFile: path.join(this.dir, 'log'), ...(ports.length > 0 && { ports }) };
    this.#started = await this.#ask<Started>('start', options);
  }

  #ask<Value>(command: ForkedRequest['command'], ...args: readonly unknown[]): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (this.#child === undefined) {
        reject(new Error('The server was killed.'));
        return;
      }
      const id = (this.#lastId += 1);
      this.#pending.set(id, ({ value, error }) => {
        if (error === undefined) resolve(value as Value);
        else reject(new Error(error));
      });
      this.#child.send({ id, command, args } satisfies ForkedRequest);
    });
  }

  /** Nobody waits for a process that has ended. */
  #abandon(child: ChildProcess, error: string): void {
    if (this.#child === child) this.#child = undefined;
    for (const [id, answer] of this.#pending) answer({ id, error });
    this.#pending.clear();
  }
}
