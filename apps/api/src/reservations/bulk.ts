import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Ledger, Outcome } from '#ledger';
import { parseJson } from '../http/json-body.js';
import { writePaced } from '../http/paced.js';
import { Problem } from '../http/problem.js';
import { callerOf } from '../pipeline/call.js';
import { shapeOf } from '../validation/shape.js';
import type { BulkLines } from './bulk-lines.js';
import { rejectedBody, type OutcomeAnswers } from './outcome.js';
import { BulkReservationDto, type ShipmentDto } from './reservation.dto.js';
import { reserveRequest, type By } from './shipment-request.js';

/** Milliseconds of lines that are decided without letting other requests in between. */
const sliceMsMax = 5;
/** Slices whose outcomes are awaited at once: enough to fill a group commit. */
const slicesMax = 8;

type Settled = PromiseSettledResult<Outcome | Problem>;

const elapsedMs = (): number => performance.now();

const shape = shapeOf(BulkReservationDto);

/** Decides the lines in order and writes an answer for each, in order, while later ones are still being decided. */
export async function decideBulk(lines: BulkLines, by: By, ledger: Ledger, answers: OutcomeAnswers, response: ServerResponse, nowMs = elapsedMs): Promise<void> {
  const waiting: Promise<readonly Settled[]>[] = [];
  for (let next = 0; next < lines.length;) {
    const outcomes: Promise<Outcome | Problem>[] = [];
    const until = nowMs() + sliceMsMax;
    do outcomes.push(decideLine(lines, next++, by, ledger));
    while (next < lines.length && nowMs() < until);
    waiting.push(Promise.allSettled(outcomes));
    await nextTurn();
    if (waiting.length >= slicesMax) await writeNext(waiting, answers, response, lines.bytes);
    // A client that has left gets no answers: it sends the undecided lines again, with the same keys.
    if (response.destroyed) break;
  }
  while (waiting.length > 0) await writeNext(waiting, answers, response, lines.bytes);
  response.end();
}

async function writeNext(waiting: Promise<readonly Settled[]>[], answers: OutcomeAnswers, response: ServerResponse, bodyBytes: number): Promise<void> {
  const settled = await waiting.shift();
  if (settled === undefined || response.destroyed) return;
  await writePaced(response, Buffer.from(textOf(settled, answers)), bodyBytes);
  await nextTurn();
}

function decideLine(lines: BulkLines, index: number, { principal }: By, ledger: Ledger): Promise<Outcome | Problem> {
  try {
    const value = parseJson(lines.at(index));
    const dto = shape.check(value);
    const { idempotencyKey, ...body } = dto;
    const sent = dto === value ? body : withoutKey(value as BulkReservationDto);
    const caller = callerOf(principal, idempotencyKey, body, sent);
    return ledger.reserve(reserveRequest(body, caller), caller);
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
function textOf(slice: readonly Settled[], answers: OutcomeAnswers): string {
  let text = '';
  for (const settled of slice) {
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
