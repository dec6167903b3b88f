import type { Command } from 'commander';
import type { LedgerAccess } from '../access/ledger-access.js';
import { UsageError } from '../exit-code.js';
import { countryCode, wholeNumber } from '../option-values.js';
import type { Terminal } from '../terminal.js';

/** What a list is narrowed to: parameters of the API, called as its options. */
export interface PageOptions {
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: true;
  readonly [filter: string]: string | number | true | undefined;
}

export function withPage(command: Command): Command {
  return command
    .option('--limit <count>', 'how many to list, 1 to 200', wholeNumber(1, 200), 50)
    .option('--cursor <cursor>', 'go on after a page, with the cursor that it ended with');
}

export function withShipmentFilters(command: Command): Command {
  return command
    .option('--destination <country>', 'only to this country, as AE', countryCode)
    .option('--exporter <name>', 'only of this exporter')
    .option('--line <line>', 'only on this quota line, as country:AE');
}

/** Reads a page of a list of the API and shows it. */
export async function readPage<Item>(
  ledger: LedgerAccess,
  path: string,
  { json, ...query }: PageOptions,
  render: (items: readonly Item[]) => string,
  terminal: Terminal,
): Promise<void> {
  const texts = Object.entries(query).map(([name, value]) => [name, value === undefined ? undefined : String(value)]);
  const { text } = await ledger.request({ method: 'GET', path, query: Object.fromEntries(texts) as Record<string, string | undefined> });
  if (json) return terminal.out.write(`${text}\n`);
  const { items, nextCursor } = JSON.parse(text) as { readonly items: readonly Item[]; readonly nextCursor: string | null };
  terminal.out.write(items.length === 0 ? 'None.\n' : `${render(items)}\n`);
  if (nextCursor !== null) terminal.out.write(`More: --cursor ${nextCursor}\n`);
}

/** Reads one entry of such a list. @throws UsageError for filters beside its id */
export async function readOne<Item>(
  ledger: LedgerAccess,
  path: string,
  id: string,
  { json, limit: _limit, ...filters }: PageOptions,
  render: (item: Item, colors: boolean) => string,
  terminal: Terminal,
): Promise<void> {
  const [filter] = Object.keys(filters);
  if (filter !== undefined) throw new UsageError(`--${filter.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)} narrows the list: leave it out, or the id ${id}.`);
  const { text } = await ledger.request({ method: 'GET', path: `${path}/${encodeURIComponent(id)}` });
  terminal.out.write(json ? `${text}\n` : `${render(JSON.parse(text) as Item, terminal.out.hasColors)}\n`);
}
