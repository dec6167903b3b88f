import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogReader } from '../log-file/log-reader.js';
import { type FedEvent } from './grpc/fed-event.js';
import { Replica, ReplicaBroken, replicaFileOf } from './replica.js';

const id = '6ba7b811-9dad-51d1-80b4-00c04fd430c8';
const event = (stream: string, revision: number, position: number): FedEvent => ({
  id,
  json: `{"n":${position},"type":"T"}`,
  stream,
  revision,
  position,
  prepare: String(position),
});

describe('the copy of the log', () => {
  let dir: string;
  let replica: Replica;
  const discarded: string[] = [];
  const open = (prefix = 'p-'): Replica => Replica.open(replicaFileOf(dir), prefix, (why) => discarded.push(why));
  const read = (): [string, number, number][] => {
    const reader = new LogReader(replicaFileOf(dir), { isLenient: true });
    const rows = reader.readAll({ after: 0, limit: 100 });
    reader.close();
    return rows.map(([position, stream, revision]) => [stream, revision, position]);
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'quota-ledger-replica-'));
    discarded.length = 0;
    replica = open();
  });
  afterEach(() => {
    replica.close();
    rmSync(dir, { recursive: true });
  });

  it('keeps events at the positions of the cluster, and passes over those that it has', () => {
    replica.add([event('a', 0, 10), event('b', 0, 25)]);
    const added = replica.add([event('b', 0, 25), event('a', 1, 40)]);

    expect(added.map(({ position }) => position)).toEqual([40]);
    expect(read()).toEqual([['a', 0, 10], ['b', 0, 25], ['a', 1, 40]]);
    expect(replica.last).toEqual({ stream: 'a', revision: 1, id, commit: 40n, prepare: 40n });
  });

  it('adds nothing of a batch in which events of a stream are missing', () => {
    replica.add([event('a', 0, 10)]);

    expect(() => replica.add([event('b', 0, 20), event('a', 2, 30)])).toThrow(ReplicaBroken);
    expect(() => replica.add([event('c', 1, 20)])).toThrow('events of the stream c are missing between revisions -1 and 1');
    expect(read()).toEqual([['a', 0, 10]]);
    replica.add([event('b', 0, 20), event('a', 1, 30)]);
    expect(replica.head).toBe(30);
    expect(['a', 'b', 'c'].map((stream) => replica.lastRevisionOf(stream))).toEqual([1, 0, -1]);
  });

  it('forgets a checkpoint as soon as there is a newer event', () => {
    replica.add([event('a', 0, 10)]);
    const checkpoint = { commit: 500n, prepare: 499n, eventId: id };
    replica.saveCheckpoint(checkpoint);
    replica.close();
    replica = open();
    expect(replica.checkpoint).toEqual(checkpoint);
    replica.add([event('a', 1, 600)]);

    expect(replica.checkpoint).toBeUndefined();
    expect(discarded).toEqual([]);
  });

  it('is made anew for streams with another prefix', () => {
    replica.add([event('a', 0, 10)]);
    replica.close();
    replica = open('other-');

    expect(read()).toEqual([]);
    expect(discarded).toEqual([expect.stringContaining('"p-"')]);
  });
});
