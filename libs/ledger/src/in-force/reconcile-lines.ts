import type { LineBalance } from '../events/line-event.js';
import type { DeclaredHoldings, Shares } from '../events/line-parts.js';
import type { Issued } from '../line/line-command.js';
import { untouchedLine } from '../line/line-state.js';
import type { LineLimits } from '../shipment/line-limits.js';
import type { LineMergers } from '../mergers/line-mergers.js';
import type { LineWriters } from '../lines/line-writers.js';

/** A line with history as a view shows it. */
export interface KnownLine {
  readonly line: string;
  readonly balance: LineBalance;
  readonly shares?: Shares;
  readonly closedInto?: string;
  readonly declared?: DeclaredHoldings;
}

/**
 * Brings lines in line with the rulebook, the register and the date of today: caps, shares, mergers. Only lines that
 * are behind as far as the view knows are loaded: there may be very many.
 */
export async function reconcileLines(
  lines: Iterable<KnownLine>,
  known: { readonly writers: LineWriters; readonly limits: LineLimits; readonly mergers: LineMergers; readonly issued: Issued },
): Promise<void> {
  const { writers, limits, mergers, issued } = known;
  const all = [...lines];
  for (const { line, ...view } of all) {
    const known = { ...untouchedLine(null), ...view };
    if (limits.following(line, known, issued) === undefined && limits.declaring(line, known, issued) === undefined) continue;
    const following = limits.following(line, await writers.of(line).recordedState(), issued);
    if (following) await writers.of(line).submit(following);
    const declaring = limits.declaring(line, await writers.of(line).recordedState(), issued);
    if (declaring) await writers.of(line).submit(declaring);
  }
  await mergers.reconcile(all.map(({ line }) => line));
}
