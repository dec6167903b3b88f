import { Ledger, shownBalance, type Decided, type ExportDebited, type Outcome, type QuotaReserved, type Rejected, type Settled } from '#ledger';
import type { Consignee, Party } from '#rulebook';
import { problemBody, type AnswerName, type Body } from '#wire';
import { Injectable } from '@nestjs/common';
import { at, jsonType, problemAnswer, problemType, type Answer } from '../http/answer.js';
import { attritionBody } from '../lines/attrition-body.js';
import { exportBody, reversalBody } from '../exports/export-body.js';
import { DecisionCounts } from '../operations/decision-counts.js';
import { RulebookShelf } from '../rulebooks/rulebook-shelf.js';
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

/** Answers the outcomes of commands, and counts them by their status. */
@Injectable()
export class OutcomeAnswers {
  constructor(
    private readonly shelf: RulebookShelf,
    private readonly counts: DecisionCounts,
    private readonly ledger: Ledger,
  ) {}

  of(outcome: Outcome): Answer {
    if (!outcome.decided) return this.rejection(outcome);
    const { status, json: body, headers } = this.render(outcome);
    this.counts.count(status);
    const contentType = status < 400 ? jsonType : problemType;
    return { status, contentType, body, headers: [...at(outcome.position), ...headers, ...replayedHeader(outcome)] };
  }

  /** Answers what is recorded elsewhere than on a line. @param shown without the headers that every decision has */
  settled<Decision extends Settled, Name extends AnswerName>(outcome: Decision | Rejected, shown: (decided: Decision) => Answer<Name>): Answer<Name> {
    if (!outcome.decided) return this.rejection(outcome);
    const answer = shown(outcome);
    this.counts.count(answer.status);
    return { ...answer, headers: [...at(outcome.position), ...answer.headers, ...replayedHeader(outcome)] };
  }

  /** The answer to a decision, from its event (and for changes the reservation after it) and its rulebook alone. */
  render(decided: Decided): Rendered {
    const { event, line, revision, position } = decided;
    switch (event.type) {
      case 'QuotaReserved':
        return {
          status: 201,
          json: this.withNearMatches(
            event.reservationId,
            event,
            reservedJson(event, line, revision, position, this.shelf.of(event.rulebook)),
          ),
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
        const rulebook = this.shelf.of(reservation.rulebook);
        return {
          status: 200,
          json: JSON.stringify(reservationBody(
              reservation,
              position,
              shownBalance(event.balanceMilliTpp, event.shares),
              rulebook,
            )),
          headers: ['ETag', etagOf(reservation.revision)],
        };
      }
      case 'ExportDebited':
        return {
          status: 201,
          json: this.withNearMatches(
            event.exportId,
            event,
            JSON.stringify(exportBody(event, line, revision, position, this.shelf.of(event.rulebook))),
          ),
          headers: ['Location', `/v1/exports/${event.exportId}`],
        };
      case 'ExportReversed':
        return {
          status: 201,
          json: JSON.stringify(reversalBody(event, line, revision, position)),
          headers: ['Location', `/v1/exports/${event.exportId}`],
        };
      case 'ExportFiled':
        return this.filed(decided, event.itn);
      case 'AttritionRecorded':
        return {
          status: 201,
          json: JSON.stringify(attritionBody(event, line, revision, position)),
          headers: ['Location', `/v1/lines/${encodeURIComponent(line)}`],
        };
      case 'ReservationLapsed':
      case 'AllocationSet':
      case 'LineSuspended':
      case 'LineResumed':
      case 'LineClosed':
      case 'AmountsTakenOver':
      case 'ShipmentCounted':
      case 'HoldingsDeclared':
        throw new Error(`A ${event.type} answers no request of this API.`);
    }
  }

  private filed({ filed, line, revision, position }: Decided, itn: string): Rendered {
    if (filed === undefined) throw new Error(`The filing at position ${position} came without its export.`);
    const standing = { status: 'posted', itn } as const;
    const body = exportBody(filed, line, revision, position, this.shelf.of(filed.rulebook), standing);
    return { status: 200, json: JSON.stringify(body), headers: ['ETag', etagOf(revision)] };
  }

  /** Answers a request that recorded nothing. */
  rejection(rejected: Rejected): Answer {
    const problem = rejectedBody(rejected);
    this.counts.count(problem.status);
    return problemAnswer(problem, rejectedHeaders(rejected, problem));
  }

  /** Of what registered the company whose line it draws on: who else may be meant by its name. */
  private withNearMatches(id: string, { consignee, facts }: QuotaReserved | ExportDebited, json: string): string {
    const named = this.ledger.companies.namedBy(id);
    if (named === undefined) return json;
    const operator: Consignee | undefined = facts?.operator;
    const parties: readonly (readonly [string, Party | undefined])[] = [
      ['/ultimateConsignee/ultimateParent', consignee?.ultimateParent],
      ['/facts/operator/ultimateParent', operator?.ultimateParent],
      ['/facts/operator', operator],
    ];
    const [pointer] = parties.find(([, party]) => party?.name === named.name) ?? [''];
    return `${json.slice(0, -1)},"nearMatches":${JSON.stringify([{ pointer, ...named }])}}`;
  }

  count(status: number): void {
    this.counts.count(status);
  }
}

/** The problem of a request that recorded nothing. */
export function rejectedBody({ code, detail, errors, reasons, revision }: Rejected): Body<'Problem'> {
  return problemBody(code, detail, {
    ...(errors && { errors }),
    ...(reasons && { reasons }),
    ...(revision !== undefined && { revision }),
  });
}

/** Says so where this is the first answer again. */
export function replayedHeader({ replayed }: { readonly replayed: boolean }): readonly string[] {
  return replayed ? ['Idempotency-Replayed', 'true'] : [];
}

function rejectedHeaders({ revision }: Rejected, { status }: Body<'Problem'>): readonly string[] {
  if (revision !== undefined) return ['ETag', etagOf(revision)];
  return status === 503 ? ['Retry-After', '1'] : [];
}
