import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { builtInRulebook } from '#rulebook';
import { readConfig } from '../../../api/src/config.js';
import { startServer } from '../../../api/src/server.js';
import { DemoClock } from './demo-clock.js';
import type { DemoOptions } from './demo-options.js';
import { dayMs } from './story/stage.js';
import { Story } from './story/story.js';

const historyDays = 548;
/** So much of the quota period is left when the history ends. */
const leftDays = 90;

export interface RunningDemo {
  readonly url: string;
  /** When the history ended and the simulated time began to run: milliseconds since 1970. */
  readonly endMs: number;
  /** Events in the log when it began to serve. */
  readonly events: number;
  /** Ends the server. Its data goes when the process ends. */
  close(): Promise<void>;
}

export interface DemoEvents {
  /** The ledger cannot go on. */
  readonly onFatal: (reason: Error) => void;
  /** For people. */
  readonly explain: (message: string) => void;
  /** Gives up a start. */
  readonly signal: AbortSignal;
}

/** The history is that of the 18 months before `nowMs`, or, out of the quota period, of its last ones. */
export function historyOf(nowMs: number): { readonly startMs: number; readonly endMs: number } {
  const { period } = builtInRulebook();
  const endMs = Math.max(Math.min(nowMs, period.endMs - leftDays * dayMs), period.startMs + leftDays * dayMs);
  return { startMs: Math.max(endMs - historyDays * dayMs, period.startMs), endMs };
}

/**
 * Starts a ledger on a data directory of its own, writes the history, and serves while the story goes on. No setting of the
 * environment counts: a demo must never write into a ledger that is meant in earnest.
 * @param nowMs when the history ends: milliseconds since 1970
 * @throws the reason of the signal, the error of the socket
 */
export async function startDemo({ speed, seed, port }: DemoOptions, nowMs: number, { onFatal, explain, signal }: DemoEvents): Promise<RunningDemo> {
  const { startMs, endMs } = historyOf(nowMs);
  const dataDir = mkdtempSync(join(tmpdir(), 'quota-ledger-demo-'));
  // However the process ends: by a signal, an error, or because its ledger cannot go on.
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 }));
  const clock = new DemoClock(startMs);
  const config = { ...readConfig({ PORT: String(port), LEDGER_DATA_DIR: dataDir }), clock: clock.now, demo: { speed, seed } };
  let story: Story | undefined;
  let events = 0;
  const server = await startServer(config, pino({ level: 'warn', base: null }, pino.destination(2)), {
    onFatal,
    onSuperseded: explain,
    signal,
    beforeServing: async (opened) => {
      story = new Story(opened, clock, { seed, endMs });
      await story.writeHistory(signal);
      events = opened.ledger.position;
    },
  });
  const ended = new AbortController();
  clock.run(speed);
  const playing = story === undefined ? Promise.resolve() : play(story, clock, ended.signal, explain).catch(onFatal);
  return {
    url: server.url,
    endMs,
    events,
    close: async () => {
      ended.abort();
      await playing;
      await server.close();
    },
  };
}

/** The story goes on until it is ended, or the quota period is over: then nothing can be shipped any more. */
async function play(story: Story, clock: DemoClock, signal: AbortSignal, explain: (message: string) => void): Promise<void> {
  const { endMs } = builtInRulebook().period;
  while (story.nextMs < endMs) {
    await delay(clock.realMsUntil(story.nextMs), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    if (clock.now() >= story.nextMs) await story.next();
  }
  clock.standAt(endMs - 1);
  explain('The quota period of the rulebook is over, so the simulated time stands still. Start the demo again to see it run.');
}
