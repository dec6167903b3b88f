import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const module = new URL('./thread-memory.js', import.meta.url).href;

/** MiB of the space for new objects of a thread that makes many objects and keeps some for a while. */
async function newSpaceOfThread(isBounded: boolean): Promise<number> {
  const thread = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { parentPort } from 'node:worker_threads';
    const kept = [];
    for (let index = 0; index < 6e6; index += 1) kept[index % 300000] = { index, text: 'number ' + index };
    const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    parentPort.postMessage(space.space_size);`;
  const main = `
    ${isBounded ? `(await import(${JSON.stringify(module)})).boundThreadMemory();` : ''}
    const { Worker } = await import('node:worker_threads');
    new Worker(new URL(${JSON.stringify(`data:text/javascript,${encodeURIComponent(thread)}`)})).on('message', (size) => console.log(size));`;
  const { stdout } = await run(process.execPath, ['--max-semi-space-size=32', '--input-type=module', '--eval', main], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return Number(stdout) / 2 ** 20;
}

describe('the memory of threads', () => {
  it('is bounded, whatever the process gives to its main thread', async () => {
    const [unbounded, bounded] = [await newSpaceOfThread(false), await newSpaceOfThread(true)];
    expect(unbounded).toBeGreaterThan(32);
    expect(bounded).toBeLessThanOrEqual(17);
  });
});
