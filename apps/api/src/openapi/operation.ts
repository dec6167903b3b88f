import type { ProblemCode } from '../http/problem-table.js';
import type { DeclaredHeader } from '../http/request-header.js';
import type { DtoClass } from '../validation/members.js';

/** What the OpenAPI document says about a route handler. Problems that every route can answer are added to all. */
export interface OperationText {
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly body?: {
    readonly dto: DtoClass;
    /** Another form that the body may have. */
    readonly or?: DtoClass;
    readonly required?: boolean;
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
  /** Name of a schema in `answer-schemas.ts`; left out: not JSON. */
  readonly schema?: string;
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
