import type { AnswerName, ProblemCode } from '#wire';
import type { CaughtUp } from '../http/read-gate.js';
import type { DeclaredHeader } from '../http/request-header.js';
import type { DtoClass } from '../validation/members.js';

/** Resources in the order in which they are used, with what each is for. */
export const tags = {
  Reservations: 'Ask what would happen, hold quota, change or release a hold.',
  Exports: 'What has left, with or without a hold before it: debits, and their reversals.',
  Countries: 'What each country has left, now and before.',
  Lines: 'The same for quota lines of companies.',
  Alerts: 'Thresholds that were crossed, and live changes.',
  Obligations: 'What shipments owe, to whom and until when.',
  Reports: 'Accounts and notices that the regulation asks for, as JSON and CSV.',
  Companies: 'Companies and validated end-users.',
  'Model weights': 'Exports of model weights, which debit no line.',
  Rulebook: 'The regulation as data: chips, rulebooks, and what a draft would change.',
  Audit: 'The log itself.',
  Operations: 'For those who run the ledger.',
} as const;

/**
 * What an operation takes and answers: the pipeline checks requests against it, the OpenAPI document shows it. Problems that every
 * operation can answer are added to all.
 */
export interface OperationText {
  /** Left out: the OpenAPI document does not show the operation. */
  readonly tag?: keyof typeof tags;
  readonly summary: string;
  readonly description?: string;
  /** Left out: the body is empty or `{}`. */
  readonly body?: {
    readonly dto: DtoClass;
    /** Another form of the body: where it has the member `where`. */
    readonly or?: { readonly dto: DtoClass; readonly where: string };
    readonly required?: boolean;
    /** Left out: JSON. Of NDJSON `dto` and `example` are one line. */
    readonly type?: string;
    /** Left out: 64 KiB. */
    readonly bytesMax?: number;
    /** The handler gets the body as it was sent and checks it. */
    readonly unchecked?: true;
    readonly example?: unknown;
  };
  readonly query?: DtoClass;
  /** A page keeps its filters in the query: the server reads none of it, and refuses none. */
  readonly anyQuery?: true;
  readonly path?: Readonly<Record<string, string>>;
  /** Checked in this order. */
  readonly headers?: readonly RequestHeader[];
  /** What must have caught up before the handler is called. Left out: the views where `Min-Position` is taken, else nothing. */
  readonly waitsFor?: CaughtUp;
  /** Answered in JSON whatever the caller accepts. */
  readonly anyAccept?: true;
  readonly answers: Readonly<Record<number, AnswerText>>;
  readonly problems?: readonly ProblemCode[];
}

/** With a question mark: optional. */
export type RequestHeader = DeclaredHeader | `${DeclaredHeader}?`;
export type ResponseHeader = 'Location' | 'ETag' | 'Ledger-Position' | 'Idempotency-Replayed' | 'Link';

export interface AnswerText {
  readonly text: string;
  /** Left out: not JSON. */
  readonly schema?: AnswerName;
  /** The same of one line, where the answer is NDJSON. */
  readonly line?: AnswerName;
  readonly type?: string;
  /** More forms of the same answer, by media type. */
  readonly also?: readonly string[];
  readonly headers?: readonly ResponseHeader[];
}
