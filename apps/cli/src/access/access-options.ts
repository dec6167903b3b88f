import { Option, type Command } from 'commander';
import { settingOf } from '../settings.js';
import { HttpLedger } from './http-ledger.js';
import type { LedgerAccess } from './ledger-access.js';

/** The server that commands speak to unless an option names another one. */
export const defaultUrl = settingOf('QUOTA_URL') ?? 'http://127.0.0.1:3000';

export interface AccessOptions {
  readonly url?: string | undefined;
  readonly dataDir?: string | undefined;
}

export function withAccess(command: Command): Command {
  return command
    .addOption(new Option('--url <address>', `a running server (default: QUOTA_URL, else ${defaultUrl})`).conflicts('dataDir'))
    .addOption(new Option('--data-dir <folder>', 'a data directory, without a server; fails while a server has it open'));
}

/**
 * Opens the ledger that the options name, hands it to `use` and closes it in any case. A data directory that does not
 * exist is created only if it `mayCreate`.
 * @throws Unreachable if it cannot be opened
 */
export async function withLedger<Result>(
  options: AccessOptions,
  use: (ledger: LedgerAccess) => Promise<Result>,
  { mayCreate = false }: { readonly mayCreate?: boolean } = {},
): Promise<Result> {
  const ledger = options.dataDir === undefined ? new HttpLedger(options.url ?? defaultUrl) : await openLocal(options.dataDir, mayCreate);
  try {
    return await use(ledger);
  } finally {
    await ledger.close();
  }
}

/** Loaded only when needed: the storage engine and the rulebook cost a fifth of a second. */
async function openLocal(dataDir: string, mayCreate: boolean): Promise<LedgerAccess> {
  const { LocalLedger } = await import('./local-ledger.js');
  return LocalLedger.open(dataDir, { mayCreate });
}
