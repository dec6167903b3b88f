import { builtInRulebook } from '#rulebook';
import { authorised, FakeCompanies } from '../testing/fake-companies.js';
import type { AttritionRequest } from '../requests/ledger-request.js';
import { dayMs, decided, hourMs, idOf, MemoryLedger, start, unit, word } from '../testing/memory-ledger.js';

const rulebook = builtInRulebook();
const line = 'nveu:gulf-cloud:AE';
const companies = () => new FakeCompanies().add('Gulf Cloud', { authorisations: [authorised('nveu', 'AE')] });
const lost: AttritionRequest = { milliTpp: unit as never, cause: 'loss', occurredAt: start, reason: 'stolen' };

/** Five units are installed in AE. */
async function installed(register = companies()): Promise<MemoryLedger> {
  const memory = await MemoryLedger.open({ rulebook, companies: register });
  const consignee = { name: 'Gulf Cloud', country: 'AE', headquarters: 'AE' };
  expect(decided(await memory.exportDirect(5, { consignee, exportedAt: start })).line).toBe(line);
  return memory;
}

describe('attrition', () => {
  it('is answered as it was the first time, although the clock was set back since', async () => {
    const memory = await installed();
    const caller = memory.caller();
    expect(word(await memory.ledger.recordAttrition(line, lost, caller))).toBe('AttritionRecorded');
    memory.now = start - 1000;
    await memory.restart();
    expect(await memory.ledger.recordAttrition(line, lost, caller)).toMatchObject({ decided: true, replayed: true, event: { milliTpp: unit } });
    expect(await memory.ledger.recordAttrition(line, lost, memory.caller())).toMatchObject({ decided: false, errors: [{ pointer: '/occurredAt' }] });
  });

  it.each(['nveu:nobody:AE', 'nveu:__proto__:AE', 'nveu:a\nb:AE', 'lpp:nobody:2026', 'train'])('knows no line %j of nobody', async (name) => {
    const memory = await installed();
    const before = (await memory.log()).length;
    expect(word(await memory.ledger.recordAttrition(name, lost, memory.caller()))).toBe('line-not-found');
    expect((await memory.log()).length).toBe(before);
  });

  it('is refused before the day of the first shipment of the line', async () => {
    const memory = await installed();
    const losing = (occurredAt: number) => memory.ledger.recordAttrition(line, { ...lost, occurredAt }, memory.caller());
    const dayBefore = { decided: false, code: 'invalid-request', errors: [{ pointer: '/occurredAt' }] };
    expect(await losing(start - dayMs)).toMatchObject(dayBefore);
    // On the day itself the time of neither is known better.
    expect(word(await losing(start - hourMs))).toBe('AttritionRecorded');
    const consignee = { name: 'Gulf Cloud', country: 'AE', headquarters: 'AE' };
    const never = idOf(await memory.exportDirect(1, { consignee, exportedAt: start - 3 * dayMs }));
    expect(word(await losing(start - 2 * dayMs))).toBe('AttritionRecorded');
    await memory.ledger.reverse(never, { code: 'not-shipped', reason: 'stayed' }, memory.caller());
    expect(await losing(start - 2 * dayMs)).toMatchObject(dayBefore);
  });

  it('goes on where the company was merged into another one', async () => {
    const register = companies().add('Gulf Group');
    const memory = await installed(register);
    register.merge('gulf-cloud', 'gulf-group');
    await memory.mergeLines('gulf-cloud', 'gulf-group', 'one company');
    expect(word(await memory.ledger.recordAttrition(line, lost, memory.caller()))).toBe('AttritionRecorded');
  });
});
