import type { QuotaReserved } from '../events/line-event.js';
import type { Counted } from '../events/line-parts.js';
import type { Reservation } from './entries.js';
import { countedOf } from './fold-entries.js';
import type { Reserve } from './line-command.js';
import type { LineContext } from './recording.js';
import { limitsNow, limitsOf, otherLimits, scopesNow } from './shares.js';

// How a line counts an entry when an event is recorded about it.

const inNoShare = {};

/** The shares of a `uveu:` line that count the shipment, with the limits that are news to the line. */
export function inShares(
  { shareLimits }: Pick<Reserve, 'shareLimits'>,
  { state }: LineContext,
): Partial<Pick<QuotaReserved, 'scopes' | 'shareLimits'>> {
  if (shareLimits === undefined) return inNoShare;
  const news = otherLimits(state, shareLimits);
  return { scopes: Object.keys(limitsNow(shareLimits, state)), ...(news && { shareLimits: news }) };
}

/** A hold stays in the shares that counted it first, and in that of the whole line while there is one. */
export function ownShares({ scopes }: Reservation, { state }: LineContext) {
  return scopes && { shareLimits: limitsOf(state.shares, scopesNow(scopes, state.shares)) };
}

/** How an event about an entry is counted now. */
export function countedNow(entry: Counted, context: LineContext): Counted {
  const counted = countedOf(entry);
  return entry.scopes === undefined ? counted : { ...counted, ...scopesOf(entry, context) };
}

/** The shares of a `uveu:` line that an entry is counted in now. */
export function scopesOf({ scopes }: Counted, { state }: LineContext): Pick<Counted, 'scopes'> {
  return scopes === undefined ? inNoShare : { scopes: scopesNow(scopes, state.shares) };
}
