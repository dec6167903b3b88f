import { streamNameFilter, type Filter } from '@eventstore/db-client';

/** Which streams of a cluster are the ledger's: those with its prefix, or without one all but the server's own. */
export class OurStreams {
  constructor(readonly prefix: string) {}

  nameOf(stream: string): string {
    return this.prefix + stream;
  }

  has(name: string): boolean {
    return name.startsWith(this.prefix) && !name.startsWith('$');
  }

  /**
   * Lets the server leave out everything else.
   * @param checkpointReached told of a place in the log before which everything of ours has been sent; must not throw
   */
  filter(checkpointReached: (position: { readonly commit: bigint; readonly prepare: bigint }) => void): Filter {
    const options = { checkpointInterval: 1, checkpointReached: (_: unknown, position: { commit: bigint; prepare: bigint }) => checkpointReached(position) };
    return this.prefix === ''
      ? streamNameFilter({ regex: '^[^$]', ...options })
      : streamNameFilter({ prefixes: [this.prefix], ...options });
  }
}
