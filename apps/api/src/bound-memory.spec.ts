import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const module = new URL('./bound-memory.js', import.meta.url).href;
const bound = { 'by nothing': '', embedded: 'boundMemory(false);', 'on a cluster': 'boundMemory(true);' } as const;

/** Makes many objects and keeps some for a while; then `size` is the most that `space` had, in bytes. */
const churn = (space: string): string => `
  const v8 = await import('node:v8');
  const kept = [];
  let size = 0;
  for (let index = 0; index < 6e6; index += 1) {
    kept[index % 300000] = { index, text: 'number ' + index };
    if (index % 100000 === 0) size = Math.max(size, v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === '${space}').space_size);
  }`;

/** @returns the number that the program prints, in MiB */
async function mebibytesOf(how: keyof typeof bound, program: string): Promise<number> {
  const main = `const { boundMemory } = await import(${JSON.stringify(module)}); ${bound[how]} ${program}`;
  const { stdout } = await run(process.execPath, ['--max-semi-space-size=32', '--input-type=module', '--eval', main], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return Number(stdout) / 2 ** 20;
}

describe('memory', () => {
  it('is bounded for threads, whatever the process gives to its main thread', async () => {
    const thread = `${churn('new_space')} (await import('node:worker_threads')).parentPort.postMessage(size);`;
    const program = `
      const { Worker } = await import('node:worker_threads');
      new Worker(new URL(${JSON.stringify(`data:text/javascript,${encodeURIComponent(thread)}`)})).on('message', (size) => console.log(size));`;
    expect(await mebibytesOf('by nothing', program)).toBeGreaterThan(32);
    expect(await mebibytesOf('embedded', program)).toBeLessThanOrEqual(17);
    expect(await mebibytesOf('on a cluster', program)).toBeLessThanOrEqual(9);
  });

  it('has less garbage among the old objects on a cluster', async () => {
    const program = `${churn('old_space')} console.log(size);`;
    const [embedded, onCluster] = [await mebibytesOf('embedded', program), await mebibytesOf('on a cluster', program)];
    expect(onCluster).toBeLessThan(0.8 * embedded);
  });
});
