import { replayLive, ViewsBehind, type LoggedEvent, type OnPosition, type ReplayResult } from '#audit';
import type { LedgerAccess } from '../access/ledger-access.js';
import { Refused } from '../exit-code.js';

/**
 * Replays the log of a ledger that goes on, and compares it with the live views.
 * @throws Refused if the views are behind the log
 */
export async function replayLedger(ledger: LedgerAccess, onPosition: OnPosition): Promise<ReplayResult> {
  const live = {
    where: ledger.where,
    log: (after: number) => eventsOf(ledger, after),
    countries: (query?: { readonly minPosition?: number }) => ledger.countries(query),
    companyLines: (minPosition: number) => ledger.companyLines(minPosition),
  };
  try {
    return await replayLive(live, onPosition);
  } catch (error) {
    throw error instanceof ViewsBehind ? new Refused(error.message) : error;
  }
}

async function* eventsOf(ledger: LedgerAccess, after: number): AsyncIterable<LoggedEvent> {
  for await (const batch of ledger.log(after)) yield* batch;
}
