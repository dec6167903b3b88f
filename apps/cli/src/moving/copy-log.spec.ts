import { UsageError } from '../exit-code.js';
import type { Terminal } from '../terminal.js';
import { copyLog } from './copy-log.js';

const nobody = {} as Terminal;
/** Under what is no folder: the first thing that is done with a cluster is to look there, and fails. */
const workDir = '/dev/null/nowhere';
const [one, other] = ['esdb://node1:2113,node2?tls=false', 'esdb://Node2:2113?tls=false&nodePreference=leader'];

describe('copying within a cluster', () => {
  it.each([
    ['p-', 'p-a-'],
    ['p-a-', 'p-'],
    ['', 'p-'],
    ['p-', ''],
    ['p-', 'p-'],
  ])('is refused from the prefix %j to %j, before anything is asked of it', async (fromPrefix, toPrefix) => {
    const refused = copyLog({ from: one, to: other, fromPrefix, toPrefix, workDir }, nobody);

    await expect(refused).rejects.toBeInstanceOf(UsageError);
    await expect(refused).rejects.toThrow(/one begins with the other.*Nothing was written.*--to-prefix/);
  });

  it('is refused from a ledger to itself', async () => {
    const refused = copyLog({ from: one, to: one, fromPrefix: 'p-', toPrefix: 'p-', workDir }, nobody);

    await expect(refused).rejects.toEqual(new UsageError('--from and --to are the same.'));
  });

  it.each([
    ['between prefixes that begin differently', other, 'p-', 'q-'],
    ['between hosts that differ', 'esdb://node3?tls=false', '', ''],
  ])('begins to open the source %s', async (_, to, fromPrefix, toPrefix) => {
    const tried = copyLog({ from: one, to, fromPrefix, toPrefix, workDir }, nobody);

    await expect(tried).rejects.toMatchObject({ code: 'ENOTDIR', message: expect.stringContaining(`${workDir}/from/`) as string });
  });

  it('says what is wrong with a connection string', async () => {
    const refused = copyLog({ from: one, to: 'esdb://?', workDir }, nobody);

    await expect(refused).rejects.toBeInstanceOf(UsageError);
    await expect(refused).rejects.toThrow(/^"" in the connection string is no host:port/);
  });
});
