import { decodeEvent, quotaStreamOf, type LineEvent, type StoredEvent } from '#ledger';
import { Simulation, type DecisionSide, type Difference, type LineSide, type SimulationResult } from '#projections';
import type { CompiledRulebook } from '#rulebook';
import { unit } from '../../libs/ledger/src/testing/memory-ledger.js';

/** What a draft makes of a whole log, in memory. `atMs`: left out, the moment of its last event. */
export function replayedUnder(draft: CompiledRulebook, log: readonly StoredEvent[], atMs?: number): SimulationResult {
  const byPlace = new Map(log.map((stored) => [`${stored.stream} ${stored.revision}`, stored]));
  const past = (line: string, revision: number): LineEvent | undefined => {
    const stored = byPlace.get(`${quotaStreamOf(line)} ${revision}`);
    return stored && (decodeEvent(stored.json) as LineEvent);
  };
  const simulation = new Simulation({ draft, past, differences: { after: 0, limit: 1000 } });
  simulation.fold(log);
  return simulation.result(atMs ?? simulation.recordedAtMs, simulation.recordedAtMs);
}

/** What stands on a line, in units of an H100: as recorded, and under the draft. */
export function lineOf({ lines }: SimulationResult, line = 'country:AE') {
  const found = lines.find((each) => each.line === line);
  if (found === undefined) throw new Error(`Nothing is said of ${line}.`);
  return { recorded: amounts(found.recorded), simulated: amounts(found.simulated) };
}

/** Each difference in one line, amounts in units of an H100. */
export function short({ differences }: SimulationResult): readonly string[] {
  return differences.map(({ kind, operation, recorded, simulated }) => `${kind}: ${operation} ${sideOf(recorded)} -> ${sideOf(simulated)}`);
}

/** Why the draft decides the one request of its kind otherwise that differs so. */
export function reasonsOf({ differences }: SimulationResult, operation: Difference['operation'], kind?: Difference['kind']): Difference['reasons'] {
  const found = differences.filter((each) => each.operation === operation && (kind === undefined || each.kind === kind));
  const [only] = found;
  if (found.length !== 1 || only === undefined) throw new Error(`${found.length} differences are about ${operation}.`);
  return only.reasons;
}

function amounts({ balance: { exported, reserved } }: LineSide): readonly [exported: number, reserved: number] {
  return [exported / unit, reserved / unit];
}

function sideOf({ outcome, code, route, debitedMilliTpp }: DecisionSide): string {
  return outcome === 'refused' ? (code ?? '') : `${route ?? ''} ${debitedMilliTpp / unit}`;
}
