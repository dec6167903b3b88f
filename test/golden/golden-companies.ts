import type { StoredEvent } from '#ledger';
import { fromTpp } from '#rulebook';
import { dayMs, MemoryLedger, start } from '../../libs/ledger/src/testing/memory-ledger.js';

/** Every event of the register of companies, in the forms in which it is written today. */
export async function companyEvents(): Promise<readonly StoredEvent[]> {
  const memory = await MemoryLedger.open();
  const { companies } = memory.ledger;
  const reason = 'for the record';
  const issued = (commandId: string) => ({
    at: memory.now, principal: 'acme', rulebook: memory.ledger.rulebook.reference,
    identity: { commandId, idempotencyKey: 'a-key-of-its-own', requestHash: '' },
  });
  await companies.registerCompany({ name: 'Falcon Holding Ærø "2"', headquarters: 'FR', aliases: ['Falcon'] }, memory.caller());
  await companies.registerCompany({ name: 'Falkon', headquarters: 'AE' }, memory.caller());
  await companies.register({ name: 'Orion' }, issued('2ed6657d-e927-568b-95e1-2665a8aea6a2'));
  await companies.register({ name: 'Orionn' }, issued('886313e1-3b8a-5372-9b90-0c9aee199e5d'));
  await companies.register({ name: 'Orion', headquarters: 'SA' }, issued('7d444840-9dc0-11d1-b245-5ffdce74fad2'));
  await companies.amendCompany('orion', { declaredMilliTpp: fromTpp(2_000_000.5), reason }, memory.caller());
  await companies.mergeCompanies('orionn', { into: 'orion', reason }, memory.caller());
  await companies.registerCompany({ name: 'Zenith Compute', headquarters: 'FR' }, memory.caller());
  await companies.amendCompany('zenith-compute', { declaredElsewhere: { AE: fromTpp(1_000_000) }, reason }, memory.caller());
  const granted = await companies.grantAuthorisation(
    { kind: 'nveu', companyId: 'orion', country: 'AE', from: start, until: start + dayMs, reason, citation: 'Supplement No. 7' },
    memory.caller(),
  );
  if (!granted.decided || granted.event.type !== 'AuthorisationGranted') throw new Error('Nothing was granted.');
  const { authorisationId } = granted.event;
  await companies.amendAuthorisation(authorisationId, { until: null, reason }, memory.caller());
  await companies.amendCompany('orion', { aliases: ['Orionn', 'Orion Data'], reason }, memory.caller());
  await companies.mergeCompanies('orion', { into: 'falkon', reason }, memory.caller());
  await companies.revokeAuthorisation(authorisationId, { reason }, memory.caller());
  return (await memory.log()).filter(({ stream }) => stream === 'companies');
}
