import { milliTpp } from '#rulebook';
import type { Sequel } from '../agenda.js';
import { announcedClusters } from '../sample/announced-clusters.js';
import { chipsWanted, type Demand } from '../sample/demands.js';
import { consigneeIn, exporters } from '../sample/parties.js';
import { order, orderForSure, ship } from './shipments.js';
import { again, dayMs, monthMs, type Stage } from './stage.js';

/** Servers have eight chips. */
const perServer = 8;
const directShare = 0.15;
/** Of those who want more than is left, how many ask for it all the same. */
const refusedShare = 0.35;
/** The part of the history in which announced clusters are ordered. */
const announcedUntil = 0.5;

/** Before the history ends each country has caught up with its demand, at a time of its own. */
const caughtUpMs = 12 * dayMs;

/** A country asks for chips as its demand grows. */
export function followDemand(stage: Stage, demand: Demand): void {
  const { agenda, random, startMs, endMs } = stage;
  again(stage, demand.country, startMs, monthMs / demand.perMonth, () => ask(stage, demand));
  agenda.at(Math.round(endMs - random.between(0.1, 1) * caughtUpMs), demand.country, () => catchUp(stage, demand));
}

/** Each announced cluster is asked for once. Some are larger than the cap of their country. */
export function orderAnnounced(stage: Stage): void {
  const { agenda, random, startMs, endMs } = stage;
  for (const { country, operator, headquarters = country, chip, quantity } of announcedClusters) {
    agenda.at(Math.round(startMs + (endMs - startMs) * random.between(0.01, announcedUntil)), country, () => {
      const consignee = { name: operator, country, headquarters };
      const shipment = { destination: country, exporter: random.pick(exporters), consignee, items: [{ chip, quantity }] };
      return orderForSure(stage, country, { ...shipment, reference: `Announced by ${operator}` });
    });
  }
}

/** Asks for what a country wants when the history ends, as far as it does not have it. */
export async function catchUp(stage: Stage, { country, share }: Demand): Promise<Sequel | undefined> {
  const { cap, used } = stage.desk.useOf(country);
  if (share >= 1) return takeRest(stage, country);
  const chip = 'nvidia-h100-sxm5';
  const quantity = serversIn(share * cap - used, stage.desk.milliTppOf(chip));
  return quantity === 0 ? undefined : order(stage, country, { ...shipmentTo(stage, country), items: [{ chip, quantity }] });
}

async function ask(stage: Stage, { country, share, bend }: Demand): Promise<Sequel | undefined> {
  const { desk, random, now, startMs, endMs } = stage;
  const { cap, used } = desk.useOf(country);
  const wanted = share * cap * ((now() - startMs) / (endMs - startMs)) ** bend - used;
  const chip = random.pick(chipsWanted);
  const unit = desk.milliTppOf(chip);
  const quantity = serversIn(wanted * random.between(0.5, 1), unit);
  if (quantity === 0) return undefined;
  const room = cap - used;
  const fits = quantity * unit <= room || random.chance(refusedShare) ? quantity : serversIn(room, unit);
  if (fits === 0) return takeRest(stage, country);
  const shipment = { ...shipmentTo(stage, country), items: [{ chip, quantity: fits }] };
  if (random.chance(directShare)) return ship(stage, country, shipment);
  return order(stage, country, { ...shipment, reference: `PO-${random.integer(1_000, 99_999)}` });
}

/** The last that is left goes to a machine that needs exactly that. */
async function takeRest(stage: Stage, country: string): Promise<Sequel | undefined> {
  const { cap, used } = stage.desk.useOf(country);
  if (used >= cap) return undefined;
  const item = { description: 'Server with fewer chips', eccn: '4A090.a', milliTppPerUnit: milliTpp(cap - used), quantity: 1 };
  return order(stage, country, { ...shipmentTo(stage, country), items: [item] });
}

function shipmentTo({ random }: Stage, country: string) {
  const consignee = consigneeIn(country, random.integer(0, 2));
  return { destination: country, exporter: random.pick(exporters), ...(random.chance(0.7) && { consignee }) };
}

/** How many chips in full servers this much is, in thousandths of a TPP. */
function serversIn(milli: number, unit: number): number {
  return Math.max(0, Math.floor(milli / unit / perServer) * perServer);
}
