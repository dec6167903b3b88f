import type { AnswerName, ProblemCode } from '#wire';
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

/** What the OpenAPI document says about a route handler. Problems that every route can answer are added to all. */
export interface OperationText {
  readonly tag: keyof typeof tags;
  readonly summary: string;
  readonly description?: string;
  readonly body?: {
    readonly dto: DtoClass;
    /** Another form that the body may have. */
    readonly or?: DtoClass;
    readonly required?: boolean;
    /** Left out: JSON. Of NDJSON `dto` and `example` are one line. */
    readonly type?: string;
    readonly example?: unknown;
  };
  readonly query?: DtoClass;
  readonly path?: Readonly<Record<string, string>>;
  readonly headers?: readonly RequestHeader[];
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

export interface RecordedOperation {
  readonly prototype: object;
  readonly handler: string;
  readonly text: OperationText;
}

const recorded: RecordedOperation[] = [];

/** Every handler that carries `@Operation`, for the document, which is built when it is first asked for. */
export const recordedOperations: readonly RecordedOperation[] = recorded;

/**
 * Describes a handler for the OpenAPI document. Only notes it: @nestjs/swagger takes a fifth of a second to load and is
 * loaded with the first request for the document.
 */
export function Operation(text: OperationText): MethodDecorator {
  return (prototype, handler) => {
    recorded.push({ prototype, handler: String(handler), text });
  };
}
