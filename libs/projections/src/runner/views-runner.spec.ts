import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Position, StoredEvent } from '#ledger';
import { stateHash } from '../testing/state-hash.js';
import { ViewsFile } from '../file/views-file.js';
import { SampleLog } from '../testing/sample-log.js';
import type { LogReading } from './log-reading.js';
import type { RunnerMessage } from './runner-message.js';
import { ViewsRunner } from './views-runner.js';

/** A sample log that a runner reads, a few events at a time so that there are many batches. */
class ReadableLog implements LogReading {
  readonly log: SampleLog;
  readonly #perBatch: number;
  #wake: (() => void) | undefined;

  constructor(log: SampleLog, perBatch = 7) {
    this.log = log;
    this.#perBatch = perBatch;
  }

  after(position: Position, limit: number): readonly StoredEvent[] {
    return this.log.events.slice(position, position + Math.min(limit, this.#perBatch));
  }

  at(position: Position): StoredEvent | undefined {
    return this.log.events[position - 1];
  }

  head(): Position {
    return this.log.position;
  }

  grown(position: Position): Promise<void> {
    if (this.log.position > position) return Promise.resolve();
    return new Promise((resolve) => (this.#wake = resolve));
  }

  grow(): void {
    this.#wake?.();
  }

  close(): void {
    this.grow();
  }
}

function growBy(log: SampleLog, count: number): void {
  for (let n = 0; n < count; n += 1) {
    const name = `r${log.position}`;
    log.reserve(name, 1 + (n % 5), { destination: n % 3 === 0 ? 'SA' : 'AE' });
    if (n % 4 === 0) log.release(name);
    if (n % 4 === 1) log.export(`x${log.position}`, 1, name);
  }
}

describe('ViewsRunner', () => {
  let directory: string;
  const messages: RunnerMessage[] = [];
  const reasons: string[] = [];
  const runners: ViewsRunner[] = [];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'views-runner-'));
    messages.length = 0;
    reasons.length = 0;
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
    rmSync(directory, { recursive: true });
  });

  function run(log: LogReading, where: string | undefined = directory): ViewsRunner {
    const tell = (message: RunnerMessage): void => {
      messages.push(message);
      if (message.type === 'opened') queueMicrotask(() => runner.release());
    };
    const runner: ViewsRunner = new ViewsRunner({
      log,
      directory: where,
      tell,
      explain: (reason) => reasons.push(reason),
    });
    runners.push(runner);
    tell(runner.opened);
    runner.start();
    return runner;
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  const hasCaughtUp = (): boolean => messages.some(({ type }) => type === 'caught-up');
  const freshHash = (log: SampleLog): string => {
    const file = new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1] });
    file.apply(log.events);
    return stateHash(file);
  };
  const viewsFiles = (): string[] => readdirSync(directory).filter((name) => name.endsWith('.sqlite'));

  it('has caught up when it has what there was at its start, though others never stop writing', async () => {
    const log = new SampleLog().adopt();
    growBy(log, 20);
    const atStart = log.position;
    const readable = new ReadableLog(log);
    const after = readable.after.bind(readable);
    readable.after = (position, limit) => {
      const events = after(position, limit);
      growBy(log, 1);
      return events;
    };
    run(readable);
    await until(hasCaughtUp);
    const before = messages.slice(0, messages.findIndex(({ type }) => type === 'caught-up'));
    const applied = before.flatMap((message) => (message.type === 'applied' ? [message.batch.position] : []));
    expect(applied.at(-1)).toBeGreaterThanOrEqual(atStart);
  });

  it('catches up, announces each batch once and in order, and follows', async () => {
    const log = new SampleLog().adopt();
    growBy(log, 40);
    const readable = new ReadableLog(log);
    const runner = run(readable);
    await until(hasCaughtUp);
    growBy(log, 10);
    readable.grow();
    await until(() => runner.live.position === log.position);
    const positions = messages.flatMap((message) => (message.type === 'applied' ? [message.batch.position] : []));
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    expect(messages.filter(({ type }) => type === 'caught-up')).toHaveLength(1);
    expect(stateHash(runner.live)).toBe(freshHash(log));
  });

  it('goes on from its file after a restart', async () => {
    const log = new SampleLog().adopt();
    growBy(log, 40);
    run(new ReadableLog(log));
    await until(hasCaughtUp);
    await runners.pop()?.stop();
    messages.length = 0;
    growBy(log, 5);
    const again = run(new ReadableLog(log));
    await until(hasCaughtUp);
    expect(messages[0]).toMatchObject({ type: 'opened', whole: { lines: [{ line: 'country:SA' }, { line: 'country:AE' }] } });
    expect((messages[0] as { position: number }).position).toBeGreaterThan(50);
    expect(stateHash(again.live)).toBe(freshHash(log));
    expect(reasons).toEqual([]);
  });

  const damages: readonly [string, (path: string) => void, RegExp][] = [
    ['is cut off', (path) => truncateSync(path, 5_000), /cannot be used/],
    [
      'is no database',
      (path) => writeFileSync(path, 'not a database, but long enough to be looked at'.repeat(50)),
      /cannot be used/,
    ],
    [
      'was written by a build that had one version for all views',
      (path) => void new SqliteDatabase(path).exec("UPDATE checkpoint SET version = 7").close(),
      /is of version 7, this build writes file 8, /,
    ],
    [
      'has one view of another version',
      (path) => void new SqliteDatabase(path).exec("UPDATE checkpoint SET version = replace(version, 'alerts 1', 'alerts 99')").close(),
      /is of version .*alerts 99, /,
    ],
    [
      'belongs to another log',
      (path) => void new SqliteDatabase(path).exec("UPDATE checkpoint SET event_id = 'x'").close(),
      /another log/,
    ],
    [
      'is ahead of the log',
      (path) => void new SqliteDatabase(path).exec('UPDATE checkpoint SET position = 9999').close(),
      /another log/,
    ],
  ];
  it.each(damages)('builds the views anew, and says so, if the file %s', async (_name, damage, reason) => {
    const log = new SampleLog().adopt();
    growBy(log, 40);
    run(new ReadableLog(log));
    await until(hasCaughtUp);
    await runners.pop()?.stop();
    const [name] = viewsFiles();
    // Without sums it is not known to be damaged before it is opened.
    rmSync(join(directory, `${name}.pages`));
    damage(join(directory, name as string));
    messages.length = 0;
    const again = run(new ReadableLog(log));
    await until(hasCaughtUp);
    expect(reasons).toEqual([expect.stringMatching(reason)]);
    expect(stateHash(again.live)).toBe(freshHash(log));
    await until(() => viewsFiles().length === 1);
    expect(viewsFiles()).not.toContain(name);
  });

  it('builds the views anew if the folder is gone', async () => {
    const log = new SampleLog().adopt();
    growBy(log, 10);
    const runner = run(new ReadableLog(log), join(directory, 'not', 'there'));
    await until(hasCaughtUp);
    expect(stateHash(runner.live)).toBe(freshHash(log));
  });

  it('rebuilds under load into an equal file, switches at one position and removes the old one', async () => {
    const log = new SampleLog({ capMilliTpp: 2_000 }).adopt();
    growBy(log, 1_500);
    const readable = new ReadableLog(log, 100);
    const runner = run(readable);
    await until(hasCaughtUp);
    const before = runner.live.path;
    let isDone = false;
    const rebuilt = runner.rebuild().then(() => (isDone = true));
    let grown = 0;
    await until(() => {
      if (!isDone) {
        growBy(log, 3);
        grown += 1;
        readable.grow();
      }
      return isDone;
    });
    await rebuilt;
    await until(() => runner.live.position === log.position);
    expect(grown).toBeGreaterThan(2);
    expect(runner.live.path).not.toBe(before);
    expect(stateHash(runner.live)).toBe(freshHash(log));
    const positions = messages.flatMap((message) =>
      message.type === 'applied' ? [message.batch.position] : message.type === 'opened' ? [message.position] : [],
    );
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    await until(() => viewsFiles().length === 1);
    expect(readFileSync(join(directory, 'current'), 'utf8').trim()).toBe(viewsFiles()[0]);
    await expect(Promise.all([runner.rebuild(), runner.rebuild()])).rejects.toThrow('already');
  });

  it('forgets a rebuild that a stop cut short, and keeps the live file', async () => {
    const log = new SampleLog().adopt();
    growBy(log, 300);
    const runner = run(new ReadableLog(log));
    await until(hasCaughtUp);
    const rebuilt = runner.rebuild();
    await runners.pop()?.stop();
    await expect(rebuilt).rejects.toThrow('closed');
    messages.length = 0;
    const again = run(new ReadableLog(log));
    await until(hasCaughtUp);
    expect(reasons).toEqual([]);
    expect(viewsFiles()).toHaveLength(1);
    expect(stateHash(again.live)).toBe(freshHash(log));
  });

  it('stops at an event that it cannot read, and says which', async () => {
    const log = new SampleLog()
      .adopt()
      .reserve('a', 1)
      .put('quota-country:AE', '{"type":"QuotaTeleported","v":1}', 'QuotaTeleported');
    const runner = run(new ReadableLog(log, 1));
    await until(() => messages.some(({ type }) => type === 'failed'));
    const last = messages.at(-1);
    expect(last).toMatchObject({ type: 'failed', isFinal: true });
    expect(JSON.stringify(last)).toContain('QuotaTeleported');
    expect(runner.live.position).toBe(2);
  });

  it('builds anew beside a file that turns out to be damaged while it is live', async () => {
    const log = new SampleLog().adopt();
    growBy(log, 50);
    const readable = new ReadableLog(log);
    const runner = run(readable);
    await until(hasCaughtUp);
    const broken = runner.live;
    const corrupt = new SqliteDatabase.SqliteError('database disk image is malformed', 'SQLITE_CORRUPT');
    failEachBatch(broken, () => {
      throw corrupt;
    });
    growBy(log, 5);
    readable.grow();
    await until(() => runner.live !== broken && runner.live.position === log.position);
    expect(reasons).toEqual([expect.stringContaining('malformed')]);
    expect(stateHash(runner.live)).toBe(freshHash(log));
  });
});

/** Every batch from now on fails like this. */
function failEachBatch(file: ViewsFile, fail: () => never): void {
  Object.defineProperty(file, 'apply', { value: fail });
}
