import { endOfDay, kindOfLine, type CompiledRulebook } from '#rulebook';
import type { EventStore } from '../event-store/event-store.js';
import { decodeEvent } from '../events/codec.js';
import { quotaStreamOf } from '../line/streams.js';
import { rejected, rejectedAt, type Rejected } from '../outcome/rejected.js';
import type { AttritionRequest } from './ledger-request.js';

/** Why attrition cannot be recorded on a line, if it cannot; `now` in milliseconds. */
export function checkAttrition(
  rulebook: CompiledRulebook,
  line: string,
  { occurredAt, milliTpp }: AttritionRequest,
  now: number,
): Rejected | undefined {
  if (kindOfLine(line) !== 'nveu' || rulebook.document.policy.readings.nveuAttrition?.value !== 'gives-back') {
    return rejected(
      'attrition-not-credited',
      `On ${line} attrition gives nothing back: only what a validated end user has installed in a country is counted at a time.`,
    );
  }
  if (occurredAt > now) return rejectedAt('invalid-request', '/occurredAt', 'Attrition is recorded once it has happened: occurredAt is in the future.');
  if (milliTpp === 0) return rejectedAt('invalid-request', '/tpp', 'tpp must be more than 0.');
  return undefined;
}

const page = 500;

/**
 * Why items cannot have been lost on that day (UTC): nothing had been shipped on the line by then. Exports that never
 * were, as their reversals say, are left out; when a closed line whose items it took over had its first one it does not tell.
 */
export async function beforeFirstShipment(store: EventStore, line: string, { occurredAt }: AttritionRequest): Promise<Rejected | undefined> {
  const shipped = new Map<string, number>();
  for (let from = 0; ; from += page) {
    const stored = await store.readStream(quotaStreamOf(line), { from, limit: page });
    for (const { json } of stored) {
      const event = decodeEvent(json);
      if (event.type === 'AmountsTakenOver') return undefined;
      if (event.type === 'ExportDebited') shipped.set(event.exportId, Date.parse(event.exportedAt));
      if (event.type === 'ExportReversed' && event.code !== 'returned') shipped.delete(event.exportId);
    }
    if (stored.length < page) break;
  }
  const first = [...shipped.values()].reduce((earliest, at) => Math.min(earliest, at), Infinity);
  if (first === Infinity || endOfDay(occurredAt) >= first) return undefined;
  return rejectedAt('invalid-request', '/occurredAt', `Nothing was shipped on ${line} before ${new Date(first).toISOString()}: occurredAt is earlier.`);
}

/** There is no such line, or nobody's: nothing was ever recorded on it, and its company is not registered. */
export function noSuchLine(line: string): Rejected {
  if (kindOfLine(line) === undefined) return rejected('line-not-found', `There is no quota line ${line}.`);
  return rejected('line-not-found', `Nothing was recorded on ${line}, and no company of that name is registered.`);
}
