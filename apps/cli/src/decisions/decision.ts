import type { Command } from 'commander';
import type { Body } from '#wire';
import type { ApiAnswer, ApiRequest } from '../access/api-request.js';
import { withAccess, type AccessOptions } from '../access/access-options.js';
import type { LedgerAccess } from '../access/ledger-access.js';
import { problemFault } from '../access/problem-fault.js';
import { Refused, Unreachable } from '../exit-code.js';
import type { Terminal } from '../terminal.js';
import { renderDetermination } from './determination-summary.js';
import { keyOf, newKey } from './idempotency-key.js';

export interface DecisionOptions extends AccessOptions {
  readonly key?: string;
  readonly json?: true;
}

/** A request that is decided, and how its answer is told. */
export interface Decision<Answer> {
  /** Without a key. */
  readonly request: ApiRequest;
  /** Whether the same request may be meant twice, as two shipments of the same kind. */
  readonly mayRecur: boolean;
  readonly render: (body: Answer, colors: boolean) => string;
}

export function withDecision(command: Command): Command {
  return withAccess(command)
    .option('--key <key>', 'Idempotency-Key, 8 to 200 printable ASCII characters: the same request with the same key is decided once')
    .option('--json', 'the answer of the API, also where it is a problem');
}

/**
 * Sends a request that decides and tells its answer. A key that is made here for a request that may recur is told first, so
 * that it is known whatever becomes of the answer.
 * @returns the body of the answer
 */
export async function decide<Answer>(ledger: LedgerAccess, decision: Decision<Answer>, options: DecisionOptions, terminal: Terminal): Promise<Answer> {
  const { request, mayRecur, render } = decision;
  const idempotencyKey = options.key ?? (mayRecur ? newKey() : keyOf(request));
  if (options.key === undefined && mayRecur) terminal.err.write(`Key: ${idempotencyKey} (with --key the same command is safe to repeat)\n`);
  try {
    const { text, replayed } = await answerOf(ledger, { ...request, idempotencyKey }, options, terminal);
    const body = JSON.parse(text) as Answer;
    if (replayed && !options.json) terminal.err.write('Recorded before with this key: nothing new is recorded.\n');
    terminal.out.write(`${options.json ? text : render(body, terminal.out.hasColors)}\n`);
    return body;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    throw new Unreachable(`${error.message}\nWhether it was recorded is not known. Repeat the command with --key ${idempotencyKey}: it is recorded once.`);
  }
}

/** What would become of a shipment now; records nothing. @throws RefusedByRules if it would be refused */
export async function determine(ledger: LedgerAccess, body: object, options: DecisionOptions, terminal: Terminal): Promise<void> {
  const { text } = await answerOf(ledger, { method: 'POST', path: 'v1/determinations', body }, options, terminal);
  const answer = JSON.parse(text) as Body<'Determination'>;
  terminal.out.write(options.json ? `${text}\n` : `${renderDetermination(answer, terminal.out.hasColors)}\n`);
  if (answer.wouldBeRefused !== null) throw problemFault(answer.wouldBeRefused);
}

/** With --json a refusal is written as the problem that was answered. */
async function answerOf(ledger: LedgerAccess, request: ApiRequest, { json }: DecisionOptions, terminal: Terminal): Promise<ApiAnswer> {
  try {
    return await ledger.request(request);
  } catch (error) {
    if (json && error instanceof Refused && error.problem !== undefined) terminal.out.write(`${JSON.stringify(error.problem)}\n`);
    throw error;
  }
}
