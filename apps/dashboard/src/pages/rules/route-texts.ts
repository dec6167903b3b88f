import type { namedRoutes, routeOrder } from './rulebook-document.js';

export interface RouteText {
  /** Whom and where it serves, and for which items. */
  readonly serves: string;
  readonly debits: string;
  /** What a shipment has to state for it. */
  readonly needs?: string;
}

const onRequest = 'Where every condition of its paragraph is met; only if the shipment asks for it by name.';

/** How the ledger decides each route. The figures are those of the rulebook and stand beside it. */
export const routeTexts: Readonly<Record<(typeof routeOrder)[number] | (typeof namedRoutes)[number], RouteText>> = {
  aia: {
    serves: 'A consignee in a partner country. It, its ultimate parent and a stated operator are headquartered in one. Items of level a.',
    debits: 'Counted on the line of the partner country, which has no cap.',
  },
  aca: {
    serves: 'Anywhere but Macau, Country Group D:5 and companies headquartered there. Level b, and level a that is not for datacentres.',
    debits: 'Nothing.',
  },
  nac: {
    serves: 'Macau, Country Group D:5 and companies headquartered there, after a notification. The same items as ACA.',
    debits: 'Nothing.',
    needs: 'When the notice was given, and the TPP of the cluster if there is one.',
  },
  acm: {
    serves: 'Private end users that develop, produce or store, for customers outside of Macau and Country Group D:5.',
    debits: 'Nothing.',
    needs: 'The consignee, the end use, that it is private, and where its customers are.',
  },
  uveu: {
    serves: 'A company with this authorisation and a partner as home, anywhere but in Macau and Country Group D:5.',
    debits: 'The line of the company, which has shares of its total as limits.',
    needs: 'The consignee and, where a share applies, the declared total.',
  },
  nveu: {
    serves: 'A company that is authorised for this country.',
    debits: 'The line of the company in this country, up to what the quarter permits.',
    needs: 'The consignee.',
  },
  lpp: {
    serves: 'Small amounts for an ultimate parent outside of Macau and Country Group D:5. Level a, no software.',
    debits: 'The line of the ultimate parent for the calendar year, over all exporters.',
    needs: 'The consignee and its ultimate parent.',
  },
  licence: {
    serves: 'Everybody else, unless denial is presumed.',
    debits: 'The allocation of the destination, for items of level a.',
  },
  tmp: { serves: onRequest, debits: 'Nothing.' },
  rpl: { serves: onRequest, debits: 'Nothing.' },
  gov: { serves: onRequest, debits: 'Nothing.' },
  tsu: { serves: onRequest, debits: 'Nothing.' },
  hbm: { serves: onRequest, debits: 'Nothing.' },
};
