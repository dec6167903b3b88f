import { Option, type Command } from 'commander';
import type { Body } from '#wire';
import type { ApiRequest } from '../access/api-request.js';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import { decide, withDecision, type DecisionOptions } from '../decisions/decision.js';
import { leaveOutUndefined } from '../decisions/shipment-options.js';
import { readPage, withPage, type PageOptions } from '../decisions/page.js';
import { Refused } from '../exit-code.js';
import { instant } from '../option-values.js';
import { renderTable } from '../table.js';
import type { Terminal } from '../terminal.js';

type ListOptions = AccessOptions & PageOptions;

interface FulfilOptions extends DecisionOptions {
  readonly reference: string;
  readonly fulfilledAt?: string;
  readonly note?: string;
}

const examples = `
docs/obligations.md tells which there are and when each is due.

Examples:
  quota obligations
  quota obligations --status overdue --exporter acme-semi
  quota obligations --due-before 2026-12-31 --json
  quota obligations fulfil 6f1c0b1e-6b5e-5d0e-9b8c-0f6c1f0a7c11 --reference "e-mail to EARReports, 14 June"`;

const fulfilExamples = `
The first fulfilment counts: fulfilled again, an obligation is answered as it was then. Up to 200 ids at once; one that cannot be
fulfilled leaves the others as they are, and the exit code is 4.

Examples:
  quota obligations fulfil 6f1c0b1e-6b5e-5d0e-9b8c-0f6c1f0a7c11 --reference "e-mail to EARReports, 14 June"
  quota obligations fulfil $(quota obligations --party falcon-cloud --status open --json | jq -r '.items[].id') --reference "letter 17"`;

export function obligationsCommand(program: Command, terminal: Terminal): void {
  const obligations = program.command('obligations').summary('list obligations, and record that they were fulfilled').description('Certifications, notices, reports and accounts that follow from shipments.').addHelpText('after', examples);
  listCommand(obligations, terminal);
  fulfilCommand(obligations, terminal);
}

function listCommand(obligations: Command, terminal: Terminal): void {
  withPage(withAccess(obligations.command('list', { isDefault: true }).summary('list obligations, the earliest due date first')))
    .description('Lists obligations, the earliest due date first. Options may follow quota obligations itself.')
    .option('--exporter <name>', 'only those that follow from shipments of this exporter')
    .option('--party <name>', 'only those owed by this exporter or company, by any id or name that means it')
    .option('--kind <kind>', 'only this kind, as lpp-certification-copy')
    .option('--route <route>', 'only from shipments by this route, as lpp')
    .addOption(new Option('--status <status>', 'only with this status').choices(['open', 'overdue', 'done']))
    .option('--due-before <time>', 'only due before this day (its midnight UTC) or RFC 3339 time', instant)
    .option('--json', 'the answer of GET /v1/obligations')
    .addHelpText('after', examples)
    .action(async ({ url, dataDir, ...query }: ListOptions) => {
      await withLedger({ url, dataDir }, (ledger) => readPage<Body<'Obligation'>>(ledger, 'v1/obligations', query, renderObligations, terminal));
    });
}

function fulfilCommand(obligations: Command, terminal: Terminal): void {
  withDecision(obligations.command('fulfil').summary('record that obligations were fulfilled'))
    .description('Records that obligations were fulfilled, and where the evidence is.')
    .argument('<obligation...>', 'ids of obligations')
    .requiredOption('--reference <text>', 'where the evidence is: the number of a letter, an address, a file')
    .option('--fulfilled-at <time>', 'when it was fulfilled: a day (its midnight UTC) or an RFC 3339 time (default: now)', instant)
    .option('--note <text>', 'anything else worth keeping')
    .addHelpText('after', fulfilExamples)
    .action(async (ids: readonly string[], options: FulfilOptions) => {
      const { reference, fulfilledAt, note } = options;
      const body = leaveOutUndefined({ ids, reference, fulfilledAt, note });
      const request: ApiRequest = { method: 'POST', path: 'v1/obligations/fulfilments', body };
      const decision = { request, mayRecur: false, render: renderFulfilments };
      const { items } = await withLedger(options, (ledger) => decide<Body<'FulfilmentList'>>(ledger, decision, options, terminal));
      const left = items.filter(({ status }) => status >= 400).length;
      if (left > 0) throw new Refused(`${left} of ${items.length} obligations were not fulfilled; the others are recorded.`);
    });
}

function renderFulfilments({ items }: Body<'FulfilmentList'>): string {
  return items.map(({ id, body }) => ('code' in body ? `${id}: ${body.title}. ${body.detail}` : `${id}: ${body.kind} of ${body.party.name} is done.`)).join('\n');
}

function renderObligations(items: readonly Body<'Obligation'>[]): string {
  const columns = ['Due', 'Status', 'Kind', 'Owed by', 'Line', 'Id'].map((title) => ({ title, align: 'left' as const }));
  return renderTable(columns, items.map(({ dueAt, status, kind, party, line, id }) => [dueAt?.slice(0, 10) ?? '-', status, kind, party.name, line, id]));
}
