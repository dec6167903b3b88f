/** What the form holds, as the address does: texts as they were typed. */
export interface Typed {
  readonly to: string;
  /** Id of a chip of the catalogue; empty for an item by its own figures. */
  readonly chip: string;
  readonly eccn: string;
  readonly tpp: string;
  readonly quantity: string;
  readonly consignee: string;
  readonly headquarters: string;
  readonly parent: string;
  readonly parentHeadquarters: string;
  /** The day of the export; empty: it is reserved now. */
  readonly day: string;
}

export const typedNames = ['to', 'chip', 'eccn', 'tpp', 'quantity', 'consignee', 'headquarters', 'parent', 'parentHeadquarters', 'day'] as const;

/** The form of an address; a new one is empty. */
export function typedIn(query: URLSearchParams): Typed {
  const texts = Object.fromEntries(typedNames.map((name) => [name, query.get(name) ?? '']));
  return { ...(texts as unknown as Typed), eccn: query.get('eccn') ?? '3A090.a' };
}

/** Whether there is enough to ask with. */
export function isComplete({ to, chip, tpp, quantity }: Typed): boolean {
  return to !== '' && quantity !== '' && (chip !== '' || tpp !== '');
}

/** The body of the request. What was left out is left out; what cannot be is for the ledger to name. */
export function bodyOf(typed: Typed): object {
  const { to, chip, eccn, tpp, consignee, headquarters, parent, parentHeadquarters, day } = typed;
  const quantity = Number(typed.quantity);
  const party = (name: string, place: string): object => ({ name, ...(place !== '' && { headquarters: place }) });
  return {
    destination: to,
    ...(consignee !== '' && { ultimateConsignee: { ...party(consignee, headquarters), ...(parent !== '' && { ultimateParent: party(parent, parentHeadquarters) }) } }),
    items: [chip === '' ? { description: 'item', eccn, tppPerUnit: Number(tpp), quantity } : { chip, quantity }],
    ...(day !== '' && { exportedAt: `${day}T00:00:00Z` }),
  };
}

/** The request as a command. Texts are quoted for a shell. */
export function curlOf(origin: string, body: object): string {
  const json = JSON.stringify(body).replaceAll("'", "'\\''");
  return `curl -s ${origin}/v1/determinations -H 'Content-Type: application/json' -d '${json}'`;
}
