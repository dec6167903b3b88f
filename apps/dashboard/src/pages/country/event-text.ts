import { grouped, scaled } from '../../format.js';

/** What the sentences need of an event's data; amounts in thousandths of TPP. */
export interface EventData {
  readonly exporter?: string;
  readonly code?: string;
  readonly milliTpp?: number;
  readonly debitedMilliTpp?: number;
  readonly creditedMilliTpp?: number;
  readonly releasedMilliTpp?: number;
  readonly lapsedMilliTpp?: number;
  readonly heldMilliTpp?: number;
  readonly allocationMilliTpp?: number | null;
  readonly items?: readonly { readonly chip?: string | null; readonly quantity: number }[];
}

/** An event in one line, for people. `type` is that of its CloudEvent, as `org.quotaledger.quota-reserved.v1`. */
export function saidOfEvent(type: string, data: EventData): string {
  const kind = type.replace(/^org\.quotaledger\.|\.v\d+$/g, '');
  const who = data.exporter ?? '';
  switch (kind) {
    case 'quota-reserved':
      return `Reserved ${tpp(data.debitedMilliTpp)} for ${who}: ${itemsOf(data)}`;
    case 'export-debited':
      return `Exported ${tpp(data.debitedMilliTpp)} by ${who}: ${itemsOf(data)}`;
    case 'export-reversed':
      return `Export reversed: ${tpp(data.creditedMilliTpp)} given back`;
    case 'reservation-released':
      return `Released ${tpp(data.releasedMilliTpp)}`;
    case 'reservation-lapsed':
      return `Hold lapsed: ${tpp(data.lapsedMilliTpp)} given back`;
    case 'reservation-amended':
      return `Hold amended to ${tpp(data.heldMilliTpp)}`;
    case 'reservation-refused':
      return `Refused ${tpp(data.milliTpp)} for ${who}: ${data.code ?? ''}`;
    case 'allocation-set':
      return data.allocationMilliTpp === null ? 'Cap taken away' : `Cap set to ${tpp(data.allocationMilliTpp)}`;
    default:
      return kind.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());
  }
}

function itemsOf({ items = [] }: EventData): string {
  return items.map(({ chip, quantity }) => `${grouped(quantity)} × ${chip ?? 'described item'}`).join(', ');
}

function tpp(milliTpp: number | null | undefined): string {
  const { figure, unit } = scaled((milliTpp ?? 0) / 1000);
  return `${figure} ${unit} TPP`.replace('  ', ' ');
}
