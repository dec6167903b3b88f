import { factOf } from '../../route-facts.js';
import { notForConsumers } from './consumer-items.js';
import type { RouteRule } from '../route-rule.js';
import { applies, bars } from '../verdicts.js';

const citation = '15 CFR 740.8(a)';

const eligible = applies(
  'aca',
  {
    code: 'eligible-items',
    text: 'No item is designed or marketed for datacentres and meets 3A090.a, and nobody involved is embargoed.',
    citation,
  },
  false,
);

const withinEmbargoed = applies(
  'aca',
  {
    code: 'transfer-within-embargoed',
    text: 'A transfer (in-country) of such items within Macau or a country of Group D:5 needs no licence.',
    citation,
  },
  false,
);

/**
 * License Exception ACA, 15 CFR 740.8(a): items that are not for datacentres, to everywhere but Macau, D:5 and
 * entities headquartered there, and in-country transfers within Macau and D:5. No notice, no debit.
 */
export const aca: RouteRule = {
  route: 'aca',
  consider(circumstances) {
    const { embargo, destinationGroup, facts } = circumstances;
    const items = notForConsumers(circumstances, 'aca');
    if (embargo.length === 0) return items.length === 0 ? eligible : bars('aca', items);
    const isWithin = destinationGroup === 'embargoed' && factOf(facts, 'inCountryTransfer') === true;
    if (!isWithin) return bars('aca', embargo);
    return items.length === 0 ? withinEmbargoed : bars('aca', [...items, ...embargo]);
  },
};
