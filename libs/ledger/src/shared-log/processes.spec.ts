import { noStream } from '../events/stored-event.js';
import type { CommandIdentity } from '../line/line-command.js';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import { Appends } from '../appending/appends.js';
import type { CommandPlace } from '../once/tail.js';
import { jitterMs, ManyProcesses } from './many-processes.js';
import type { LetIn, Processes } from './processes.js';
import { SingleProcess } from './single-process.js';

function letIn(commandId: string | null, notAt?: readonly number[]): LetIn {
  const identity = commandId === null ? null : ({ commandId } as CommandIdentity);
  return { command: { identity }, ...(notAt && { notAt }) };
}

class World {
  /** Ids that the index was asked for, question by question. */
  readonly asked: (readonly string[])[] = [];

  many(indexed: Readonly<Record<string, readonly number[]>>, inTail: readonly string[] = []): Processes {
    const store = new MemoryEventStore([], { isShared: true });
    const findCommands = (ids: readonly string[]): readonly (readonly number[])[] => {
      this.asked.push(ids);
      return ids.map((id) => indexed[id] ?? []);
    };
    const place: CommandPlace = { stream: 'quota-country:AE', revision: noStream + 1, position: 1 };
    const find = (id: string): CommandPlace | undefined => (inTail.includes(id) ? place : undefined);
    const indexFollows = (): Promise<boolean> => Promise.resolve(true);
    return new ManyProcesses({ store, appends: new Appends(store, 100), index: { findCommands }, tail: { find }, indexFollows, patienceMs: 100 });
  }
}

describe('a single process', () => {
  it('does nothing for the sake of others', () => {
    const alone: Processes = new SingleProcess();
    let reads = 0;
    expect(alone.catchUp(() => Promise.resolve((reads += 1)))).toBeUndefined();
    expect(reads).toBe(0);
    expect(alone.decidedByNow([letIn('a')]).size).toBe(0);
    expect(alone.wakesAt(1_000)).toBe(1_000);
    expect(alone).toMatchObject({ waitMsMax: Infinity, answerMsMax: Infinity, claims: undefined, indexFollows: undefined });
  });
});

describe('one of many processes', () => {
  it('takes in what others wrote', async () => {
    expect(await new World().many({}).catchUp(() => Promise.resolve('read'))).toBe('read');
  });

  it('asks the index once for all commands that the tail does not know, and passes over what stands elsewhere', () => {
    const world = new World();
    const processes = world.many({ a: [7], b: [8, 9], c: [10], d: [] }, ['c']);
    const found = processes.decidedByNow([letIn('a'), letIn(null), letIn('b', [8]), letIn('c'), letIn('d')]);
    expect([...found]).toEqual([['a', [7]], ['b', [9]]]);
    expect(world.asked).toEqual([['a', 'b', 'd']]);
  });

  it('asks nothing where the tail knows all', () => {
    const world = new World();
    expect(world.many({}, ['a']).decidedByNow([letIn('a'), letIn(null)]).size).toBe(0);
    expect(world.asked).toEqual([]);
  });

  it('wakes a little later than a hold ends', () => {
    const at = new World().many({}).wakesAt(1_000);
    expect(at).toBeGreaterThanOrEqual(1_000);
    expect(at).toBeLessThan(1_000 + jitterMs);
  });
});
