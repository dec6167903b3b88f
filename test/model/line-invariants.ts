import assert from 'node:assert/strict';
import {
  available,
  commandIdOf,
  decodeEvent,
  digestOf,
  encodeEvent,
  eventId,
  evolve,
  fold,
  foldReservation,
  lineOfStream,
  stateAfter,
  untouchedLine,
  type EventStore,
  type LineEvent,
  type LineState,
  type Reservation,
  type ShipmentCounted,
  type StoredEvent,
} from '#ledger';
import { noTpp } from '#rulebook';

/** The whole log in order. */
export async function readLog(store: EventStore): Promise<readonly StoredEvent[]> {
  const log: StoredEvent[] = [];
  // Of a cluster: what other instances wrote is read once the head was asked for.
  await store.head();
  for (;;) {
    const page = await store.readAll({ after: log.at(-1)?.position ?? 0, limit: 500 });
    if (page.length === 0) return log;
    log.push(...page);
  }
}

/** What must hold of every log, at every revision of every line. Throws with what does not. */
export function checkLog(log: readonly StoredEvent[]): void {
  const commands = new Set<string>();
  const streams = new Map<string, StoredEvent[]>();
  for (const stored of log) streams.set(stored.stream, [...(streams.get(stored.stream) ?? []), stored]);
  for (const [stream, history] of streams) {
    checkChain(stream, history);
    const line = lineOfStream(stream);
    if (line !== undefined) checkLine(line, history.map(({ json }) => decodeEvent(json) as LineEvent), commands);
  }
}

function checkChain(stream: string, history: readonly StoredEvent[]): void {
  let prev = '';
  let recordedAt = '';
  history.forEach((stored, index) => {
    const event = decodeEvent(stored.json);
    assert.deepEqual([stored.revision, event.prev, encodeEvent(event)], [index, prev, stored.json]);
    prev = digestOf(stored.json);
    assert.equal(stored.id, eventId(stream, index, prev));
    assert(event.recordedAt >= recordedAt, `Time goes back at ${stream}@${index}: ${event.recordedAt} after ${recordedAt}.`);
    ({ recordedAt } = event);
  });
}

const fromElsewhere: ReadonlySet<string> = new Set(['AmountsTakenOver', 'ShipmentCounted', 'HoldingsDeclared']);

export function checkLine(line: string, history: readonly LineEvent[], commands: Set<string>): void {
  const exported = new Set<string>();
  const reversed = new Set<string>();
  const filed = new Set<string>();
  const reservations = new Map<string, Reservation>();
  const countedHere: ShipmentCounted[] = [];
  const [first] = history;
  let state = untouchedLine(first?.type === 'AllocationSet' ? first.previousMilliTpp : (first?.balanceMilliTpp.allocation ?? null));
  history.forEach((event, revision) => {
    const before = state;
    state = evolve(state, event);
    assert.deepEqual(stateAfter(event), state);
    // What a closed line counts, or another line decided, or a company declares comes here whatever room there is.
    if (!fromElsewhere.has(event.type)) checkRoom(`${line}@${revision}`, before, state);
    const commandId = commandIdOf(event);
    if (commandId !== null) addOnce(commands, commandId);
    if (event.type === 'ExportDebited') addOnce(exported, event.exportId);
    if (event.type === 'ExportReversed') addOnce(reversed, event.exportId);
    if (event.type === 'ExportFiled') {
      addOnce(filed, event.exportId);
      assert(exported.has(event.exportId) && !reversed.has(event.exportId), `${event.exportId} is no export that stands.`);
    }
    if ('reservationId' in event && event.reservationId !== null) checkReservation(reservations, event, { line, revision });
    const open = [...reservations.values()].filter(isOpen);
    const taken = Object.values(state.takenOver ?? {}).reduce((sum, each) => sum + each.reserved, 0);
    if (event.type === 'ShipmentCounted') countedHere.push(event);
    const heldElsewhere = (scope?: string): number =>
      countedHere.reduce((sum, { scopes, reservedByMilliTpp }) => (scope === undefined || scopes?.includes(scope) ? sum + reservedByMilliTpp : sum), 0);
    assert.equal(heldBy(open) + taken + heldElsewhere(), state.balance.reserved);
    for (const [scope, { reserved }] of Object.entries(state.shares ?? {})) {
      if (scope === 'outside-home') continue;
      const ofClosed = Object.values(state.takenOver ?? {}).reduce((sum, { shares }) => sum + (shares?.[scope]?.reserved ?? 0), 0);
      assert.equal(heldBy(open.filter(({ scopes }) => scopes?.includes(scope))) + ofClosed + heldElsewhere(scope), reserved);
    }
    const outsideHome = state.shares?.['outside-home'];
    if (outsideHome !== undefined) {
      const { exported, reserved } = state.balance;
      assert.deepEqual([outsideHome.exported, outsideHome.reserved], [exported, reserved], 'Everything is outside of the home country.');
    }
    assert.equal(open.length, state.counts.openReservations);
    assert.equal(exported.size - reversed.size, state.counts.exports);
  });
  assert.deepEqual(fold(history), first && state);
}

/** What holds keep of the line's `reserved`: those that count at their licence are among `exported`. */
function heldBy(holds: readonly Reservation[]): number {
  return holds.filter(({ countedAt }) => countedAt === undefined).reduce((sum, { heldMilliTpp }) => sum + heldMilliTpp, 0);
}

/** The balance, and each share as if it were a line of its own. */
function checkRoom(place: string, before: LineState, after: LineState): void {
  checkBalance(place, before.balance, after.balance);
  for (const [scope, { limitMilliTpp, exported, reserved }] of Object.entries(after.shares ?? {})) {
    const was = scope === 'outside-home' ? { limitMilliTpp, ...before.balance } : before.shares?.[scope];
    const balance = { allocation: limitMilliTpp, exported, reserved };
    checkBalance(`${place} ${scope}`, { allocation: was?.limitMilliTpp ?? null, exported: was?.exported ?? noTpp, reserved: was?.reserved ?? noTpp }, balance);
  }
}

/** Use may exceed the cap only where the cap was set below it, and then it does not grow. */
function checkBalance(place: string, before: LineEvent['balanceMilliTpp'], after: LineEvent['balanceMilliTpp']): void {
  const use = after.exported + after.reserved;
  assert(after.exported >= 0 && after.reserved >= 0 && Number.isSafeInteger(use), place);
  if (after.allocation === null) return;
  const grew = use > before.exported + before.reserved;
  assert(!grew || use <= after.allocation, `${place} draws ${use} on a cap of ${after.allocation}.`);
  assert.equal(available(after), Math.max(0, after.allocation - use));
}

/** A reservation that has ended has no event any more, but for refused changes: it ends once. */
function checkReservation(reservations: Map<string, Reservation>, event: LineEvent & { reservationId: string | null }, place: { line: string; revision: number }): void {
  const before = reservations.get(event.reservationId ?? '');
  if (before && event.type !== 'ReservationRefused') assert(isOpen(before), `${before.id} is ${before.status} already.`);
  if ('reservationRevision' in event) assert.equal(event.reservationRevision, before?.revision ?? null);
  const after = foldReservation(before, event, place);
  if (after) reservations.set(after.id, after);
}

function isOpen({ status }: Reservation): boolean {
  return status === 'held' || status === 'partly-exported';
}

function addOnce(seen: Set<string>, id: string): void {
  assert(!seen.has(id), `${id} happened twice.`);
  seen.add(id);
}
