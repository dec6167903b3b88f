import { limitingBalance, shownBalance } from '#ledger';
import { utilizationOf, type DecisionSide, type LineComparison, type LineSide, type SimulationResult } from '#projections';
import type { AlertThresholds } from '#rulebook';
import type { Body } from '#wire';
import { lineStatus, roundedUtilization } from '../lines/line-status.js';
import { shareViews } from '../lines/line-view.js';
import { balanceBody } from '../reservations/line-balance.js';

/** Those that differ come first. */
const linesMax = 5_000;

export function simulationBody(result: SimulationResult): Body<'Simulation'> {
  const { thresholds, position, differences } = result;
  const lines = result.lines
    .map((line) => comparedLine(line, thresholds.recorded ?? thresholds.simulated, thresholds.simulated))
    .sort((a, b) => Number(b.differs) - Number(a.differs));
  return {
    draft: result.draft,
    rulebook: result.inForce,
    position: String(position),
    recordedAt: result.recordedAt,
    at: new Date(result.atMs).toISOString(),
    replayed: result.replayed,
    counts: result.counts,
    lines: lines.slice(0, linesMax),
    linesLeftOut: Math.max(0, lines.length - linesMax),
    items: differences.map((difference) => ({
      ...difference,
      position: String(difference.position),
      recorded: decision(difference.recorded),
      simulated: decision(difference.simulated),
    })),
    nextCursor: result.more ? String(differences.at(-1)?.position ?? 0) : null,
    notes: notesOn(result),
  };
}

function comparedLine(
  { line, recorded, simulated }: LineComparison,
  before: AlertThresholds,
  after: AlertThresholds,
): Body<'SimulatedLine'> {
  const sides = { recorded: side(recorded, before), simulated: side(simulated, after) };
  const differs = (Object.keys(sides.recorded) as (keyof Body<'SimulatedLine'>['recorded'])[]).some(
    (member) => JSON.stringify(sides.recorded[member]) !== JSON.stringify(sides.simulated[member]),
  );
  return { line, differs, ...sides };
}

function side({ balance, shares, suspended, isClosed, group }: LineSide, thresholds: AlertThresholds): Body<'SimulatedLine'>['recorded'] {
  const limiting = limitingBalance(balance, shares);
  const isEmbargoed = group === 'embargoed';
  return {
    ...balanceBody(shownBalance(balance, shares)),
    ...(isClosed && { available: 0 }),
    utilization: isEmbargoed ? null : roundedUtilization(utilizationOf(limiting)),
    status: lineStatus(limiting, suspended || isClosed, thresholds, isEmbargoed),
    ...(shares && { limits: shareViews(shares, isClosed) }),
  };
}

function decision({ outcome, code, route, line, milliTpp, debitedMilliTpp }: DecisionSide): Body<'SimulatedDifference'>['recorded'] {
  return { outcome, code, route, line, tpp: milliTpp === null ? null : milliTpp / 1000, debitedTpp: debitedMilliTpp / 1000 };
}

/** What a reader must know to read the figures right. */
function notesOn({ counts, replayed }: SimulationResult): readonly string[] {
  const { withoutEffect, notJudged } = replayed;
  const notes = [
    'Requests that were answered without a record (an unknown chip, facts that contradict each other) are in no log: the draft cannot allow them.',
    'Caps that an order set, suspensions and attrition stand as they were recorded.',
  ];
  if (withoutEffect > 0) {
    notes.push(`What the draft refuses holds nothing: ${withoutEffect} later events about it came to nothing.`);
  }
  if (counts['refused-to-allowed'] > 0) {
    notes.push('A reservation that was refused and that the draft allows holds until its end: the log does not know what would have been exported of it.');
  }
  if (notJudged > 0) {
    notes.push(`${notJudged} refusals were recorded before the log kept their date or hold, and stay refused.`);
  }
  return notes;
}
