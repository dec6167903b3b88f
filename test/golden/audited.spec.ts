import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { auditedEvents, LogCheck } from '#audit';
import { digestOf, eventId } from '#ledger';
import { readableEvents } from '../../libs/ledger/src/events/codec.js';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../test/golden');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

/** The audit has a reader of its own: it must know what the ledger writes, and give it the same hash and id. */
describe('the audit', () => {
  it('knows every type and version that the ledger reads', () => {
    expect([...auditedEvents].sort()).toEqual([...readableEvents].sort());
  });

  it.each(files)('reads %s and finds its id', (file) => {
    const json = readFileSync(path.join(folder, file), 'utf8');
    const check = new LogCheck();
    const stream = file.startsWith('RulebookAdopted') ? 'rulebook' : 'somewhere-\u00e9';
    check.check({ stream, revision: 0, position: 1, id: eventId(stream, 0, digestOf(json)), json });
    expect(check.differences.filter(({ what }) => what === 'event' || what === 'id')).toEqual([]);
  });
});
