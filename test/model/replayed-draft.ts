import { decodeEvent, quotaStreamOf, type LineEvent, type StoredEvent } from '#ledger';
import { Simulation, type DecisionSide, type LineSide, type SimulationResult } from '#projections';
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

function amounts({ balance: { exported, reserved } }: LineSide): readonly [exported: number, reserved: number] {
  return [exported / unit, reserved / unit];
}

function sideOf({ outcome, code, route, debitedMilliTpp }: DecisionSide): string {
  return outcome === 'refused' ? (code ?? '') : `${route ?? ''} ${debitedMilliTpp / unit}`;
}
