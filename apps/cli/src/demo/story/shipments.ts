import type { ExportDebited, ExportDirectRequest, ExportPart, QuotaReserved, ReserveRequest } from '#ledger';
import type { Act, Sequel } from '../agenda.js';
import { dayMs, hourMs, type Stage } from './stage.js';

/** What becomes of a hold that is not simply shipped: shares of all holds. */
const released = 0.08;
const lapsed = 0.05;
const extended = 0.06;
/** Shares of all exports. */
const inOnePart = 0.6;
const filedLater = 0.15;
const reversed = 0.03;
const mistakes = [
  ['misreported', 'The quantity was wrong: recorded anew with the right one.'],
  ['duplicate', 'Recorded twice by mistake.'],
  ['not-shipped', 'The shipment was called off at the port.'],
  ['returned', 'Returned by the consignee: damaged in transport.'],
] as const;
const longestHoldMs = 150 * dayMs;

/** Reserves, and sees to what becomes of the hold. @param lane of all that follows */
export async function order(stage: Stage, lane: string, request: ReserveRequest): Promise<Sequel> {
  const { desk, random, now } = stage;
  const isOwnEnd = random.chance(0.4) && now() + longestHoldMs < desk.periodEndMs;
  const expiresAt = now() + random.integer(40, longestHoldMs / dayMs) * dayMs;
  const hold = await desk.reserve({ ...request, ...(isOwnEnd && { expiresAt }) });
  return () => {
    if (hold === undefined) return;
    const fate = random.next();
    if (fate < released) planRelease(stage, lane, hold);
    else if (fate >= released + lapsed) planExports(stage, lane, hold, fate < released + lapsed + extended);
  };
}

/** Reserves, and exports the whole hold in time. */
export async function orderForSure(stage: Stage, lane: string, request: ReserveRequest): Promise<Sequel> {
  const hold = await stage.desk.reserve(request);
  return () => hold && planExports(stage, lane, hold, false);
}

/** Exports without a reservation, and sees to what becomes of the export. */
export async function ship(stage: Stage, lane: string, request: Omit<ExportDirectRequest, 'exportedAt' | 'itn'>): Promise<Sequel> {
  const { desk } = stage;
  const isFiledLater = stage.random.chance(filedLater);
  const exported = await desk.exportDirect({ ...request, ...leaving(stage), ...(!isFiledLater && { itn: itnOf(stage) }) });
  return () => exported && follow(stage, lane, exported, isFiledLater);
}

function planRelease(stage: Stage, lane: string, hold: QuotaReserved): void {
  const { desk, agenda, random } = stage;
  const reason = random.pick(['The order was cancelled.', 'The customer chose another supplier.']);
  agenda.at(within(stage, hold, random.between(0.1, 0.8)), lane, () => desk.release(hold, reason));
}

function planExports(stage: Stage, lane: string, hold: QuotaReserved, isExtended: boolean): void {
  const { desk, agenda, random } = stage;
  const longer = Date.parse(hold.expiresAt) + 30 * dayMs;
  if (isExtended && longer < desk.periodEndMs) agenda.at(within(stage, hold, 0.5), lane, () => desk.extend(hold, longer));
  const [item] = hold.items;
  const parts = random.chance(inOnePart) || item === undefined || item.quantity < 16 ? 1 : random.integer(2, 3);
  for (let part = 1; part < parts && item !== undefined; part += 1) {
    const { chip, description } = item;
    const quantity = Math.floor(item.quantity / parts);
    const exportIt: Act = () => exportPart(stage, lane, hold, { of: 'items', items: [{ chip, description, quantity }] });
    agenda.at(within(stage, hold, 0.1 + (0.6 * part) / parts), lane, exportIt);
  }
  agenda.at(within(stage, hold, random.between(0.75, 0.95)), lane, () => exportPart(stage, lane, hold, { of: 'all' }));
}

/** @param share of the time that the hold has: 0 now, 1 at its end */
function within({ now }: Stage, { expiresAt }: QuotaReserved, share: number): number {
  return Math.round(now() + (Date.parse(expiresAt) - now()) * share);
}

async function exportPart(stage: Stage, lane: string, hold: QuotaReserved, part: ExportPart): Promise<Sequel> {
  const isFiledLater = stage.random.chance(filedLater);
  const request = { part, final: part.of === 'all', ...leaving(stage), ...(!isFiledLater && { itn: itnOf(stage) }) };
  const exported = await stage.desk.exportHold(hold, request);
  return () => exported && follow(stage, lane, exported, isFiledLater);
}

function follow(stage: Stage, lane: string, exported: ExportDebited, isFiledLater: boolean): void {
  const { desk, agenda, random, now } = stage;
  if (isFiledLater) {
    const itn = itnOf(stage);
    agenda.at(now() + random.integer(20, 90) * hourMs, lane, () => desk.file(exported, itn));
  } else if (random.chance(reversed)) {
    const [code, reason] = random.pick(mistakes);
    agenda.at(now() + random.integer(1, 20) * dayMs, lane, () => desk.reverse(exported, code, reason));
  }
}

/** It left within the last hours. */
function leaving({ random, now }: Stage): { readonly exportedAt: number } {
  return { exportedAt: now() - random.integer(0, 10) * hourMs };
}

function itnOf({ random, now }: Stage): string {
  return `X${new Date(now()).toISOString().slice(0, 10).replaceAll('-', '')}${String(random.integer(1, 999_999)).padStart(6, '0')}`;
}
