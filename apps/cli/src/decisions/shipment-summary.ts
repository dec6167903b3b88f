import type { Body } from '#wire';
import { tppText } from '../table.js';
import { styled } from '../terminal.js';

type Fact = readonly [title: string, text: string];

/** A reservation after a decision, for people: what it holds, and what its line has left. */
export function renderReservation(body: Body<'Reservation'>, colors: boolean): string {
  const facts: readonly Fact[] = [
    ['Reservation', body.id],
    ...shipmentFacts(body),
    ['Held', `${tppText(body.heldTpp)} TPP${body.expiresAt === null || body.heldTpp === 0 ? '' : ` until ${body.expiresAt}`}`],
    ...(body.exportedTpp === 0 ? [] : [['Exported', `${tppText(body.exportedTpp)} TPP`] as const]),
    ...lineFacts(body),
  ];
  return summary(`Reservation ${body.status}`, facts, body.obligations, colors);
}

/** An export as it was recorded. */
export function renderExport(body: Body<'Export'>, colors: boolean): string {
  const facts: readonly Fact[] = [
    ['Export', body.id],
    ...(body.reservationId === null ? [] : [['Reservation', `${body.reservationId}${body.final ? ', now closed' : ''}`] as const]),
    ...shipmentFacts(body),
    ['Exported at', body.exportedAt],
    ...(body.itn === null ? [] : [['ITN', body.itn] as const]),
    ['Debited', `${tppText(body.debitedTpp)} TPP${body.releasedTpp === 0 ? '' : `; ${tppText(body.releasedTpp)} TPP of the hold released`}`],
    ...(body.reversal === undefined ? [] : [['Reversed', `${body.reversal.code}: ${body.reversal.reason}`] as const, ['Given back', creditText(body.reversal)] as const]),
    ...lineFacts(body),
  ];
  return summary(body.status === 'reversed' ? 'Export reversed' : 'Export recorded', facts, body.obligations, colors);
}

/** The reversal of an export. */
export function renderReversal(body: Body<'Reversal'>, colors: boolean): string {
  const facts: readonly Fact[] = [['Export', body.exportId], ['Code', body.code], ['Reason', body.reason], ['Given back', creditText(body)], leftOn(body)];
  return summary('Export reversed', facts, [], colors);
}

/** Duties with their dates, and the paragraph of each. */
export function renderDuties(duties: readonly Body<'Duty'>[], colors: boolean): string {
  return duties.map(({ text, citation, dueAt }) => `- ${dueAt === null ? '' : `by ${dueAt.slice(0, 10)}: `}${text}\n  ${styled(citation, 'dim', colors)}`).join('\n');
}

export function renderFacts(facts: readonly Fact[]): string {
  const width = Math.max(...facts.map(([title]) => title.length)) + 2;
  return facts.map(([title, text]) => `  ${title.padEnd(width)}${text}`).join('\n');
}

/** What a line has left after a decision. */
export function leftOn({ line, balance: { available, allocation } }: { readonly line: string; readonly balance: Body<'Balance'> }): Fact {
  return ['Left', allocation === null ? `${line} has no cap` : `${tppText(available)} of ${tppText(allocation)} TPP on ${line}`];
}

function summary(title: string, facts: readonly Fact[], duties: readonly Body<'Duty'>[], colors: boolean): string {
  const due = duties.length === 0 ? [] : ['Duties:', renderDuties(duties, colors)];
  return [styled(`${title}.`, 'green', colors), renderFacts(facts), ...due].join('\n');
}

function shipmentFacts({ exporter, destination, route, items, ultimateConsignee, reference }: Body<'Reservation'> | Body<'Export'>): readonly Fact[] {
  return [
    ['Exporter', exporter],
    ['Destination', ultimateConsignee === undefined ? destination : `${destination}, ${ultimateConsignee.name ?? 'unnamed consignee'}`],
    ['Route', route],
    ...items.map((item) => ['Item', itemText(item)] as const),
    ...(reference === null ? [] : [['Reference', reference] as const]),
  ];
}

function creditText({ creditedTpp }: Body<'Reversal'>): string {
  return creditedTpp === 0 ? 'nothing (this code gives no credit, or nothing was debited)' : `${tppText(creditedTpp)} TPP`;
}

function itemText({ chip, description = '', quantity, eccn, tppPerUnit, tpp, route }: Body<'Item'>): string {
  const units = quantity === null ? '' : `${quantity.toLocaleString('en-US')} x `;
  return `${units}${chip ?? description} (${eccn}), ${tppText(tppPerUnit)} TPP each, ${tppText(tpp)} TPP${route === undefined ? '' : `, under ${route.toUpperCase()}, debits nothing`}`;
}

function lineFacts(body: Body<'Reservation'> | Body<'Export'>): readonly Fact[] {
  return [leftOn(body), ['Rulebook', `${body.rulebook.id} ${body.rulebook.version}`]];
}
