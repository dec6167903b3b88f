import { all, connect, event, events, NO_STREAM, refusalOf, until, type Client } from './client-under-test.js';
import { EventStoreDb } from './event-store-db.js';
import { type Fault } from './faults.js';

const perCall = { username: 'ledger', password: 'secret' };

/** Whether a promise is still open once later calls of the same client were answered. */
async function isStillOpen(promise: Promise<unknown>, later: () => Promise<unknown>): Promise<boolean> {
  let isOpen = true;
  promise.then(
    () => (isOpen = false),
    () => (isOpen = false),
  );
  for (let count = 0; count < 3; count += 1) await later();
  return isOpen;
}

describe.each([
  { way: 'over the batch stream', options: {}, isBatch: true },
  { way: 'one call each', options: { credentials: perCall }, isBatch: false },
])('faults of appends $way', ({ options, isBatch }) => {
  let db: EventStoreDb;
  let client: Client;
  let other = 0;

  beforeEach(async () => {
    db = await EventStoreDb.start();
    client = connect(db.url);
  });
  afterEach(async () => {
    await client.dispose();
    await until(() => db.openCalls.appends === 0 && db.openCalls.batchStreams === 0);
    await db.close();
  });

  /** A call of its own is given up after its deadline, an append of the batch stream never is. */
  const append = (deadline = 10_000): Promise<unknown> =>
    client.appendToStream('struck', event(1), { expectedRevision: NO_STREAM, deadline, ...options });
  const appendElsewhere = (): Promise<unknown> =>
    client.appendToStream(`elsewhere-${(other += 1)}`, event(2), { expectedRevision: NO_STREAM, ...options });

  it.each<[string, Omit<Fault, 'on'>, Record<string, unknown>, written: boolean]>([
    ['refused', { kind: 'refuse' }, { type: 'unavailable' }, false],
    ['failed with any status', { kind: 'fail', code: 8 }, { type: 'unknown', code: 8 }, false],
    ['cancelled by a server that shuts down', { kind: 'shut-down' }, { type: 'cancelled' }, false],
    ['cut off before it was written', { kind: 'drop-before' }, { type: expect.stringMatching(/unavailable|cancelled/) }, false],
    ['cut off after it was written', { kind: 'drop-after' }, { type: expect.stringMatching(/unavailable|cancelled/) }, true],
    ['sent to a leader', { kind: 'not-leader' }, { type: 'not-leader', leader: { address: '127.0.0.1' } }, false],
    [
      'too early for the server',
      { kind: 'not-ready' },
      isBatch ? { type: 'unknown', message: 'Could not recognize Server Is Not Ready' } : { type: 'unavailable' },
      false,
    ],
    ['timed out and not written', { kind: 'timeout' }, { type: isBatch ? 'deadline-exceeded' : 'timeout' }, false],
    ['timed out though written', { kind: 'timeout-after' }, { type: isBatch ? 'deadline-exceeded' : 'timeout' }, true],
    ['refused as if it expected wrongly', { kind: 'wrong-version' }, { type: 'wrong-expected-version', actualVersion: 'no_stream' }, false],
  ])('an append is %s, once', async (_, fault, expected, written) => {
    const id = db.faults.inject({ ...fault, on: 'append' });
    await expect(refusalOf(append())).resolves.toMatchObject(expected);
    expect(db.appends('struck')).toHaveLength(written ? 1 : 0);
    expect(db.faults.struck(id)).toBe(1);
    // The same events at the same revision: written now, or a repeat.
    await expect(append()).resolves.toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(db.appends('struck')).toHaveLength(1);
  });

  it.each<[string, Fault['kind'], written: boolean]>([
    ['that hangs is not written', 'hang', false],
    ['whose answer is lost is written', 'lose-answer', true],
  ])('an append %s, and nobody says so', async (_, kind, written) => {
    const id = db.faults.inject({ kind, on: 'append', stream: 'struck' });
    const lost = append(1_500);
    await until(() => db.openCalls.appends === 1);
    await until(() => db.faults.struck(id) === 1);
    expect(db.appends('struck')).toHaveLength(written ? 1 : 0);
    await expect(append()).resolves.toMatchObject({ nextExpectedRevision: 0n });
    if (isBatch) {
      await new Promise((resolve) => setTimeout(resolve, 1_600));
      expect(await isStillOpen(lost, appendElsewhere)).toBe(true);
      await client.dispose();
    }
    const expected = isBatch ? { type: 'unknown', message: '1 CANCELLED: Cancelled on client' } : { type: 'deadline-exceeded' };
    await expect(refusalOf(lost)).resolves.toMatchObject(expected);
  });

  it('a delay holds up what it strikes and nothing else', async () => {
    db.faults.inject({ kind: 'delay', delayMs: 150, on: 'append', stream: 'struck' });
    const answered: string[] = [];
    const startedAt = performance.now();
    const delayed = append().then(() => answered.push('delayed'));
    await appendElsewhere().then(() => answered.push('other'));
    await delayed;
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(149);
    expect(answered).toEqual(['other', 'delayed']);
  });

  it('strikes as often as it is to, the stream that it is to, until it is lifted', async () => {
    const id = db.faults.inject({ kind: 'timeout', on: 'append', times: Infinity, stream: 'str' });
    for (let count = 0; count < 3; count += 1) await expect(refusalOf(append())).resolves.toHaveProperty('type');
    await appendElsewhere();
    expect(db.faults.struck(id)).toBe(3);
    db.faults.lift(id);
    await append();
  });

  it('strikes for a time', async () => {
    await appendElsewhere();
    db.faults.inject({ kind: 'timeout', on: 'append', forMs: 400 });
    let refused = 0;
    while ('type' in (await refusalOf(append()))) refused += 1;
    expect(refused).toBeGreaterThan(0);
  });
});

describe('the batch stream', () => {
  let db: EventStoreDb;
  let client: Client;
  beforeEach(async () => {
    db = await EventStoreDb.start();
    client = connect(db.url);
  });
  afterEach(async () => {
    await client.dispose();
    await db.close();
  });

  it('that ends as if all were well leaves its appends open for ever, and takes later ones that nobody reads', async () => {
    const client = connect(db.url);
    await client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
    db.faults.inject({ kind: 'end', on: 'append' });
    const lost = client.appendToStream('a', event(1), { expectedRevision: 0n });
    await until(() => db.openCalls.batchStreams === 0);
    // What is answered over the same connection later tells that the client knows of the end.
    const another = (): Promise<unknown> => all(client.readStream('a'));
    for (let count = 0; count < 3; count += 1) await another();
    const later = client.appendToStream('a', event(1), { expectedRevision: 0n });
    const disposed = client.dispose();
    for (const never of [lost, later, disposed]) expect(await isStillOpen(never, another)).toBe(true);
    expect(db.appends('a')).toHaveLength(1);
  });

  it('takes every append of the process with it when it fails, those of other clients included', async () => {
    const neighbour = await EventStoreDb.start();
    const other = connect(neighbour.url);
    neighbour.faults.inject({ kind: 'lose-answer', on: 'append' });
    const bystander = refusalOf(other.appendToStream('a', event(1), { expectedRevision: NO_STREAM }));
    await until(() => neighbour.appends('a').length > 0);
    db.faults.inject({ kind: 'refuse', on: 'append' });
    const struck = refusalOf(client.appendToStream('a', event(1), { expectedRevision: NO_STREAM }));
    await expect(struck).resolves.toMatchObject({ type: 'unavailable' });
    await expect(bystander).resolves.toMatchObject({ type: 'unavailable' });
    await other.dispose();
    await neighbour.close();
  });

  it('is ended by a revision below 0, which the client cannot even write, and every append that waits with it', async () => {
    db.faults.inject({ kind: 'lose-answer', on: 'append' });
    const bystander = refusalOf(client.appendToStream('a', event(1), { expectedRevision: NO_STREAM }));
    await until(() => db.appends('a').length > 0);
    const impossible = refusalOf(client.appendToStream('b', event(1), { expectedRevision: -1n }));
    const expected = { message: expect.stringContaining('Cannot read properties of null') };
    await expect(impossible).resolves.toMatchObject(expected);
    await expect(bystander).resolves.toMatchObject(expected);
    await client.appendToStream('b', event(1), { expectedRevision: NO_STREAM });
  });

  it('tells no revision to a client that does not want to be refused by an error: always 1', async () => {
    const lenient = connect(db.url, '&throwOnAppendFailure=false');
    await lenient.appendToStream('a', events(0, 5), { expectedRevision: NO_STREAM });
    const refused = await lenient.appendToStream('a', event(9), { expectedRevision: 2n });
    expect(refused).toEqual({ success: false, nextExpectedRevision: 1n, position: undefined });
    await lenient.dispose();
  });

  it('is answered by Timeout for what came too late', async () => {
    const late = client.appendToStream('late', event(1), { expectedRevision: NO_STREAM, deadline: -1 });
    await expect(refusalOf(late)).resolves.toMatchObject({ type: 'deadline-exceeded' });
    expect(db.appends('late')).toEqual([]);
  });

  it('is opened again after a restart, at which what is under way fails', async () => {
    await client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
    db.faults.inject({ kind: 'hang', on: 'append' });
    const underWay = refusalOf(client.appendToStream('a', event(1), { expectedRevision: 0n }));
    await until(() => db.openCalls.appends > 0);
    await db.restart();
    await expect(underWay).resolves.toMatchObject({ type: expect.stringMatching(/unavailable|cancelled/) });
    await expect(client.appendToStream('a', events(1, 1), { expectedRevision: 0n })).resolves.toMatchObject({ nextExpectedRevision: 1n });
  });

  it.each<[Fault['kind'], Record<string, unknown>]>([
    ['refuse', { code: 14 }],
    ['drop-before', { code: 14 }],
  ])('cannot be opened while the features of the server are not told: %s', async (kind, expected) => {
    db.faults.inject({ kind, on: 'features' });
    await expect(refusalOf(client.appendToStream('a', event(0), { expectedRevision: NO_STREAM }))).resolves.toMatchObject(expected);
    await client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
  });

  it('waits for the features of a server that is silent about them, however long', async () => {
    db.faults.inject({ kind: 'hang', on: 'features' });
    const lost = client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
    expect(await isStillOpen(lost, () => new Promise((resolve) => setTimeout(resolve, 100)))).toBe(true);
    // Also all that come later; only calls with credentials of their own do not ask.
    const later = client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
    await client.appendToStream('a', event(0), { expectedRevision: NO_STREAM, credentials: perCall });
    expect(await isStillOpen(later, () => Promise.resolve())).toBe(true);
  });

  it('is not opened by a server that accepts connections and says nothing, and appends wait', async () => {
    db.hear(false);
    const lost = client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
    expect(await isStillOpen(lost, () => new Promise((resolve) => setTimeout(resolve, 100)))).toBe(true);
    db.hear(true);
    await refusalOf(lost);
    await client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
  });

  it('is not used by servers that do not list it', async () => {
    db.faults.inject({ kind: 'fail', code: 12, on: 'features' });
    await client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
    expect(db.openCalls.batchStreams).toBe(0);
  });
});
