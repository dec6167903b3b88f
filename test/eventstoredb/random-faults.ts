import { faultsOf, type Fault, type FaultKind, type Method } from './faults.js';

/** What faults are played on: EventStoreDb, or the same in a process of its own. */
export interface FaultTarget {
  readonly ports: readonly number[];
  readonly faults: { inject(fault: Fault): unknown; lift(): unknown };
  stop(): Promise<unknown>;
  startAgain(): Promise<unknown>;
  dropConnections(): unknown;
  elect(leader: number | undefined, lacking?: number): unknown;
  catchUp(): unknown;
  cutOff(index: number): unknown;
  retire(index: number): unknown;
  reunite(): unknown;
}

/** Something that goes wrong a while after the one before it. */
export type FaultStep = { readonly afterMs: number } & (
  | { readonly act: 'inject'; readonly fault: Fault }
  /** Down for so long, then there again with the same log. */
  | { readonly act: 'restart'; readonly downMs: number }
  | { readonly act: 'drop-connections' }
  /** Of a cluster: nobody leads for so long, then another node. */
  | { readonly act: 'elections'; readonly leaderlessMs: number; readonly leader: number }
  /** Of a cluster: the leader loses its peers, notices it, and another node is elected whose index lacks the newest events for a while. */
  | { readonly act: 'partition'; readonly from: number; readonly unnoticedMs: number; readonly leaderlessMs: number; readonly leader: number; readonly lacking: number; readonly catchUpMs: number }
);

/** A server that lies about versions is none that a client could live with. */
const impossible: ReadonlySet<FaultKind> = new Set(['wrong-version']);

/** Appends are struck most, because that is where the most can be lost. */
const methods: readonly Method[] = ['append', 'append', 'append', 'append', 'read', 'subscribe', 'subscribe', 'features'];

/** UNKNOWN, RESOURCE_EXHAUSTED, ABORTED, INTERNAL. */
const statuses = [2, 8, 10, 13];

const pauseMaxMs = 120;
const delayMaxMs = 400;
const downMaxMs = 600;
const lackingMax = 20;

export interface RandomFaults {
  /** The same seed plays the same faults. */
  readonly seed: number;
  /** How long, in milliseconds; then everything is lifted and the server is there. */
  readonly forMs: number;
}

/** Plays random faults for a time, and then none. @returns what was played, for the report of a failure. */
export async function playRandomFaults(db: FaultTarget, { seed, forMs }: RandomFaults): Promise<readonly FaultStep[]> {
  const played: FaultStep[] = [];
  const endsAt = performance.now() + forMs;
  try {
    for (const step of randomFaults(seed, db.ports.length)) {
      if (performance.now() + step.afterMs >= endsAt) break;
      await pause(step.afterMs);
      played.push(step);
      await play(db, step);
    }
  } finally {
    await db.startAgain();
    await db.reunite();
    await db.faults.lift();
  }
  return played;
}

/** An endless series of faults. */
export function* randomFaults(seed: number, nodes: number): Generator<FaultStep> {
  const random = numbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const one = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  let leader = 0;
  for (;;) {
    const afterMs = below(pauseMaxMs);
    const chance = below(100);
    if (chance < 6) yield { afterMs, act: 'restart', downMs: below(downMaxMs) };
    else if (chance < 12) yield { afterMs, act: 'drop-connections' };
    else if (chance < 18 && nodes > 1) {
      leader = (leader + 1 + below(nodes - 1)) % nodes;
      yield { afterMs, act: 'elections', leaderlessMs: below(downMaxMs), leader };
    } else if (chance < 22 && nodes > 1) {
      const from = leader;
      leader = (leader + 1 + below(nodes - 1)) % nodes;
      const [unnoticedMs, leaderlessMs, catchUpMs] = [below(downMaxMs), below(downMaxMs), below(downMaxMs)];
      yield { afterMs, act: 'partition', from, unnoticedMs, leaderlessMs, leader, lacking: below(lackingMax), catchUpMs };
    } else {
      const on = nodes > 1 && chance >= 90 ? 'gossip' : one(methods);
      const kind = one<FaultKind>(faultsOf[on].filter((possible) => !impossible.has(possible)));
      const times = 1 + below(3);
      const delayMs = below(delayMaxMs);
      const code = one(statuses);
      yield { afterMs, act: 'inject', fault: { kind, on, times, ...(kind === 'delay' && { delayMs }), ...(kind === 'fail' && { code }) } };
    }
  }
}

async function play(db: FaultTarget, step: FaultStep): Promise<void> {
  switch (step.act) {
    case 'inject':
      await db.faults.inject(step.fault);
      return;
    case 'restart':
      await db.stop();
      await pause(step.downMs);
      await db.startAgain();
      return;
    case 'drop-connections':
      await db.dropConnections();
      return;
    case 'elections':
      await db.elect(undefined);
      await pause(step.leaderlessMs);
      await db.elect(step.leader);
      return;
    case 'partition':
      await db.cutOff(step.from);
      await pause(step.unnoticedMs);
      await db.retire(step.from);
      await pause(step.leaderlessMs);
      await db.elect(step.leader, step.lacking);
      await pause(step.catchUpMs);
      await db.catchUp();
      await db.reunite();
      return;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
