import { isUtf8 } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Ledger, Outcome } from '#ledger';
import { drained } from '../http/drained.js';
import { parseJson } from '../http/json-body.js';
import { Problem, invalid } from '../http/problem.js';
import { shapeOf } from '../validation/shape.js';
import { rejectedBody, type OutcomeAnswers } from './outcome.js';
import { BulkReservationDto, type ShipmentDto } from './reservation.dto.js';
import { callerOf, reserveRequest } from './shipment-request.js';

export const bulkLinesMax = 10_000;
const lineBytesMax = 65_536;
/** Lines decided without letting other requests in between. */
const sliceLines = 250;
/** Slices whose outcomes are awaited at once: enough to fill a group commit. */
const slicesMax = 8;

const shape = shapeOf(BulkReservationDto);

/**
 * The lines of a bulk body; blank ones at its end do not count.
 * @throws Problem (413) for more than 10,000 lines, (400) for a body without any.
 */
export function bulkLines(body: Buffer): readonly (string | Problem)[] {
  const lines = isUtf8(body) ? body.toString('utf8').split('\n') : brokenLines(body);
  while (lines.length > 0 && isBlank(lines.at(-1))) lines.pop();
  if (lines.length === 0)
    throw invalid([{ pointer: '', message: 'the body is empty: one JSON object a line is needed' }]);
  if (lines.length > bulkLinesMax)
    throw new Problem('body-too-large', `The body has ${lines.length} lines, more than ${bulkLinesMax}: split it.`);
  return lines;
}

/** Decides the lines in order and writes an answer for each, in order, while later ones are still being decided. */
export async function decideBulk(
  lines: readonly (string | Problem)[],
  ledger: Ledger,
  answers: OutcomeAnswers,
  response: ServerResponse,
): Promise<void> {
  const waiting: Promise<string>[] = [];
  for (let start = 0; start < lines.length; start += sliceLines) {
    const outcomes = lines.slice(start, start + sliceLines).map((line) => decideLine(line, ledger));
    waiting.push(textOf(outcomes, answers));
    if (waiting.length >= slicesMax) await writeNext(waiting, response);
    else await nextTurn();
    // Whoever has gone away has the rest of the lines undecided, and sends them again with the same keys.
    if (response.destroyed) break;
  }
  while (waiting.length > 0) await writeNext(waiting, response);
  response.end();
}

async function writeNext(waiting: Promise<string>[], response: ServerResponse): Promise<void> {
  const text = await waiting.shift();
  if (text === undefined || response.destroyed) return;
  if (!response.write(text)) await drained(response);
}

function decideLine(line: string | Problem, ledger: Ledger): Promise<Outcome | Problem> {
  try {
    if (typeof line !== 'string') return Promise.resolve(line);
    if (line.length > lineBytesMax) throw new Problem('body-too-large', 'The line is longer than 64 kB.');
    const value = parseJson(line);
    const dto = shape.check(value);
    const { idempotencyKey, ...body } = dto;
    const sent = dto === value ? body : withoutKey(value as BulkReservationDto);
    return ledger.reserve(reserveRequest(body), callerOf(body, idempotencyKey, sent));
  } catch (error) {
    if (error instanceof Problem) return Promise.resolve(error);
    throw error;
  }
}

/** What the request hash covers: the body of a single reservation. */
function withoutKey({ idempotencyKey: _, ...body }: BulkReservationDto): ShipmentDto {
  return body;
}

/** The answers to a slice, in order. */
async function textOf(pending: readonly Promise<Outcome | Problem>[], answers: OutcomeAnswers): Promise<string> {
  let text = '';
  for (const settled of await Promise.allSettled(pending)) {
    const { status, json } = answerOf(settled.status === 'rejected' ? unknown : settled.value, answers);
    const replayed = settled.status === 'fulfilled' && 'replayed' in settled.value && settled.value.replayed;
    answers.count(status);
    text += `{"status":${status},"body":${json}${replayed ? ',"replayed":true' : ''}}\n`;
  }
  return text;
}

/** One line must not take the answers of the others with it; its key tells later what became of it. */
const unknown = new Problem(
  'store-unavailable',
  'Whether this line was recorded is not known: send it again with the same key.',
);

function answerOf(
  outcome: Outcome | Problem,
  answers: OutcomeAnswers,
): { readonly status: number; readonly json: string } {
  if ('decided' in outcome && outcome.decided) return answers.render(outcome);
  const body = outcome instanceof Problem ? outcome.body : rejectedBody(outcome);
  return { status: body.status, json: JSON.stringify(body) };
}

function brokenLines(body: Buffer): (string | Problem)[] {
  const lines: (string | Problem)[] = [];
  for (let start = 0; start <= body.length;) {
    const found = body.indexOf(0x0a, start);
    const end = found === -1 ? body.length : found;
    const line = body.subarray(start, end);
    lines.push(isUtf8(line) ? line.toString('utf8') : new Problem('malformed-json', 'The line is not valid UTF-8.'));
    start = end + 1;
  }
  return lines;
}

function isBlank(line: string | Problem | undefined): boolean {
  return typeof line === 'string' && line.trim() === '';
}
