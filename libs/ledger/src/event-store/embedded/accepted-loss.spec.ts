import { cpSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf, eventId } from '../../events/seal.js';
import { noStream, type NewEvent } from '../../events/stored-event.js';
import { headFileOf } from '../log-file/head-file.js';
import { logFileOf } from '../log-file/log-file.js';
import { EmbeddedEventStore, type EmbeddedStoreOptions } from './embedded-event-store.js';

const walHeaderBytes = 32;
const frameBytes = 24 + 16384;

let killed: string;
let file: string;

/** A data directory as a killed process leaves it, with 10 events, without what its last commit wrote into the -wal: 3 of them. */
beforeEach(async () => {
  killed = mkdtempSync(join(tmpdir(), 'quota-ledger-loss-'));
  file = logFileOf(killed);
  const store = await EmbeddedEventStore.open({ dataDir: join(killed, 'live') });
  await store.append('a', noStream, events(0, 7));
  const whole = statSync(`${store.logFile}-wal`).size;
  await store.append('a', 6, events(7, 3));
  cpSync(join(killed, 'live', 'log'), join(killed, 'log'), { recursive: true });
  await store.close();
  truncateSync(`${file}-wal`, Math.max(whole, walHeaderBytes + frameBytes));
});
afterEach(() => rmSync(killed, { recursive: true }));

function events(from: number, count: number): NewEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const json = `{"b":${from + index},"type":"SomethingHappened"}`;
    return { id: eventId('a', from + index, digestOf(json)), type: 'SomethingHappened', json };
  });
}

describe('a log that lacks events, opened by who goes on without them', () => {
  const open = (acceptLoss: number, more: Partial<EmbeddedStoreOptions> = {}): Promise<EmbeddedEventStore> =>
    EmbeddedEventStore.open({ dataDir: killed, acceptLoss, ...more });

  it('says what is missing, and is refused again until something is recorded', async () => {
    const store = await open(8);
    expect(store.loss).toMatchObject({ first: 8, known: { position: 10, knownBy: headFileOf(file) } });
    await store.close();
    await expect(EmbeddedEventStore.open({ dataDir: killed })).rejects.toMatchObject({ first: 8, message: expect.stringContaining('--accept-loss 8') });

    const accepting = await open(8);
    expect(await accepting.append('losses', noStream, events(0, 1))).toEqual({ appended: true, positions: [8] });
    await accepting.close();
    const again = await EmbeddedEventStore.open({ dataDir: killed });
    expect([again.loss, await again.head()]).toEqual([undefined, 8]);
    await again.close();
  });

  it.each([1, 7, 9, 10])('is refused where another one is the first that is missing: %s', async (position) => {
    await expect(open(position)).rejects.toMatchObject({ first: 8 });
  });

  it('counts from the first event that anything knows', async () => {
    const known = [{ position: 6, id: 'another', knownBy: 'views/one' }];
    await expect(open(8, { known })).rejects.toMatchObject({ first: 6, message: expect.stringContaining('views/one') });
    const store = await open(6, { known });
    expect(store.loss).toMatchObject({ first: 6, known: { position: 10 } });
    await store.close();
  });
});
