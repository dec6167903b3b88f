import assert from 'node:assert/strict';
import { decodeEvent, lineOfStream, movesOf, type CompanyEvent, type LineEvent, type ShipmentCounted, type StoredEvent } from '#ledger';

// What must hold of the lines of companies, from the log alone and by arithmetic of its own.

export interface Limits {
  /** Thousandths of TPP that one ultimate parent may receive in a year. */
  readonly lpp: number;
  /** From when on an NVEU may have so much installed in a country; in order. */
  readonly nveu: readonly (readonly [fromMs: number, milliTpp: number])[];
  /** Countries that are no partners. */
  readonly outside: ReadonlySet<string>;
}

/** Every event with which a line gives something out stays within the limit of that instant, in recorded time. */
export function checkLimits(log: readonly StoredEvent[], limits: Limits): void {
  const declared = new Map<string, number>();
  const headquarters = new Map<string, string | null>();
  for (const { stream, revision, json } of log) {
    if (stream === 'companies') {
      learn(JSON.parse(json) as CompanyEvent, declared, headquarters);
      continue;
    }
    const line = lineOfStream(stream);
    if (line === undefined || line.startsWith('country:')) continue;
    const event = decodeEvent(json) as LineEvent;
    if (!givesOut(event)) continue;
    const place = `${line}@${revision}`;
    const [kind = '', holder = '', last = ''] = line.split(':');
    const { exported, reserved } = event.balanceMilliTpp;
    if (kind === 'lpp') {
      assert(exported + reserved <= limits.lpp, `${place} has ${exported + reserved} of ${limits.lpp}`);
    } else if (kind === 'nveu') {
      const limit = limits.nveu.findLast(([fromMs]) => fromMs <= Date.parse(event.recordedAt))?.[1] ?? 0;
      assert(exported + reserved <= limit, `${place} has ${exported + reserved} of ${limit} ${last}`);
    } else {
      checkShares(place, event, { declared: declared.get(holder) ?? 0, isAmerican: headquarters.get(holder) === 'US', outside: limits.outside });
    }
  }
}

/** A hold under LPP lives and is exported in the year of its line, a direct export counts in its own. */
export function checkYears(log: readonly StoredEvent[]): void {
  for (const { stream, json } of log) {
    const year = /^quota-lpp:[^:]+:(\d{4})$/.exec(stream)?.[1];
    if (year === undefined) continue;
    const event = decodeEvent(json) as LineEvent;
    const end = `${Number(year) + 1}-01-01T00:00:00.000Z`;
    if (event.type === 'QuotaReserved') assert.equal(event.recordedAt.slice(0, 4), year);
    if (event.type === 'QuotaReserved' || event.type === 'ReservationAmended') assert(event.expiresAt <= end, event.expiresAt);
    if (event.type === 'ExportDebited') assert.equal(event.exportedAt.slice(0, 4), year);
  }
}

/** A closed line gives nothing out, and its survivor counts what it has. */
export function checkMergers(log: readonly StoredEvent[]): void {
  const last = new Map<string, LineEvent>();
  const closed = new Set<string>();
  for (const { stream, json } of log) {
    const line = lineOfStream(stream);
    if (line === undefined) continue;
    const event = decodeEvent(json) as LineEvent;
    assert(!closed.has(line) || !givesOut(event), `${line} is closed and gives out.`);
    if (event.type === 'LineClosed') closed.add(line);
    last.set(line, event);
  }
  for (const line of closed) {
    const { balanceMilliTpp, closedInto = '', declared } = last.get(line) as LineEvent;
    const { reserved } = balanceMilliTpp;
    // What the company declared is its survivor's to declare.
    const exported = balanceMilliTpp.exported - (declared?.milliTpp ?? 0);
    const taken = last.get(closedInto)?.takenOver?.[line];
    assert.deepEqual([taken?.exported ?? 0, taken?.reserved ?? 0], [exported, reserved], `${closedInto} does not count ${line}.`);
  }
}

/** A closed line keeps the limits that its closing found, whatever it counts later. */
export function checkClosedLimits(log: readonly StoredEvent[]): void {
  const found = new Map<string, NonNullable<LineEvent['shares']>>();
  for (const { stream, revision, json } of log) {
    const line = lineOfStream(stream);
    if (line === undefined) continue;
    const { closedInto, shares = {} } = decodeEvent(json) as LineEvent;
    if (closedInto === undefined) continue;
    for (const [scope, { limitMilliTpp }] of Object.entries(found.get(line) ?? {})) {
      assert.equal(shares[scope]?.limitMilliTpp, limitMilliTpp, `${line}@${revision} has another limit ${scope} than when it was closed.`);
    }
    found.set(line, shares);
  }
}

/** Where events stand that say that they count on another line, which does not count them. */
export function uncountedIn(log: readonly StoredEvent[]): readonly { readonly line: string; readonly revision: number }[] {
  const counted = new Set<string>();
  for (const { stream, json } of log) {
    const event = decodeEvent(json);
    if (event.type === 'ShipmentCounted') counted.add(`${event.fromEventId} on ${lineOfStream(stream) ?? ''}`);
  }
  return log.flatMap(({ stream, revision, id, json }) => {
    const line = lineOfStream(stream);
    if (line === undefined) return [];
    const moves = movesOf(decodeEvent(json) as LineEvent);
    return moves.some((each) => !counted.has(`${id} on ${each.line}`)) ? [{ line, revision }] : [];
  });
}

/** Each event that says so counts on the other line, once, with its amounts but for what attrition gave back before. */
export function checkCounted(log: readonly StoredEvent[]): void {
  const counted = new Map<string, ShipmentCounted>();
  for (const { stream, json } of log) {
    const event = decodeEvent(json);
    if (event.type !== 'ShipmentCounted') continue;
    const key = `${event.fromEventId} on ${lineOfStream(stream) ?? ''}`;
    assert(!counted.has(key), `${key} is counted twice.`);
    counted.set(key, event);
  }
  for (const { stream, revision, id, json } of log) {
    if (lineOfStream(stream) === undefined) continue;
    for (const { line, exported, reserved } of movesOf(decodeEvent(json) as LineEvent)) {
      const found = counted.get(`${id} on ${line}`);
      assert(found !== undefined, `${line} does not count ${stream}@${revision}.`);
      counted.delete(`${id} on ${line}`);
      assert.equal(found.reservedByMilliTpp, reserved);
      assert(found.exportedByMilliTpp === exported || (exported < 0 && found.exportedByMilliTpp >= exported), `${line} counts another amount.`);
    }
  }
  assert.equal(counted.size, 0, 'Something is counted that no line says.');
}

function learn(event: CompanyEvent, declared: Map<string, number>, headquarters: Map<string, string | null>): void {
  if (event.type === 'CompanyRegistered') headquarters.set(event.companyId, event.headquarters);
  const details = event.type === 'CompaniesMerged' ? event.survivor : event.type === 'CompanyAmended' ? event : undefined;
  const id = event.type === 'CompaniesMerged' ? event.into : event.type === 'CompanyAmended' ? event.companyId : '';
  if (details === undefined) return;
  headquarters.set(id, details.headquarters);
  if (details.declaredMilliTpp !== null) declared.set(id, details.declaredMilliTpp);
}

function givesOut(event: LineEvent): event is LineEvent & { readonly scopes?: readonly string[]; readonly destination?: string } {
  if (event.type === 'QuotaReserved') return event.debitedMilliTpp > 0;
  if (event.type === 'ReservationAmended') return event.heldMilliTpp > event.previousHeldMilliTpp;
  return event.type === 'ExportDebited' && event.reservationId === null && event.debitedMilliTpp > 0;
}

function checkShares(
  place: string,
  event: { readonly scopes?: readonly string[]; readonly destination?: string; readonly shares?: LineEvent['shares']; readonly balanceMilliTpp: LineEvent['balanceMilliTpp'] },
  { declared, isAmerican, outside }: { readonly declared: number; readonly isAmerican: boolean; readonly outside: ReadonlySet<string> },
): void {
  const { scopes = [], destination } = event;
  if (destination !== undefined) {
    const expected = outside.has(destination) ? ['outside-partners', `country:${destination}`] : [];
    if (isAmerican) expected.push('outside-home');
    assert.deepEqual([...scopes].sort(), expected.sort(), place);
  }
  // All that the line debits is outside of the United States, whenever its company came to be headquartered there.
  const all = event.balanceMilliTpp.exported + event.balanceMilliTpp.reserved;
  if (isAmerican) assert(all <= Math.floor(declared / 2), `${place} has ${all} of ${declared} outside of the United States`);
  for (const scope of scopes) {
    const percent = scope === 'outside-partners' ? 25 : scope === 'outside-home' ? 50 : 7;
    const limit = Math.floor((declared * percent) / 100);
    const { exported = 0, reserved = 0 } = event.shares?.[scope] ?? {};
    assert(exported + reserved <= limit, `${place} has ${exported + reserved} of ${limit} ${scope}`);
  }
}
