import type { Command } from 'commander';
import { judgeWeights, type Rejected, type WeightsAnswer } from '#ledger';
import type { Reason, WeightsObligation } from '#rulebook';
import { UsageError } from '../exit-code.js';
import { readJsonFile } from '../json-file.js';
import { instant } from '../option-values.js';
import { readRulebook } from '../rulebook-file.js';
import { styled, type Terminal } from '../terminal.js';

const bytesMax = 1024 ** 2;

interface Options {
  readonly at?: string;
  readonly rulebook?: string;
  readonly json?: true;
}

const explanation = `
The file is a request to POST /v1/determinations for model weights: "weights" with the facts of the model, and optionally
"consignee", "route", "licence" and "exportedAt". docs/weights.md has every fact and every step. A fact that is left out is
unknown. Nothing is guessed, sent or recorded, and no server is needed. The file - is standard input.

Examples:
  quota weights docs/examples/weights.json
  quota weights weights.json --at 2025-12-31 --rulebook my.rulebook.json --json`;

/** `quota weights`: what an export of model weights would come to under ECCN 4E091, with every step and its paragraph. */
export function weightsCommand(program: Command, terminal: Terminal): void {
  program
    .command('weights')
    .summary('determine whether model weights are controlled, and by which route they may leave')
    .description('Determines an export of model weights under ECCN 4E091, step by step.')
    .argument('<file>', 'the request as JSON')
    .option('--at <date>', 'the day (its midnight UTC) or RFC 3339 time whose rules apply, if the file has no exportedAt (default: now)', instant)
    .option('--rulebook <file>', 'a rulebook file in place of the built-in rulebook')
    .option('--json', 'the answer of POST /v1/determinations')
    .addHelpText('after', explanation)
    .action(async (file: string, options: Options) => {
      const atMs = options.at === undefined ? Date.now() : Date.parse(options.at);
      const rulebook = await readRulebook(options.rulebook);
      // The edge's own shapes: loading them takes a tenth of a second that other commands need not wait for.
      const { readWeightsRequest } = await import('./weights-request.js');
      const answer = judgeWeights(rulebook, readWeightsRequest(file, await readJsonFile(file, bytesMax)), atMs);
      if ('decided' in answer) throw new UsageError(rejectionText(file, answer));
      const { id, version, hash } = rulebook.reference;
      const { weightsDeterminationBody } = await import('../../../api/src/weight-exports/weight-export-body.js');
      const body = { ...weightsDeterminationBody(answer), rulebook: { id, version, hash } };
      const about = `Determined under rulebook ${id} ${version}; nothing is recorded, and nothing here is legal advice.`;
      terminal.out.write(options.json ? `${JSON.stringify(body)}\n` : `${render(answer, terminal.out.hasColors)}\n\n${about}\n`);
    });
}

function render(answer: WeightsAnswer, colors: boolean): string {
  const { control, steps, routesConsidered, presumption, presumptionReasons, missing, obligations } = answer.determination;
  const authorised = 'authorisation' in answer ? answer.authorisation : undefined;
  const route = authorised?.route ?? answer.determination.route;
  const lines = [styled(`${controlText[control]}; route: ${route}`, 'bold', colors), ''];
  const reasonLines = (head: string, { text, citation }: Reason | WeightsObligation): readonly string[] => [
    `${head} ${text}`,
    `   ${styled(citation, 'dim', colors)}`,
  ];
  steps.forEach(({ step, reason }, index) => lines.push(...reasonLines(`${index + 1}. ${step}:`, reason)));
  for (const { route: name, applicable, reasons } of routesConsidered) {
    lines.push('', `${name}: ${applicable ? 'applies' : 'does not apply'}`);
    for (const reason of reasons) lines.push(...reasonLines('  ', reason));
  }
  if (presumption !== null) {
    lines.push('', `Applications for a licence are reviewed under a presumption of: ${presumption}`);
    for (const reason of presumptionReasons) lines.push(...reasonLines('  ', reason));
  }
  const duties = authorised?.refusal === null ? authorised.obligations : obligations;
  if (duties.length > 0) lines.push('', 'Duties:');
  for (const duty of duties) {
    const due = duty.dueAt === null ? '' : ` by ${duty.dueAt.slice(0, 10)}`;
    lines.push(...reasonLines(`  -${due}`, duty));
  }
  if (missing.length > 0) lines.push('', 'Not stated:', ...missing.map(({ member, text }) => `  ${member}: ${text}`));
  lines.push('', outcomeText(answer));
  return lines.join('\n');
}

const controlText = {
  controlled: 'Controlled by ECCN 4E091',
  'not-controlled': 'Not controlled by ECCN 4E091',
  unknown: 'Whether ECCN 4E091 controls them is not known',
} as const;

/** What would become of a request to record the export. */
function outcomeText(answer: WeightsAnswer): string {
  if ('rejection' in answer) return `An export would not be recorded: ${answer.rejection.detail}`;
  const { refusal } = answer.authorisation;
  if (refusal === null) return 'An export would be recorded.';
  return `An export would be refused: ${refusal.reasons.map(({ text }) => text).join(' ')}`;
}

function rejectionText(file: string, { detail, errors = [] }: Rejected): string {
  const members = errors.map(({ pointer, message }) => `  ${pointer}: ${message}`);
  return [`${file}: ${detail}`, ...members].join('\n');
}
