import type { EventPage } from '../../api/answers.js';

export type Event = EventPage['items'][number];

/** Kinds of decisions, in words and by the types of their events. */
export const kinds = {
  reserved: { text: 'Reserved', types: ['quota-reserved', 'reservation-amended'] },
  exported: { text: 'Exported', types: ['export-debited', 'export-filed'] },
  refused: { text: 'Refused', types: ['reservation-refused'] },
  ended: { text: 'Released and lapsed', types: ['reservation-released', 'reservation-lapsed'] },
  reversed: { text: 'Reversed', types: ['export-reversed'] },
} as const;
export type Kind = keyof typeof kinds;

/** The kind of an event; undefined for what is no decision about a shipment. */
export function kindOf({ type }: Pick<Event, 'type'>): Kind | undefined {
  const name = type.replace(/^org\.quotaledger\.|\.v\d+$/g, '');
  return (Object.keys(kinds) as Kind[]).find((kind) => (kinds[kind].types as readonly string[]).includes(name));
}

/** The country of a line in whose stream an event stands; undefined for lines of companies. */
export function countryOf({ stream }: Pick<Event, 'stream'>): string | undefined {
  return /^quota-country:([A-Z]{2})$/.exec(stream)?.[1];
}

export interface AskedActivity {
  readonly kind: Kind | 'all';
  readonly country: string;
}

export function askedActivity(query: URLSearchParams): AskedActivity {
  const given = query.get('kind');
  const kind = (Object.keys(kinds) as Kind[]).find((each) => each === given) ?? 'all';
  return { kind, country: (query.get('country') ?? '').toUpperCase() };
}

/** Decisions that are asked for, the newest first. */
export function activityOf(events: readonly Event[], { kind, country }: AskedActivity): readonly Event[] {
  return events
    .filter((event) => {
      const of = kindOf(event);
      return of !== undefined && (kind === 'all' || of === kind) && (country === '' || countryOf(event) === country);
    })
    .sort((a, b) => Number(b.position) - Number(a.position));
}

/** "12 s ago", "3 h ago". */
export function agoText(time: string, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(time)) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)} h ago` : `${Math.floor(seconds / 86_400)} days ago`;
}
