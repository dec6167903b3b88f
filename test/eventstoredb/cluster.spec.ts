import { all, connect, event, NO_STREAM, refusalOf, type Client } from './client-under-test.js';
import { EventStoreDb } from './event-store-db.js';

const impatient = '&maxDiscoverAttempts=3&discoveryInterval=10';

describe('a cluster', () => {
  let db: EventStoreDb;
  const clients: Client[] = [];

  beforeEach(async () => {
    db = await EventStoreDb.start({ nodes: 3 });
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
    await db.close();
  });

  function connected(settings: string): Client {
    const client = connect(db.url, `${impatient}${settings}`);
    clients.push(client);
    return client;
  }

  it('names all of its hosts, and is found by any of them', async () => {
    expect(db.url).toBe(`esdb://${db.ports.map((port) => `127.0.0.1:${port}`).join(',')}?tls=false`);
    const client = connected('');
    await client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
    const discovered = connect(`esdb+discover://127.0.0.1:${db.ports[2]}?tls=false`);
    await expect(all(discovered.readStream('a'))).resolves.toHaveLength(1);
    await discovered.dispose();
  });

  it('has one log: what one node was told all of them know', async () => {
    await connected('&nodePreference=leader').appendToStream('a', event(0), { expectedRevision: NO_STREAM });
    await connected('&nodePreference=follower').appendToStream('a', event(1), { expectedRevision: 0n });
    expect(db.appends('a')).toHaveLength(2);
  });

  it('sends those who insist on the leader from a follower to it', async () => {
    const client = connected('&nodePreference=follower');
    await client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
    const refusal = await refusalOf(all(client.readStream('a', { requiresLeader: true })));
    expect(refusal).toMatchObject({ type: 'not-leader', leader: { address: '127.0.0.1', port: db.ports[0] } });
    await expect(all(client.readStream('a', { requiresLeader: true }))).resolves.toHaveLength(1);
  });

  it('asks who opens the batch stream, and nobody later, whether they insist on the leader', async () => {
    const client = connected('&nodePreference=follower');
    const insistent = { expectedRevision: NO_STREAM, requiresLeader: true } as const;
    await client.appendToStream('first', event(0), { expectedRevision: NO_STREAM });
    await client.appendToStream('second', event(0), insistent);
    const other = connected('&nodePreference=follower');
    await expect(refusalOf(other.appendToStream('third', event(0), insistent))).resolves.toMatchObject({ type: 'not-leader' });
    await other.appendToStream('third', event(0), insistent);
  });

  it('has another leader after an election, to whom the batch stream of the former one refers', async () => {
    const client = connected('&nodePreference=leader');
    const insistent = { requiresLeader: true } as const;
    await client.appendToStream('a', event(0), { expectedRevision: NO_STREAM, ...insistent });
    db.elect(1);
    await expect(refusalOf(client.appendToStream('a', event(1), { expectedRevision: 0n, ...insistent }))).resolves.toMatchObject({
      type: 'not-leader',
      leader: { port: db.ports[1] },
    });
    await client.appendToStream('a', event(1), { expectedRevision: 0n, ...insistent });
    expect(db.appends('a')).toHaveLength(2);
  });

  it('without a leader takes no writes, and is not discovered by those who come anew', async () => {
    const client = connected('');
    await client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
    db.elect(undefined);
    await expect(refusalOf(client.appendToStream('a', event(1), { expectedRevision: 0n }))).resolves.toMatchObject({
      type: 'unknown',
      message: 'Could not recognize Server Is Not Ready',
    });
    await expect(all(client.readStream('a'))).resolves.toHaveLength(1);
    await expect(refusalOf(all(connected('').readStream('a')))).resolves.toMatchObject({ message: 'Failed to discover after 3 attempts.' });
    expect(db.appends('a')).toHaveLength(1);
  });

  it('goes on with another leader when its node is lost', async () => {
    const client = connected('&nodePreference=leader');
    await client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
    await db.stopNode(0);
    await expect(refusalOf(client.appendToStream('a', event(1), { expectedRevision: 0n }))).resolves.toMatchObject({ code: 14 });
    db.elect(2);
    await client.appendToStream('a', event(1), { expectedRevision: 0n });
    await db.startNode(0);
    await expect(all(client.readStream('a'))).resolves.toHaveLength(2);
  });

  it('poisons the appends of a client that did not discover it once, though its reads recover', async () => {
    const client = connected('');
    const id = db.faults.inject({ kind: 'refuse', on: 'gossip', times: Infinity });
    const failed = { message: 'Failed to discover after 3 attempts.' };
    await expect(refusalOf(client.appendToStream('a', event(0), { expectedRevision: NO_STREAM }))).resolves.toMatchObject(failed);
    expect(db.faults.struck(id)).toBe(9);
    db.faults.lift(id);
    await expect(refusalOf(all(client.readStream('a')))).resolves.toMatchObject({ type: 'stream-not-found' });
    await expect(refusalOf(client.appendToStream('a', event(0), { expectedRevision: NO_STREAM }))).resolves.toMatchObject(failed);
    await connected('').appendToStream('a', event(0), { expectedRevision: NO_STREAM });
  });

  describe('whose leader has lost its peers', () => {
    const insistent = { requiresLeader: true } as const;
    let atFirst: Client;
    const atNode = (index: number): Client => {
      const client = connect(`esdb://127.0.0.1:${db.ports[index]}?tls=false`);
      clients.push(client);
      return client;
    };
    beforeEach(async () => {
      atFirst = atNode(0);
      await atFirst.appendToStream('a', [event(0), event(1), event(2)], { expectedRevision: NO_STREAM, ...insistent });
    });

    it('answers what it had, and writes nothing, until it notices', async () => {
      db.cutOff(0);
      await expect(all(atFirst.readStream('a', insistent))).resolves.toHaveLength(3);
      await expect(refusalOf(atFirst.appendToStream('a', event(3), { expectedRevision: 2n, ...insistent }))).resolves.toMatchObject({ type: 'deadline-exceeded' });
      db.elect(1);
      await atNode(1).appendToStream('a', event(3), { expectedRevision: 2n });
      await expect(all(atFirst.readStream('a', insistent))).resolves.toHaveLength(3);
      db.reunite();
      await expect(refusalOf(all(atFirst.readStream('a', insistent)))).resolves.toMatchObject({ type: 'not-leader' });
    });

    it('is not ready once it notices, and names nobody', async () => {
      db.cutOff(0);
      db.retire(0);
      db.elect(1);
      await expect(refusalOf(all(atFirst.readStream('a')))).resolves.toMatchObject({ code: 14, message: expect.stringContaining('Server Is Not Ready') });
      await expect(refusalOf(atFirst.appendToStream('a', event(3), { expectedRevision: 2n, ...insistent }))).resolves.toMatchObject({
        message: 'Could not recognize Server Is Not Ready',
      });
      await atNode(1).appendToStream('a', event(3), { expectedRevision: 2n });
    });

    it('has a successor that answers reads before it has caught up, and takes no appends', async () => {
      db.retire(0);
      db.elect(1, 2);
      const next = atNode(1);
      await expect(all(next.readStream('a', insistent))).resolves.toHaveLength(1);
      const [newest] = await all(next.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1, ...insistent }));
      expect(newest?.event).toMatchObject({ streamId: 'a', revision: 0n });
      await expect(refusalOf(next.appendToStream('a', event(3), { expectedRevision: 2n }))).resolves.toMatchObject({
        message: 'Could not recognize Server Is Not Ready',
      });
      db.catchUp();
      await expect(all(next.readStream('a', insistent))).resolves.toHaveLength(3);
      await next.appendToStream('a', event(3), { expectedRevision: 2n });
    });

    it('does not answer at all if it has lost its clients too', async () => {
      db.cutOff(0, true);
      db.elect(1);
      await atNode(1).appendToStream('a', event(3), { expectedRevision: 2n });
      let isAnswered = false;
      const asked = all(atFirst.readStream('a')).finally(() => (isAnswered = true));
      await expect(all(atNode(1).readStream('a'))).resolves.toHaveLength(4);
      expect(isAnswered).toBe(false);
      await atFirst.dispose();
      await refusalOf(asked);
    });
  });

  it.each(['hang', 'drop-before', 'no-leader'] as const)('is discovered in another attempt: gossip %s', async (kind) => {
    db.faults.inject({ kind, on: 'gossip' });
    await connected('&gossipTimeout=2').appendToStream('a', event(0), { expectedRevision: NO_STREAM });
  });
});
