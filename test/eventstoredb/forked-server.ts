import { EventStoreDb } from './event-store-db.js';
import type { ServerOptions } from './server-options.js';
import { type Fault } from './faults.js';

/** What the process of ForkedEventStoreDb is asked, and by which name it is answered. */
export interface ForkedRequest {
  readonly id: number;
  readonly command: keyof typeof commands;
  readonly args: readonly unknown[];
}

export interface ForkedAnswer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** A server in a process of its own, which does what its parent says and ends with it. */
let db: EventStoreDb | undefined;

function server(): EventStoreDb {
  if (db === undefined) throw new Error('The server has not been started.');
  return db;
}

const commands = {
  start: async (options: ServerOptions) => {
    db = await EventStoreDb.start(options);
    return { url: db.url, ports: db.ports };
  },
  inject: (fault: Fault) => server().faults.inject(fault),
  lift: (id?: number) => server().faults.lift(id),
  struck: (id: number) => server().faults.struck(id),
  stop: () => server().stop(),
  startAgain: () => server().startAgain(),
  restart: () => server().restart(),
  close: () => server().close(),
  stopNode: (index: number) => server().stopNode(index),
  startNode: (index: number) => server().startNode(index),
  elect: (leader: number | undefined, lacking?: number) => server().elect(leader, lacking),
  catchUp: () => server().catchUp(),
  cutOff: (index: number, fromAll?: boolean) => server().cutOff(index, fromAll),
  retire: (index: number) => server().retire(index),
  reunite: () => server().reunite(),
  dropConnections: () => server().dropConnections(),
  hear: (isHearing: boolean) => server().hear(isHearing),
  appends: (stream?: string) => server().appends(stream),
  writeSystemEvents: (count: number) => server().writeSystemEvents(count),
  openCalls: () => ({ ...server().openCalls }),
};

async function answer({ id, command, args }: ForkedRequest): Promise<void> {
  const run = commands[command] as (...args: readonly unknown[]) => unknown;
  try {
    reply({ id, value: await run(...args) });
  } catch (error) {
    reply({ id, error: String(error) });
  }
}

function reply(answered: ForkedAnswer): void {
  process.send?.(answered);
}

process.on('message', (request: ForkedRequest) => void answer(request));
process.on('disconnect', () => process.exit());
