import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EventLog } from './event-log.js';
import { type ProposedEvent } from './event-record.js';
import { LogFile } from './log-file.js';

describe('the log on disk', () => {
  let dir: string;
  let file: string;

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'log-file-'));
    file = path.join(dir, 'log');
  });
  afterEach(() => rm(dir, { recursive: true }));

  const event = (id: string): ProposedEvent => ({
    id,
    type: 't',
    contentType: 'application/octet-stream',
    data: Uint8Array.of(0, 10, 255),
    metadata: Uint8Array.of(1),
  });

  it('is the same when it is read again, but for an event that was never finished', async () => {
    const first = new LogFile(file);
    const written = new EventLog({ systemEventsEvery: 1, file: first });
    written.append('a', -1, [event('1'), event('2')]);
    written.append('b', -1, [event('3')]);
    first.close();
    await appendFile(file, Uint8Array.of(0, 0, 1, 0, 10, 20, 30));

    const second = new LogFile(file);
    const read = new EventLog({ systemEventsEvery: 1, file: second });
    const plain = (log: EventLog): unknown =>
      log.records.map(({ data, metadata, frame: _, writtenTogether: __, ...record }) => ({ ...record, data: [...data], metadata: [...metadata] }));
    expect(plain(read)).toEqual(plain(written));
    expect(read.append('a', 1, [event('4')])).toMatchObject({ kind: 'written', revision: 2, position: written.end });
    second.close();

    const third = new LogFile(file);
    expect(third.records.at(-2)?.id).toBe('4');
    third.close();
  });
});
