import { parentPort, workerData } from 'node:worker_threads';
import { decodeEvent, openLogPages, quotaStreamOf, type LineEvent } from '#ledger';
import { CompiledRulebook } from '#rulebook';
import { Simulation } from '../simulation/simulation.js';
import type { FromSimulation, SimulationThreadData } from './simulation-message.js';

// The thread that replays a log under a draft: once, and then it ends.

const page = 1_000;
const pagesPerReport = 20;

if (!parentPort) throw new Error('This file is a worker thread: use simulate.');
const main = parentPort;
const tell = (message: FromSimulation): void => main.postMessage(message);
tell({ type: 'loaded' });

const { logFile, draft, until, atMs, nowMs, differences } = workerData as SimulationThreadData;
const log = openLogPages(logFile);
const past = (line: string, revision: number): LineEvent | undefined => {
  const stored = log.find(quotaStreamOf(line), revision);
  return stored && (decodeEvent(stored.json) as LineEvent);
};
const simulation = new Simulation({ draft: new CompiledRulebook(draft), past, differences });
for (let pages = 1; simulation.position < until; pages += 1) {
  const events = log.scan({ after: simulation.position, limit: page });
  if (events.length === 0) break;
  simulation.fold((events.at(-1)?.position ?? 0) <= until ? events : events.filter(({ position }) => position <= until));
  if ((events.at(-1)?.position ?? 0) >= until) break;
  if (pages % pagesPerReport === 0) tell({ type: 'reached', position: simulation.position });
}
const shownAtMs = atMs ?? simulation.recordedAtMs;
const untilMs = Math.max(nowMs ?? 0, simulation.recordedAtMs);
tell({ type: 'done', result: simulation.result(shownAtMs, untilMs) });
log.close();
