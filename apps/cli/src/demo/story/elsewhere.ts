import { fromTpp } from '#rulebook';
import { chipsWanted, controlledEverywhere, embargoed, partners } from '../sample/demands.js';
import { consigneeIn, exporters, smallBuyers, validatedEndUsers } from '../sample/parties.js';
import { order, ship } from './shipments.js';
import { again, dayMs, monthMs, type Stage } from './stage.js';

/** Partner countries have no cap: what goes there is counted all the same. */
export function shipToPartners(stage: Stage): void {
  const { random, startMs } = stage;
  for (const [country, perMonth] of partners) {
    again(stage, country, startMs, monthMs / perMonth, () => {
      const items = [{ chip: random.pick(chipsWanted), quantity: random.integer(10, 300) * 8 }];
      return order(stage, country, { destination: country, exporter: random.pick(exporters), consignee: consigneeIn(country, random.integer(0, 2)), items });
    });
  }
}

/** Somebody asks all the same: refused, and recorded. */
export function askForTheEmbargoed(stage: Stage): void {
  const { desk, random, startMs } = stage;
  again(stage, 'embargoed', startMs, 5 * dayMs, async () => {
    const items = [{ chip: random.pick(controlledEverywhere), quantity: random.integer(1, 64) * 8 }];
    await desk.reserve({ destination: random.pick(embargoed), exporter: random.pick(exporters), items });
  });
  again(stage, 'embargoed headquarters', startMs, 25 * dayMs, async () => {
    const destination = random.pick(['AE', 'MY', 'SG']);
    const consignee = { name: 'Willow Trading', country: destination, headquarters: 'CN' };
    await desk.reserve({ destination, exporter: random.pick(exporters), consignee, items: [{ chip: 'nvidia-h100-sxm5', quantity: random.integer(8, 40) * 8 }] });
  });
}

/** Each ultimate parent has a limit of its own a year; the first ones use most of it. */
export function shipToSmallBuyers(stage: Stage): void {
  const { random, startMs } = stage;
  for (const [index, consignee] of smallBuyers.entries()) {
    const { country: destination = '' } = consignee;
    again(stage, destination, startMs, (18 + 6 * index) * dayMs, () =>
      ship(stage, destination, { destination, exporter: random.pick(exporters), consignee, route: 'lpp', items: [{ chip: 'nvidia-h100-sxm5', quantity: random.integer(5, 20) * 8 }] }),
    );
  }
}

/** Registered and authorised on the first days, then supplied month by month. */
export function supplyValidatedEndUsers(stage: Stage): void {
  const { desk, agenda, random, startMs } = stage;
  for (const [index, { kind, name, headquarters, countries, declaredTpp }] of validatedEndUsers.entries()) {
    const companyId = name.toLowerCase().replaceAll(' ', '-');
    agenda.at(startMs + (index + 1) * dayMs, undefined, async () => {
      await desk.register({ name, headquarters });
      if (declaredTpp !== undefined) await desk.declare(companyId, fromTpp(declaredTpp), 'Declaration with the application');
      for (const country of kind === 'nveu' ? countries : [undefined]) {
        await desk.authorise({ kind, companyId, ...(country !== undefined && { country }), reason: 'Invented for the demo.' });
      }
    });
    for (const destination of countries) {
      again(stage, name, startMs + 20 * dayMs, monthMs, () => {
        const consignee = { name, country: destination, headquarters };
        return order(stage, name, { destination, exporter: random.pick(exporters), consignee, route: kind, items: [{ chip: 'nvidia-h200-sxm', quantity: random.integer(20, 80) * 8 }] });
      });
    }
  }
}
