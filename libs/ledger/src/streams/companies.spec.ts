import { MemoryLedger, settle, word, two } from '../testing/memory-ledger.js';
import type { CompanyOutcome } from './companies.js';

const reason = 'for the record';

function said(outcome: CompanyOutcome): string {
  return outcome.decided ? outcome.event.type : outcome.code;
}

async function companyTypes(memory: MemoryLedger): Promise<readonly string[]> {
  return (await memory.log()).filter(({ stream }) => stream === 'companies').map(({ type }) => type);
}

describe('a command to the register', () => {
  it('gets its first answer again, also after a restart and whether the index knows it or not', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller();
    const request = { name: 'Falcon', headquarters: 'AE' };
    const first = await memory.ledger.companies.registerCompany(request, caller);
    expect(first).toMatchObject({ decided: true, replayed: false });
    expect(await memory.ledger.companies.registerCompany(request, caller)).toEqual({ ...first, replayed: true });
    await memory.index.reach(memory.store);
    expect(await memory.ledger.companies.registerCompany(request, caller)).toEqual({ ...first, replayed: true });
    await memory.restart();
    expect(await memory.ledger.companies.registerCompany(request, caller)).toEqual({ ...first, replayed: true });
    expect(await companyTypes(memory)).toEqual(['CompanyRegistered']);
  });

  it('needs a key', async () => {
    const memory = await MemoryLedger.open();
    expect(said(await memory.ledger.companies.registerCompany({ name: 'Falcon' }, memory.caller(null)))).toBe('idempotency-key-missing');
  });

  it('shares its keys with every other operation of the ledger, and with those of nobody in particular', async () => {
    const memory = await MemoryLedger.open();
    const { companies } = memory.ledger;
    const reserved = memory.caller();
    await memory.reserve(1, { exporter: 'anonymous' }, reserved);
    expect(said(await companies.registerCompany({ name: 'Falcon' }, reserved))).toBe('idempotency-key-reused');
    const registered = memory.caller();
    await companies.registerCompany({ name: 'Falcon' }, registered);
    for (const indexed of [false, true]) {
      if (indexed) await memory.index.reach(memory.store);
      expect(word(await memory.reserve(1, { exporter: 'anonymous' }, registered))).toBe('idempotency-key-reused');
      expect(said(await companies.amendCompany('falcon', { headquarters: 'AE', reason }, registered))).toBe('idempotency-key-reused');
    }
  });

  it('that is rejected records nothing and leaves its key free', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller();
    expect(said(await memory.ledger.companies.amendCompany('falcon', { reason }, caller))).toBe('company-not-found');
    expect(said(await memory.ledger.companies.registerCompany({ name: 'Falcon' }, caller))).toBe('CompanyRegistered');
  });

  it('is one of many in one append, decided in their order', async () => {
    const memory = await MemoryLedger.open();
    const { companies } = memory.ledger;
    const all = await Promise.all([
      companies.registerCompany({ name: 'Falcon', headquarters: 'AE' }, memory.caller()),
      companies.registerCompany({ name: 'falcon', headquarters: 'AE' }, memory.caller()),
      companies.registerCompany({ name: 'Falcn' }, memory.caller()),
      companies.mergeCompanies('falcn', { into: 'falcon', reason }, memory.caller()),
    ]);
    expect(all.map(said)).toEqual(['CompanyRegistered', 'company-exists', 'CompanyRegistered', 'CompaniesMerged']);
    expect(all[2]).toMatchObject({ event: { nearMatches: [{ id: 'falcon' }] } });
    expect(memory.store.appends.filter(({ stream }) => stream === 'companies')).toEqual([{ stream: 'companies', events: 3 }]);
    expect(companies.lookup({ name: 'FALCN' })).toMatchObject({ id: 'falcon' });
  });

  it('is answered after its event is durable, and known to nobody before', async () => {
    const memory = await MemoryLedger.open();
    memory.store.holdAppends();
    let answered = false;
    const registering = memory.ledger.companies.registerCompany({ name: 'Falcon' }, memory.caller()).finally(() => (answered = true));
    await settle();
    expect([answered, memory.ledger.companies.lookup({ name: 'Falcon' })]).toEqual([false, null]);
    memory.store.letAppendsGo();
    await registering;
    expect(memory.ledger.companies.lookup({ name: 'Falcon' })).not.toBeNull();
  });

  it('is written once where the outcome of its append is unknown, and not at all where the store is out', async () => {
    const memory = await MemoryLedger.open();
    memory.store.failNext('unknown-stored', 'unknown-lost');
    expect(said(await memory.ledger.companies.registerCompany({ name: 'Falcon' }, memory.caller()))).toBe('CompanyRegistered');
    memory.store.failNext('unavailable');
    expect(said(await memory.ledger.companies.registerCompany({ name: 'Orion' }, memory.caller()))).toBe('store-unavailable');
    expect(memory.ledger.companies.lookup({ name: 'Orion' })).toBeNull();
    expect(await companyTypes(memory)).toEqual(['CompanyRegistered']);
  });

  it('is told to come again while too many wait', async () => {
    const memory = await MemoryLedger.open({ queueMax: 1 });
    memory.store.holdAppends();
    const names = ['A', 'B', 'C'];
    const all = names.map((name) => memory.ledger.companies.registerCompany({ name }, memory.caller()));
    await settle();
    memory.store.letAppendsGo();
    expect((await Promise.all(all)).map(said)).toContain('busy');
  });
});

describe('a party that a shipment names', () => {
  const issuedBy = (memory: MemoryLedger, commandId: string) => ({
    at: memory.now, principal: 'acme', rulebook: memory.ledger.rulebook.reference,
    identity: { commandId, idempotencyKey: commandId, requestHash: '' },
  });

  it('is registered once however many name it at a time, and its key stays that of the shipment', async () => {
    const memory = await MemoryLedger.open();
    const { companies } = memory.ledger;
    const outcomes = await Promise.all([1, 2, 3].map((n) => companies.register({ name: 'Falcon', headquarters: 'AE' }, issuedBy(memory, `s${n}`))));
    expect(outcomes).toEqual([undefined, undefined, undefined]);
    expect(await companyTypes(memory)).toEqual(['CompanyRegistered']);
    const [stored] = (await memory.log()).filter(({ stream }) => stream === 'companies');
    expect(JSON.parse(stored?.json ?? '')).toMatchObject({ commandId: null, idempotencyKey: null, shipmentId: 's1', principal: 'acme' });
  });

  it('of two with other headquarters at a time the second contradicts', async () => {
    const memory = await MemoryLedger.open();
    const { companies } = memory.ledger;
    const [first, second] = await Promise.all([
      companies.register({ name: 'Falcon', headquarters: 'AE' }, issuedBy(memory, 's1')),
      companies.register({ name: 'Falcon', headquarters: 'FR' }, issuedBy(memory, 's2')),
    ]);
    expect([first, second]).toMatchObject([undefined, { code: 'contradictory-facts', reasons: [{ code: 'contradictory-facts' }] }]);
  });

  it('may be a misspelling: that is found before, and remembered after', async () => {
    const memory = await MemoryLedger.open();
    const { companies } = memory.ledger;
    await companies.registerCompany({ name: 'Falcon Cloud', headquarters: 'AE' }, memory.caller());
    const near = [{ id: 'falcon-cloud', name: 'Falcon Cloud', headquarters: 'AE' }];
    expect(companies.nearMatches({ name: 'Falcon Clod' })).toEqual(near);
    expect(companies.nearMatches({ name: 'falcon cloud' })).toEqual([]);
    await companies.register({ name: 'Falcon Clod' }, issuedBy(memory, 's1'));
    await memory.restart();
    expect(memory.ledger.companies.namedBy('s1')).toEqual({ name: 'Falcon Clod', companies: near });
    expect(memory.ledger.companies.namedBy('s2')).toBeUndefined();
  });
});

describe('two instances with one register', () => {
  it('register a name once', async () => {
    const [one, other] = await two();
    const both = await Promise.all([one, other].map((each) => each.ledger.companies.registerCompany({ name: 'Falcon' }, each.caller())));
    expect(both.map(said).sort()).toEqual(['CompanyRegistered', 'company-exists']);
    expect(await companyTypes(one)).toEqual(['CompanyRegistered']);
    expect(other.ledger.companies.lookup({ name: 'Falcon' })).toEqual(one.ledger.companies.lookup({ name: 'Falcon' }));
  });

  it('give the first answer of the other, and know its key', async () => {
    const [one, other] = await two();
    const caller = one.caller('a-key-of-both', 'body');
    const first = await one.ledger.companies.registerCompany({ name: 'Falcon' }, caller);
    expect(await other.ledger.companies.registerCompany({ name: 'Falcon' }, caller)).toEqual({ ...first, replayed: true });
    expect(said(await other.ledger.companies.amendCompany('falcon', { headquarters: 'AE', reason }, other.caller('a-key-of-both', 'other')))).toBe('idempotency-key-reused');
  });

  it('see each other\'s changes once they are told of their position', async () => {
    const [one, other] = await two();
    const outcome = await one.ledger.companies.registerCompany({ name: 'Falcon' }, one.caller());
    expect(other.ledger.companies.lookup({ name: 'Falcon' })).toBeNull();
    await other.ledger.companies.reach(outcome.decided ? outcome.position : 0);
    expect(other.ledger.companies.lookup({ name: 'Falcon' })).not.toBeNull();
  });
});

it('a register of several pages is read at the start', async () => {
  const memory = await MemoryLedger.open();
  const { companies } = memory.ledger;
  await Promise.all(Array.from({ length: 1_100 }, (_, n) => companies.registerCompany({ name: `Company of ${n}` }, memory.caller())));
  await memory.restart();
  expect(memory.ledger.companies.size).toBe(1_100);
  expect(memory.ledger.companies.meantBy('company of 1099')).toMatchObject({ createdRevision: 1_099 });
});
