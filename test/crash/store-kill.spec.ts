import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openEventStore, type StoredEvent } from '#ledger';

const appender = fileURLToPath(new URL('./store-appender.js', import.meta.url));

let dataDir: string;
const children = new Set<ChildProcess>();

beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'quota-ledger-kill-'))));
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  rmSync(dataDir, { recursive: true });
});

interface Appender {
  readonly child: ChildProcess;
  /** What it printed so far. */
  readonly said: readonly string[];
  readonly ended: Promise<unknown>;
}

function start(command: string, args: readonly string[]): Appender {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => said.push(line));
  return { child, said, ended: Promise.all([once(child, 'exit'), once(lines, 'close')]) };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The whole log, in this process, after checking that it has no holes. */
async function soundLog(): Promise<readonly StoredEvent[]> {
  const store = await openEventStore({ dataDir });
  const events = await store.readAll({ after: 0, limit: Number.MAX_SAFE_INTEGER });
  await store.close();
  const next = new Map<string, number>();
  for (const [index, { stream, revision, position }] of events.entries()) {
    expect(position).toBe(index + 1);
    expect(revision).toBe(next.get(stream) ?? 0);
    next.set(stream, revision + 1);
  }
  // Appends of three are there as a whole or not at all.
  for (const length of next.values()) expect(length % 3).toBe(0);
  return events;
}

function expectStored(events: readonly StoredEvent[], said: readonly string[]): void {
  const promised = said.filter((line) => line.startsWith('stored '));
  const stored = new Set(events.map(({ stream, revision, position }) => `stored ${stream} ${revision} ${position}`));
  expect(promised.filter((line) => !stored.has(line))).toEqual([]);
}

describe('the embedded store', () => {
  it('loses nothing that it acknowledged, and tears nothing, when it is killed at random moments', async () => {
    const said: string[] = [];
    for (let cycle = 0; cycle < 6; cycle += 1) {
      const process = start('node', [appender, dataDir]);
      await until(() => process.said.length > 30);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
      process.child.kill('SIGKILL');
      await process.ended;

      expect(process.said[0]).toBe(cycle === 0 ? 'created' : 'recovered');
      said.push(...process.said);
      expectStored(await soundLog(), said);
    }
  });

  it('belongs to one process at a time, and is free as soon as that is killed', async () => {
    const process = start('node', [appender, dataDir]);
    await until(() => process.said.length > 0);

    await expect(openEventStore({ dataDir })).rejects.toMatchObject({
      name: 'DataDirLocked',
      message: expect.stringContaining(`by process ${process.child.pid} since`) as string,
    });
    process.child.kill('SIGKILL');
    await process.ended;
    await (await openEventStore({ dataDir })).close();
  });

  it('stops for good when writing fails, says so once, and keeps what it acknowledged', async () => {
    // The operating system refuses to let any file grow beyond 4,000 blocks.
    const { child, said, ended } = start('sh', ['-c', `ulimit -f 4000; exec node "$1" "$2"`, 'sh', appender, dataDir]);
    await ended;

    expect(child.exitCode).toBe(0);
    expect(said.filter((line) => line.startsWith('fatal '))).toEqual([
      expect.stringMatching(/Writing to .+ledger\.sqlite failed \(.+\)\. Check the disk and restart the process\./),
    ]);
    expect(said).toContainEqual(expect.stringMatching(/^stopped .*unknown/));
    expect(said.at(-1)).toMatch(/^later .*StoreUnavailable: Writing to/);
    expectStored(await soundLog(), said);
  });
});
