import type { Command } from 'commander';
import type { ApiRequest } from '../access/api-request.js';
import type { LedgerAccess } from '../access/ledger-access.js';
import { wholeNumber } from '../option-values.js';
import type { Terminal } from '../terminal.js';

export interface PageOptions {
  readonly limit?: number;
  readonly cursor?: string;
  readonly json?: true;
}

export function withPage(command: Command): Command {
  return command
    .option('--limit <count>', 'how many to list, 1 to 200', wholeNumber(1, 200), 50)
    .option('--cursor <cursor>', 'go on after a page, with the cursor that it ended with');
}

/** Reads a page of a list of the API and shows it. @param query further filters, called as the parameters of the API */
export async function readPage<Item>(
  ledger: LedgerAccess,
  request: ApiRequest,
  { json, limit, ...query }: PageOptions & Readonly<Record<string, unknown>>,
  render: (items: readonly Item[]) => string,
  terminal: Terminal,
): Promise<void> {
  const { text } = await ledger.request({ ...request, query: { ...(query as ApiRequest['query']), limit: String(limit) } });
  if (json) return terminal.out.write(`${text}\n`);
  const { items, nextCursor } = JSON.parse(text) as { readonly items: readonly Item[]; readonly nextCursor: string | null };
  terminal.out.write(items.length === 0 ? 'None.\n' : `${render(items)}\n`);
  if (nextCursor !== null) terminal.out.write(`More: --cursor ${nextCursor}\n`);
}
