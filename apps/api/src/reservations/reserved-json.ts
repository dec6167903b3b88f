import {
  available,
  shownBalance,
  type LineBalance,
  type Position,
  type QuotaReserved,
  type Revision,
  type RulebookReference,
} from '#ledger';
import type { ClassifiedItem, CompiledRulebook, Obligation } from '#rulebook';
import { dutiesBody, dutiesOf, levelASize } from './duties.js';

/**
 * The text of `reservedBody`, byte for byte what JSON.stringify makes of it (a property test holds it to that), in a
 * third of the time: this is the answer that is written more often than all others together.
 */
export function reservedJson(
  event: QuotaReserved,
  line: string,
  revision: Revision,
  position: Position,
  rulebook: CompiledRulebook,
): string {
  const { consignee, facts, reference } = event;
  return (
    `{"id":"${event.reservationId}","status":"held","route":"${event.route}","line":${quoted(line)},` +
    `"destination":"${event.destination}",` +
    `"exporter":${quoted(event.exporter)},` +
    (consignee === null ? '' : `"ultimateConsignee":${JSON.stringify(consignee)},`) +
    (facts === undefined ? '' : `"facts":${JSON.stringify(facts)},`) +
    `"items":[${itemsJson(event.items)}],"tpp":${event.milliTpp / 1000},"debitedTpp":${event.debitedMilliTpp / 1000},` +
    `"heldTpp":${event.debitedMilliTpp / 1000},"exportedTpp":0,` +
    `"reference":${reference === null ? 'null' : quoted(reference)},` +
    `"createdAt":"${event.recordedAt}","expiresAt":"${event.expiresAt}",` +
    `"revision":${revision},"position":"${position}",` +
    `"rulebook":${rulebookJson(event.rulebook)},"balance":${balanceJson(shownBalance(event.balanceMilliTpp, event.shares))},` +
    `"obligations":${dutiesJson(dutiesOf(rulebook, event.route, levelASize(event.items)))}}`
  );
}

function itemsJson(items: readonly ClassifiedItem[]): string {
  let json = '';
  for (const { chip, description, eccn, quantity, milliTppPerUnit, route } of items) {
    if (json !== '') json += ',';
    json += chip === null ? `{"description":${quoted(description ?? '')}` : `{"chip":${quoted(chip)}`;
    json += `,"eccn":${quoted(eccn)},"quantity":${quantity},"tppPerUnit":${milliTppPerUnit / 1000},`;
    json += `"tpp":${(milliTppPerUnit * quantity) / 1000}${route === undefined ? '' : `,"route":"${route}"`}}`;
  }
  return json;
}

function balanceJson(balance: LineBalance): string {
  const { allocation, reserved, exported } = balance;
  const left = available(balance);
  return (
    `{"allocation":${allocation === null ? 'null' : allocation / 1000},` +
    `"reserved":${reserved / 1000},"exported":${exported / 1000},` +
    `"available":${left === null ? 'null' : left / 1000}}`
  );
}

const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** Most text needs no escapes. */
function quoted(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}

const dutiesTexts = new WeakMap<readonly Obligation[], string>();

/** A rulebook has one list of duties for all shipments of a route and size class. */
function dutiesJson(obligations: readonly Obligation[]): string {
  let json = dutiesTexts.get(obligations);
  if (json === undefined) dutiesTexts.set(obligations, (json = JSON.stringify(dutiesBody(obligations))));
  return json;
}

let lastRulebook: { readonly reference: RulebookReference; readonly json: string } | undefined;

/** Nearly all events are decided under the same rulebook. */
function rulebookJson(reference: RulebookReference): string {
  if (lastRulebook?.reference !== reference) {
    const { id, version, hash } = reference;
    lastRulebook = { reference, json: JSON.stringify({ id, version, hash }) };
  }
  return lastRulebook.json;
}
