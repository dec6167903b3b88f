import { alertsStreamOf, decide, digestOf, emptyStream, encodeEvent, evolve, foldExport, foldReservation, isStream, quotaStreamOf, recordLoss, seal, untouchedLine, type AlertEvent, type Draft, type LedgerEvent, type ObligationDone, type LineCommand, type LineEvent, type LineState, type PostedExport, type Reservation, type ReservationRefused, type StoredEvent } from '#ledger';
import { fromTpp, milliTpp } from '#rulebook';
import { exportDirect, h100, issued, reserve, start as lineStart } from '../../libs/ledger/src/testing/line-scenario.js';
import { MemoryEventStore } from '../../libs/ledger/src/event-store/memory/memory-event-store.js';
import { hourMs, idOf, MemoryLedger, smallCaps, start } from '../../libs/ledger/src/testing/memory-ledger.js';
import { exportWeights } from './golden-weights.js';
import { companyEvents } from './golden-companies.js';

/** An event of every type and form that is written today, by the name of its golden file. */
export async function goldenEvents(): Promise<ReadonlyMap<string, string>> {
  const memory = await MemoryLedger.open({}, new MemoryEventStore());
  const { ledger } = memory;
  const consignee = {
    name: 'Falcon Cloud', country: 'AE', headquarters: 'AE',
    ultimateParent: { name: 'Falcon Holding Ærø "2"', country: 'AE', headquarters: 'FR' },
  };
  const items = [
    { chip: 'amd-mi300x', quantity: 3 },
    { description: 'custom board', eccn: '4A090.a', milliTppPerUnit: fromTpp(20_919.2), quantity: 1 },
    { chip: 'nvidia-v100-sxm2', quantity: 7 },
  ];
  const full = idOf(await memory.reserve(1, { consignee, items, reference: 'PO-4711' }));
  const bare = idOf(await memory.reserve(2, { expiresAt: start + hourMs }));
  await ledger.amend(full, { items: items.slice(0, 2), expiresAt: start + 2 * hourMs, reference: null, expectedRevision: 0 }, memory.caller());
  await ledger.amend(bare, { reference: 'PO-4712', expectedRevision: 1 }, memory.caller(null));
  const part = { of: 'items', items: [{ chip: 'amd-mi300x', description: null, quantity: 1 }] } as const;
  await ledger.exportHold(full, { part, exportedAt: start - hourMs, itn: 'X20260301000001', final: false }, memory.caller());
  await memory.exportHold(bare, 1, { final: true });
  const single = idOf(await memory.reserve(1));
  await ledger.exportHold(single, { part: { of: 'tpp', milliTpp: milliTpp(1) }, exportedAt: start, final: false }, memory.caller());
  const direct = idOf(await memory.exportDirect(1));
  await ledger.file(direct, { itn: 'X20260301000002' }, memory.caller());
  await ledger.reverse(direct, { code: 'returned', reason: 'sent back' }, memory.caller());
  await memory.exportHold(single, 'all', { exportedAt: Date.parse('2024-12-31T00:00:00Z') });
  await ledger.amend(single, { items: [{ chip: 'nvidia-h100-sxm5', quantity: 500 }], expectedRevision: null }, memory.caller());
  await ledger.release(single, { reason: 'not needed' }, memory.caller());
  await memory.reserve(1, { destination: 'CN' });
  const stated = { facts: { endUse: 'storage', cluster: false } } as const;
  await memory.reserve(1, { consignee, route: 'licence', ...stated });
  await memory.exportDirect(1, { route: 'licence', ...stated });
  await memory.reserve(1, { consignee, route: 'lpp', ...stated });
  await memory.reserve(500);
  await ledger.setAllocation('country:AE', { allocationMilliTpp: fromTpp(790_000_000), reason: 'by order' }, memory.caller());
  await ledger.suspend('country:AE', { reason: 'under review' }, memory.caller());
  await memory.exportDirect(1);
  await ledger.resume('country:AE', { reason: 'reviewed' }, memory.caller());
  memory.now = start + 3 * hourMs;
  await memory.reserve(1);
  memory.now = Date.parse('2025-11-06T00:00:00Z');
  await memory.reserve(1, { destination: 'KH' });
  memory.now = Date.parse('2025-11-07T00:00:00Z');
  await memory.reserve(1, { destination: 'KH' });
  for (const period of [null, { from: '2026-01-01T00:00:00.000Z', until: '2026-07-01T00:00:00.000Z' }]) await fulfil(memory, period);

  await exportWeights(memory);
  await ledger.rulebooks.adopt(smallCaps({ version: 'by-order' }), memory.caller());

  const found = new Map<string, string>();
  for (const { json, stream } of [...(await memory.log()), ...(await companyEvents()), ...(await choices()), ...(await losses()), ...(await ownRoutes())]) {
    if (!isStream(stream)) throw new Error(`${stream} is no stream that can be asked for: say its form in libs/ledger/src/line/streams.ts.`);
    const event = JSON.parse(json) as LedgerEvent;
    const name = nameOf(event);
    if (!found.has(name)) found.set(name, json);
  }
  for (const event of [...companyLines(), ...licence(), ...countedElsewhere()]) if (!found.has(nameOf(event))) found.set(nameOf(event), encodeEvent(event));
  for (const event of alerts()) found.set(nameOf(event), encodeEvent(event));
  return found;
}

/** Items that leave under an exception of their own beside others. */
async function ownRoutes(): Promise<readonly StoredEvent[]> {
  const memory = await MemoryLedger.open({}, new MemoryEventStore());
  const card = { chip: 'nvidia-geforce-rtx-4090', quantity: 2 };
  const mixed = (quantity: number) => ({ items: [{ chip: 'nvidia-h100-sxm5', quantity }, card] });
  const id = idOf(await memory.reserve(1, mixed(1)));
  await memory.ledger.amend(id, { ...mixed(2), expectedRevision: null }, memory.caller());
  await memory.exportHold(id, 'all');
  await memory.exportDirect(1, mixed(1));
  await memory.reserve(1, mixed(5000));
  return memory.log();
}

/** How instances that share a log agree on the line of a command. */
async function choices(): Promise<readonly StoredEvent[]> {
  const memory = await MemoryLedger.shared();
  await memory.reserve(1, { consignee: { name: 'Falcon Cloud', country: 'AE', headquarters: 'AE' } }, memory.caller('a-key-of-its-own'));
  return (await memory.log()).filter(({ stream }) => stream.startsWith('choice-'));
}

/** An operator went on without events that were missing. */
async function losses(): Promise<readonly StoredEvent[]> {
  const store = new MemoryEventStore();
  await recordLoss(store, { first: 118, known: { position: 234, id: '2ed6657d-e927-568b-95e1-2665a8aea6a2', knownBy: '' } }, { at: start, principal: 'anonymous' });
  return store.readAll({ after: 0, limit: 1 });
}

async function fulfil(memory: MemoryLedger, period: ObligationDone['period']): Promise<void> {
  const obligation = {
    kind: 'veu-report', text: 'Report.', citation: '15 CFR 748.15(f)(1)(iii)', route: 'uveu', line: 'uveu:falcon',
    party: { role: 'veu', id: 'falcon', name: 'Falcon' }, exporter: null, consignee: 'Falcon', reservationId: null,
    exportId: null, period, dueAt: '2026-07-15T23:59:59.999Z',
    raisedBy: { eventId: '2ed6657d-e927-568b-95e1-2665a8aea6a2', position: 17 },
  } as const;
  const [obligationId, fulfilledAt] = [`5f9c1d7e-0000-5000-8000-00000000000${period ? 1 : 0}`, start];
  await memory.ledger.obligations.fulfil({ obligationId, obligation, fulfilledAt, reference: 'letter 17', note: null }, memory.caller(`fulfil-${obligationId}`));
}

/** `<Type>@<version>`, with what makes the form of this event its own. */
function nameOf(event: LedgerEvent): string {
  const forms = [
    event.type === 'QuotaReserved' && event.consignee && 'consignee',
    event.type === 'ReservationAmended' && event.commandId === null && 'without-key',
    event.type === 'ExportDebited' && event.reservationId === null && 'direct',
    event.type === 'ExportDebited' && event.items.some(({ quantity }) => quantity === null) && 'broken-amount',
    event.type === 'ReservationRefused' && event.code,
    event.type === 'ReservationRefused' && hasRequest(event) && event.operation,
    'asked' in event && 'stated',
    event.type === 'AllocationSet' && event.basis,
    event.type === 'AllocationSet' && event.sharesEnded && 'ended',
    event.type === 'ObligationFulfilled' && event.obligation.period && 'period',
    event.type === 'RulebookAdopted' && event.commandId && 'order',
    'items' in event && event.items.some(({ route }) => route !== undefined) && 'own-route',
    'countedAt' in event && event.countedAt,
    'shares' in event && event.shares && 'shares',
    event.type === 'WeightExportRecorded' && event.route,
    'shipmentId' in event && event.type !== 'ShipmentCounted' && 'shipment',
    'alsoCounts' in event && event.alsoCounts && 'elsewhere',
    'declaredElsewhere' in event && 'elsewhere',
    'nearMatches' in event && 'near',
    'measuredOn' in event && 'measured',
    'authorisations' in event && 'authorisations',
    'survivor' in event && event.survivor.authorisations && 'authorisations',
  ];
  return [`${event.type}@${event.v}`, ...forms.filter((form) => typeof form === 'string')].join('-');
}

/** Whether a refusal says what the request said besides: those of before do not. */
function hasRequest({ expiresAt, exportedAt, holdRevision }: ReservationRefused): boolean {
  return [expiresAt, exportedAt, holdRevision].some((member) => member !== undefined);
}

/** A `uveu:` line: shares, other limits, a merger, and what attrition gives back on an `nveu:` line. */
function companyLines(): readonly LineEvent[] {
  const consignee = { name: 'Falcon Cloud', country: 'AE', headquarters: 'FR' };
  const shareLimits = { 'outside-partners': fromTpp(25_000_000), 'country:AE': fromTpp(7_000_000) };
  const amounts = { exported: fromTpp(1000), reserved: fromTpp(500) };
  const takeOver = { exportedMilliTpp: amounts.exported, reservedMilliTpp: amounts.reserved, fromRevision: 3 };
  const lower = { shareLimits: { 'outside-partners': fromTpp(20_000_000), 'country:AE': fromTpp(5_600_000) } };
  const hold = { reservationId: 'a', expectedRevision: null } as const;
  const uveu = decidedOn('uveu:falcon-cloud', [
    reserve('a', [h100(2)], { consignee, shareLimits }),
    { ...issued('b'), type: 'ExportHold', exportId: 'b', ...hold, part: { of: 'items', items: [{ chip: h100(1).chip, description: null, quantity: 1 }] }, final: false, exportedAt: lineStart, itn: null, outsidePeriod: null },
    { ...issued('c'), type: 'Amend', ...hold, items: null, expiresAt: lineStart + 2 * hourMs, reference: 'PO-1' },
    { ...issued('d'), type: 'SetAllocation', allocationMilliTpp: null, basis: 'rulebook', reason: 'declared anew', ...lower },
    { ...issued('e'), type: 'TakeOver', fromLine: 'uveu:falcon', ...takeOver, ofShares: { 'country:AE': amounts, 'outside-partners': amounts } },
    { ...issued('f'), type: 'Release', ...hold, reason: null },
    reserve('g', [h100(1)], { consignee, ...lower }),
    { ...issued('h', lineStart + 2 * hourMs), type: 'Lapse', reservationId: 'g' },
    { ...issued('i'), type: 'CloseLine', into: 'uveu:falcon-group', reason: 'one company' },
    reserve('j', [h100(1)], { consignee, ...lower }),
  ]);
  const ofAll = { ...shareLimits, 'outside-home': fromTpp(50_000_000) };
  const moved = decidedOn('uveu:yankee-cloud', [
    reserve('o', [h100(2)], { consignee, shareLimits: ofAll }),
    { ...issued('p'), type: 'SetAllocation', allocationMilliTpp: null, basis: 'rulebook', reason: 'moved away', sharesEnded: ['outside-home'] },
  ]);
  const nveu = decidedOn('nveu:falcon-cloud:AE', [
    exportDirect('k', [h100(4)], { consignee }),
    { ...issued('l'), type: 'TakeOver', fromLine: 'nveu:falcon:AE', ...takeOver },
    { ...issued('m'), type: 'RecordAttrition', milliTpp: fromTpp(15_832), cause: 'failure', occurredAt: lineStart, reason: 'burnt out' },
    { ...issued('n'), type: 'CloseLine', into: 'nveu:falcon-group:AE', reason: 'one company' },
  ]);
  return [...uveu, ...moved, ...nveu];
}

/** Shipments by licence that lines of validated end users count, too, and what these declare to have from elsewhere. */
function countedElsewhere(): readonly LineEvent[] {
  const [shares, base] = [{ line: 'uveu:falcon-cloud', destination: 'AE', scopes: ['outside-partners', 'country:AE'] }, { line: 'nveu:falcon:AE', destination: 'AE' }];
  const countingLines = [shares, base];
  const consignee = { name: 'Falcon Cloud', country: 'AE', headquarters: 'FR' };
  const hold = { reservationId: 'a', expectedRevision: null } as const;
  const part = { of: 'items', items: [{ chip: h100(1).chip, description: null, quantity: 1 }] } as const;
  const bySource = decidedOn('country:AE', [
    reserve('a', [h100(2)], { consignee, countingLines }),
    { ...issued('b'), type: 'ExportHold', exportId: 'b', ...hold, part, final: false, exportedAt: lineStart, itn: null, outsidePeriod: null },
    { ...issued('c'), type: 'Amend', ...hold, items: { list: [h100(3)], determination: reserve('c', [h100(3)]).determination }, expiresAt: null, reference: undefined },
    { ...issued('d'), type: 'Release', ...hold, reason: null },
    exportDirect('e', [h100(1)], { consignee, countingLines }),
    { ...issued('f'), type: 'Reverse', exportId: 'e', code: 'misreported', reason: 'typo', credits: true, windowMs: null },
    reserve('g', [h100(1)], { consignee, countingLines }),
    { ...issued('h', lineStart + 2 * hourMs), type: 'Lapse', reservationId: 'g' },
  ]);
  const limits = { 'outside-partners': fromTpp(25_000_000), 'country:AE': fromTpp(7_000_000) };
  const from = { fromLine: 'country:AE', fromRevision: 0, fromEventId: '2ed6657d-e927-568b-95e1-2665a8aea6a2', shipmentId: 'a', destination: 'AE' };
  const counts = { type: 'CountShipment', ...from, exportedBy: 0, reservedBy: fromTpp(31_664) } as const;
  const held = fromTpp(1000);
  const declares = { type: 'DeclareHoldings', heldMilliTpp: held, reason: 'declared' } as const;
  const uveu = decidedOn(shares.line, [
    { ...issued('i'), ...counts, shareLimits: limits },
    { ...issued('j'), ...declares, ofShares: { 'outside-partners': held, 'country:AE': held }, shareLimits: limits },
  ]);
  const nveu = decidedOn(base.line, [{ ...issued('k'), ...counts }, { ...issued('l'), ...declares }]);
  return [...bySource, ...uveu, ...nveu];
}

/** A hold that counts at its licence, and all that may follow. */
function licence(): readonly LineEvent[] {
  const part = { of: 'items', items: [{ chip: h100(1).chip, description: null, quantity: 1 }] } as const;
  const hold = (reservationId: string) => ({ reservationId, expectedRevision: null });
  return decidedOn('country:AE', [
    reserve('a', [h100(2)], { countedAt: 'licence' }),
    { ...issued('b'), type: 'ExportHold', exportId: 'b', ...hold('a'), part, final: false, exportedAt: lineStart, itn: null, outsidePeriod: null },
    { ...issued('c'), type: 'Amend', ...hold('a'), items: null, expiresAt: lineStart + 2 * hourMs, reference: 'PO-1' },
    { ...issued('d'), type: 'Release', ...hold('a'), reason: null },
    reserve('e', [h100(1)], { countedAt: 'licence' }),
    exportDirect('direct', [h100(1)], { countedAt: 'licence' }),
    { ...issued('f', lineStart + 2 * hourMs), type: 'Lapse', reservationId: 'e' },
  ]);
}

/** The events that these commands come to on a line with a cap of 1,000,000 TPP, or without where it has shares. */
function decidedOn(line: string, commands: readonly LineCommand[]): readonly LineEvent[] {
  let state: LineState = untouchedLine(line.startsWith('uveu:') ? null : fromTpp(1_000_000));
  let end = emptyStream;
  const reservations = new Map<string, Reservation>();
  const exports = new Map<string, PostedExport>();
  return commands.map((command) => {
    const named = 'reservationId' in command ? reservations.get(command.reservationId) : undefined;
    const posted = command.type === 'Reverse' ? exports.get(command.exportId) : undefined;
    const decision = decide(command, { state, lastRecordedAt: 0, reservation: named, export: posted });
    if ('decided' in decision || !decision[0]) throw new Error(`${command.type} was not decided.`);
    const sealed = seal<LineEvent>(quotaStreamOf(line), end, decision[0]);
    end = { revision: sealed.revision, digest: sealed.digest };
    state = evolve(state, sealed.event);
    const reservationId = 'reservationId' in sealed.event ? (sealed.event.reservationId ?? '') : '';
    const after = foldReservation(reservations.get(reservationId), sealed.event, { line, revision: sealed.revision });
    if (after) reservations.set(reservationId, after);
    const left = foldExport(undefined, sealed.event, { line, revision: sealed.revision });
    if (left) exports.set(left.id, left);
    return sealed.event;
  });
}

function alerts(): readonly AlertEvent[] {
  const line = 'country:AE';
  const recordedAt = new Date(start).toISOString();
  const crossing = { eventId: '2ed6657d-e927-568b-95e1-2665a8aea6a2', position: 17, recordedAt };
  const alert = { v: 1, recordedAt, principal: 'system', alertId: '886313e1-3b8a-5372-9b90-0c9aee199e5d', line } as const;
  const balanceMilliTpp = { allocation: fromTpp(100), exported: fromTpp(60.001), reserved: fromTpp(20) };
  const beyond = { allocation: fromTpp(100), exported: fromTpp(120), reserved: fromTpp(5) };
  const drafts: readonly Draft<AlertEvent>[] = [
    { ...alert, type: 'AlertRaised', level: 'watch', threshold: 0.8, utilization: 0.80001, balanceMilliTpp, crossing },
    { ...alert, type: 'AlertClosed', utilization: 0.75, crossing },
    { ...alert, type: 'AlertAcknowledged', principal: 'regulator' },
    { ...alert, type: 'AlertRaised', level: 'measured', threshold: 1, utilization: 1.25, balanceMilliTpp: beyond, crossing, measuredOn: '2026-08-01' },
    { ...alert, type: 'AlertClosed', utilization: 0.75, crossing, measuredOn: '2027-02-01' },
  ];
  let end = emptyStream;
  return drafts.map((draft) => {
    const sealed = seal<AlertEvent>(alertsStreamOf(line), end, draft);
    end = { revision: sealed.revision, digest: digestOf(sealed.json) };
    return sealed.event;
  });
}
