import { UsageError } from '../exit-code.js';
import type { Terminal } from '../terminal.js';
import { copyLog } from './copy-log.js';

const nobody = {} as Terminal;
const [one, other] = ['esdb://node1:2113,node2?tls=false', 'esdb://Node2:2113?tls=false&nodePreference=leader'];

describe('copying within a cluster', () => {
  it.each([
    ['p-', 'p-a-'],
    ['p-a-', 'p-'],
    ['', 'p-'],
    ['p-', ''],
    ['p-', 'p-'],
  ])('is refused from the prefix %j to %j, before anything is asked of it', async (fromPrefix, toPrefix) => {
    const refused = copyLog({ from: one, to: other, fromPrefix, toPrefix }, nobody);

    await expect(refused).rejects.toBeInstanceOf(UsageError);
    await expect(refused).rejects.toThrow(/one begins with the other.*Nothing was written.*--to-prefix/);
  });

  it.each([
    ['between prefixes that begin differently', other, 'p-', 'q-'],
    ['between hosts that differ', 'esdb://node3?tls=false', '', ''],
  ])('is tried %s', async (_, to, fromPrefix, toPrefix) => {
    // The first thing that is done afterwards: the work directory is made, which cannot be.
    const workDir = '/dev/null/nowhere';

    await expect(copyLog({ from: one, to, fromPrefix, toPrefix, workDir }, nobody)).rejects.not.toBeInstanceOf(UsageError);
  });

  it('says what is wrong with a connection string', async () => {
    await expect(copyLog({ from: one, to: 'esdb://?' }, nobody)).rejects.toBeInstanceOf(UsageError);
  });
});
