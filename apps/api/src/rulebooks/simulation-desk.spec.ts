import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedEventStore } from '#ledger';
import { builtInRulebook } from '#rulebook';
import { draftOf, SimulationDesk } from './simulation-desk.js';

const draft = builtInRulebook();
const order = { draft, differences: { after: 0, limit: 10 } };
const forEver = new AbortController().signal;

describe('the simulation desk', () => {
  let dataDir: string;
  let store: EmbeddedEventStore;
  beforeEach(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'simulation-desk-'));
    store = await EmbeddedEventStore.open({ dataDir, onFatal: () => undefined });
  });
  afterEach(async () => {
    await store.close();
    rmSync(dataDir, { recursive: true });
  });

  const desk = (maxMs = 60_000): SimulationDesk =>
    new SimulationDesk({ store, clock: () => Date.parse('2026-03-01T00:00:00Z'), maxMs });

  it('replays an empty log to nothing', async () => {
    const result = await desk().run(order, forEver);
    expect(result).toMatchObject({ position: 0, recordedAt: null, inForce: null, lines: [], differences: [] });
    expect(new Date(result.atMs).toISOString()).toBe('2026-03-01T00:00:00.000Z');
  });

  it('takes the next order once one is done, however it ended', async () => {
    const busy = desk();
    const gone = new AbortController();
    const abandoned = busy.run(order, gone.signal);
    const waiting = expect(abandoned).rejects.toMatchObject({ code: 'request-timeout' });
    await new Promise((resolve) => setImmediate(resolve));
    await expect(busy.run(order, forEver)).rejects.toMatchObject({ code: 'simulation-running', headers: { 'Retry-After': '5' } });
    gone.abort();
    await waiting;
    expect((await busy.run(order, forEver)).position).toBe(0);
  });

  (existsSync('/proc/self/fd') ? it : it.skip)('leaves no file open, whenever callers leave', async () => {
    const openFiles = (): number => readdirSync('/proc/self/fd').length;
    const busy = desk();
    await busy.run(order, forEver);
    const before = openFiles();
    for (let leftAfterMs = 0; leftAfterMs < 150; leftAfterMs += 10) {
      const gone = AbortSignal.timeout(leftAfterMs);
      await busy.run({ ...order, differences: { after: 0, limit: 1 } }, gone).catch(() => undefined);
    }
    expect(openFiles()).toBeLessThanOrEqual(before + 2);
  });

  it('gives up after its time', async () => {
    await expect(desk(1).run(order, forEver)).rejects.toMatchObject({ code: 'simulation-too-long' });
  });

  it('ends what is running when it closes, and takes nothing more', async () => {
    const closing = desk();
    const running = expect(closing.run(order, forEver)).rejects.toMatchObject({ code: 'not-ready' });
    await new Promise((resolve) => setImmediate(resolve));
    await closing.close();
    await running;
    await expect(closing.run(order, forEver)).rejects.toMatchObject({ code: 'not-ready' });
  });

  it('names the members of a document that is no rulebook, at most two hundred', () => {
    const wrong = { ...draft.document, chips: Array.from({ length: 300 }, () => ({})) };
    let thrown: unknown;
    try {
      draftOf(wrong, '/draft');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'rulebook-invalid', detail: expect.stringContaining('/draft/chips/0') as string });
    const { errors } = (thrown as { readonly members: { readonly errors: readonly { readonly pointer: string }[] } }).members;
    expect(errors).toHaveLength(200);
    for (const { pointer } of errors) expect(pointer).toMatch(/^\/draft\/chips\//);
  });
});
