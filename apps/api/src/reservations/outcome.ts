import type { Decided, Outcome, Rejected } from '#ledger';
import type { FastifyReply } from 'fastify';
import { answer, answerProblem, jsonType, problemType } from '../http/answer.js';
import { problemBody, type ProblemBody } from '../http/problem.js';
import { exportBody, reversalBody } from '../exports/export-body.js';
import { refusedBody } from './refusal-body.js';
import { etagOf, reservationBody } from './reservation-body.js';
import { reservedJson } from './reserved-json.js';

/** What a decision answers, whole, so that HTTP and bulk say the same. */
export interface Rendered {
  readonly status: number;
  /** The body as JSON. */
  readonly json: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
}

/** Answers the outcome of a command. Counts it by its status. */
export function answerOutcome(reply: FastifyReply, outcome: Outcome): number {
  if (!outcome.decided) {
    const problem = rejectedBody(outcome);
    answerProblem(reply, problem, rejectedHeaders(outcome, problem));
    return problem.status;
  }
  const { status, json, headers } = render(outcome);
  const replayed = outcome.replayed ? ['Idempotency-Replayed', 'true'] : [];
  answer(reply, status, status < 400 ? jsonType : problemType, json, [
    'Ledger-Position',
    String(outcome.position),
    ...headers,
    ...replayed,
  ]);
  return status;
}

/** The answer to a decision, from its event (and for changes the reservation after it) alone. */
export function render(decided: Decided): Rendered {
  const { event, line, revision, position } = decided;
  switch (event.type) {
    case 'QuotaReserved':
      return {
        status: 201,
        json: reservedJson(event, line, revision, position),
        headers: ['Location', `/v1/reservations/${event.reservationId}`, 'ETag', etagOf(revision)],
      };
    case 'ReservationRefused': {
      const problem = refusedBody(event, line, position);
      return { status: problem.status, json: JSON.stringify(problem), headers: [] };
    }
    case 'ReservationAmended':
    case 'ReservationReleased': {
      const { reservation } = decided;
      if (reservation === undefined)
        throw new Error(`A ${event.type} at position ${position} came without its reservation.`);
      return {
        status: 200,
        json: JSON.stringify(reservationBody(reservation, position, event.balanceMilliTpp)),
        headers: ['ETag', etagOf(reservation.revision)],
      };
    }
    case 'ExportDebited':
      return {
        status: 201,
        json: JSON.stringify(exportBody(event, line, revision, position)),
        headers: ['Location', `/v1/exports/${event.exportId}`],
      };
    case 'ExportReversed':
      return {
        status: 201,
        json: JSON.stringify(reversalBody(event, line, revision, position)),
        headers: ['Location', `/v1/exports/${event.exportId}`],
      };
    case 'ReservationLapsed':
    case 'AllocationSet':
    case 'LineSuspended':
    case 'LineResumed':
      throw new Error(`A ${event.type} answers no request of this API.`);
  }
}

/** The problem of a request that recorded nothing. */
export function rejectedBody({ code, detail, errors, revision }: Rejected): ProblemBody {
  return problemBody(code, detail, { ...(errors && { errors }), ...(revision !== undefined && { revision }) });
}

function rejectedHeaders({ revision }: Rejected, { status }: ProblemBody): readonly string[] {
  if (revision !== undefined) return ['ETag', etagOf(revision)];
  return status === 503 ? ['Retry-After', '1'] : [];
}
