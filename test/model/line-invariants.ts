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
  type Reservation,
  type StoredEvent,
} from '#ledger';

/** The whole log in order. */
export async function readLog(store: EventStore): Promise<readonly StoredEvent[]> {
  const log: StoredEvent[] = [];
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
    expect([stored.revision, event.prev, encodeEvent(event)]).toEqual([index, prev, stored.json]);
    prev = digestOf(stored.json);
    expect(stored.id).toBe(eventId(stream, index, prev));
    if (event.recordedAt < recordedAt) throw new Error(`Time goes back at ${stream}@${index}: ${event.recordedAt} after ${recordedAt}.`);
    ({ recordedAt } = event);
  });
}

export function checkLine(line: string, history: readonly LineEvent[], commands: Set<string>): void {
  const exported = new Set<string>();
  const reversed = new Set<string>();
  const reservations = new Map<string, Reservation>();
  const [first] = history;
  let state = untouchedLine(first?.type === 'AllocationSet' ? first.previousMilliTpp : (first?.balanceMilliTpp.allocation ?? null));
  history.forEach((event, revision) => {
    const before = state;
    state = evolve(state, event);
    expect(stateAfter(event)).toEqual(state);
    checkBalance(`${line}@${revision}`, before.balance, state.balance);
    const commandId = commandIdOf(event);
    if (commandId !== null) expect(addOnce(commands, commandId)).toBe(`${commandId} once`);
    if (event.type === 'ExportDebited') expect(addOnce(exported, event.exportId)).toBe(`${event.exportId} once`);
    if (event.type === 'ExportReversed') expect(addOnce(reversed, event.exportId)).toBe(`${event.exportId} once`);
    if ('reservationId' in event && event.reservationId !== null) checkReservation(reservations, event, { line, revision });
    const open = [...reservations.values()].filter(isOpen);
    expect(open.reduce((sum, { heldMilliTpp }) => sum + heldMilliTpp, 0)).toBe(state.balance.reserved);
    expect(open.length).toBe(state.counts.openReservations);
    expect(exported.size - reversed.size).toBe(state.counts.exports);
  });
  expect(fold(history)).toEqual(first && state);
}

/** Use may exceed the cap only where the cap was set below it, and then it does not grow. */
function checkBalance(place: string, before: LineEvent['balanceMilliTpp'], after: LineEvent['balanceMilliTpp']): void {
  const use = after.exported + after.reserved;
  expect([after.exported >= 0, after.reserved >= 0, Number.isSafeInteger(use)]).toEqual([true, true, true]);
  if (after.allocation === null) return;
  const grew = use > before.exported + before.reserved;
  if (grew && use > after.allocation) throw new Error(`${place} draws ${use} on a cap of ${after.allocation}.`);
  expect(available(after)).toBe(Math.max(0, after.allocation - use));
}

/** A reservation that has ended has no event any more, but for refused changes: it ends once. */
function checkReservation(reservations: Map<string, Reservation>, event: LineEvent & { reservationId: string | null }, place: { line: string; revision: number }): void {
  const before = reservations.get(event.reservationId ?? '');
  if (before && event.type !== 'ReservationRefused') expect(isOpen(before)).toBe(true);
  if ('reservationRevision' in event) expect(event.reservationRevision).toBe(before?.revision ?? null);
  const after = foldReservation(before, event, place);
  if (after) reservations.set(after.id, after);
}

function isOpen({ status }: Reservation): boolean {
  return status === 'held' || status === 'partly-exported';
}

function addOnce(seen: Set<string>, id: string): string {
  const again = seen.has(id);
  seen.add(id);
  return `${id} ${again ? 'again' : 'once'}`;
}
