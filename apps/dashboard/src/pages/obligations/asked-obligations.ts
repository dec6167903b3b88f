import type { Obligation } from '../../api/answers.js';
import { chooserOf } from '../../asked.js';

export type Status = Obligation['status'];
export const statuses = ['overdue', 'open', 'done'] as const;

/** Which obligations an address asks for. */
export interface AskedObligations {
  /** `owed`: what is overdue, then what is open. */
  readonly status: Status | 'owed';
  /** As it was typed. */
  readonly exporter: string;
  readonly kind: string;
  /** A day, as 2026-12-31; empty: any. */
  readonly dueBefore: string;
  /** Where a page begins; empty: with the first row. */
  readonly cursor: string;
  /** What cannot be, as the address has it. It is left out. */
  readonly wrong: readonly string[];
}

export function askedObligations(query: URLSearchParams): AskedObligations {
  const { oneOf, wrong } = chooserOf(query);
  const status = oneOf('status', ['owed', ...statuses], 'owed');
  const given = query.get('dueBefore') ?? '';
  const isGood = given === '' || isDay(given);
  if (!isGood) wrong.push(`dueBefore=${given}`);
  return {
    status,
    exporter: query.get('exporter') ?? '',
    kind: query.get('kind') ?? '',
    dueBefore: isGood ? given : '',
    cursor: query.get('cursor') ?? '',
    wrong,
  };
}

function isDay(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  // 30 February is read as 2 March.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The path that lists those of one status. */
export function obligationsPath({ exporter, kind, dueBefore }: AskedObligations, status: Status, limit: number, cursor = ''): string {
  const query = new URLSearchParams({
    status,
    ...(exporter.trim() !== '' && { exporter: exporter.trim() }),
    ...(kind !== '' && { kind }),
    ...(dueBefore !== '' && { dueBefore: `${dueBefore}T00:00:00Z` }),
    limit: String(limit),
    ...(cursor !== '' && { cursor }),
  });
  return `/v1/obligations?${query.toString()}`;
}

/** The address of the list of one status, or of its page that begins at a cursor; the other filters stay. */
export function listHref({ exporter, kind, dueBefore }: AskedObligations, status: Status | 'owed', cursor = ''): string {
  const query = new URLSearchParams({
    ...(status !== 'owed' && { status }),
    ...(exporter !== '' && { exporter }),
    ...(kind !== '' && { kind }),
    ...(dueBefore !== '' && { dueBefore }),
    ...(cursor !== '' && { cursor }),
  }).toString();
  return `/app/obligations${query === '' ? '' : `?${query}`}`;
}
