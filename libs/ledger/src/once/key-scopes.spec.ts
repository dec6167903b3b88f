import type { MilliTpp } from '#rulebook';
import { decodeEvent } from '../events/codec.js';
import { commandIdOf } from '../events/command-id.js';
import type { Caller } from '../requests/ledger-request.js';
import { MemoryLedger, smallCaps, unit } from '../testing/memory-ledger.js';

const key = 'key-of-before';
/** What every version made of this key in the scope `anonymous`. */
const identity = '9d814f3c-c7be-5774-ac92-68382705405b';

const former = smallCaps({ version: 'former' });
const next = smallCaps({ version: 'next' });
const by = (principal: string, idempotencyKey = key): Caller => ({ principal, idempotencyKey, body: idempotencyKey });

type Command = (memory: MemoryLedger, caller: Caller) => Promise<object>;

const registered: Command = ({ ledger }) => ledger.companies.registerCompany({ name: 'Falcon Holding', headquarters: 'NO' }, by('anonymous', 'registered-before'));
const suspended: Command = ({ ledger }) => ledger.suspend('country:AE', { reason: 'Under review.' }, by('anonymous', 'suspended-before'));
const nothing: Command = () => Promise.resolve({});

/** What belongs to no exporter, each with what must be there before. */
const operations: readonly [string, Command, Command][] = [
  ['the registration of a company', nothing, ({ ledger }, caller) => ledger.companies.registerCompany({ name: 'Falcon Cloud' }, caller)],
  ['an amendment of a company', registered, ({ ledger }, caller) => ledger.companies.amendCompany('falcon-holding', { headquarters: 'GB', reason: 'Declared.' }, caller)],
  ['a granted authorisation', registered, ({ ledger }, caller) =>
    ledger.companies.grantAuthorisation({ kind: 'uveu', companyId: 'falcon-holding', from: 0, reason: 'Published.' }, caller)],
  ['a cap set by order', nothing, ({ ledger }, caller) => ledger.setAllocation('country:AE', { allocationMilliTpp: (7 * unit) as MilliTpp, reason: 'Lowered.' }, caller)],
  ['a suspended line', nothing, ({ ledger }, caller) => ledger.suspend('country:AE', { reason: 'Under review.' }, caller)],
  ['a resumed line', suspended, ({ ledger }, caller) => ledger.resume('country:AE', { reason: 'Reviewed.' }, caller)],
  ['an adopted rulebook', nothing, ({ ledger }, caller) => ledger.rulebooks.adopt(next, caller)],
];

describe('a key that was used while everybody was anonymous', () => {
  it.each(operations)('has its first answer whoever sends it again: %s', async (_name, before, decide) => {
    const memory = await MemoryLedger.open({ rulebook: former });
    await before(memory, by('anonymous'));
    const first = await decide(memory, by('anonymous'));
    const answering = async (): Promise<readonly object[]> => {
      const events = (await memory.log()).map(({ json }) => decodeEvent(json));
      return events.filter((event) => commandIdOf(event) === identity);
    };
    expect(await answering()).toMatchObject([{ principal: 'anonymous', idempotencyKey: key }]);
    for (const principal of ['regulator', 'colleague']) {
      expect(await decide(memory, by(principal))).toEqual({ ...first, replayed: true });
    }
    await memory.restart();
    expect(await decide(memory, by('regulator'))).toEqual({ ...first, replayed: true });
    expect(await answering()).toHaveLength(1);
  });

  it('is the same key for what belongs to an exporter, too, whoever acts for it', async () => {
    const memory = await MemoryLedger.open();
    const first = await memory.reserve(2, { exporter: 'acme' }, by('acme'));
    expect(await memory.reserve(2, { exporter: 'acme' }, by('regulator'))).toEqual({ ...first, replayed: true });
    expect(await memory.reserve(2, { exporter: 'other' }, by('acme'))).toMatchObject({ decided: true, replayed: false });
  });
});
