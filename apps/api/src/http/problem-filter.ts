import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { StoreUnavailable } from '#ledger';
import { InvalidCursor } from '#projections';
import type { ProblemCode } from '#wire';
import { problemAnswer, send } from './answer.js';
import type { AllowedMethods } from './allowed-methods.js';
import { Problem } from './problem.js';

/** Whatever is thrown on the way to an answer becomes a problem document; faults of the ledger are logged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly allowed: AllowedMethods,
    private readonly log: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (isCutOff(request)) return;
    const problem = this.problemOf(error, request);
    if (problem.status >= 500 && problem.status !== 503)
      this.log.error({ err: error, method: request.method, url: request.url }, 'request failed');
    if (reply.raw.headersSent) {
      // Too late for another answer: a cut connection tells the client that this one is not whole.
      reply.raw.destroy();
      return;
    }
    send(reply, problemAnswer(problem.body, headersOf(problem)));
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof StoreUnavailable) {
      const code = error.code === 'storage-full' ? 'storage-full' : 'store-unavailable';
      return new Problem(code, error.message, {}, { 'Retry-After': '5' });
    }
    if (error instanceof InvalidCursor) {
      return new Problem('invalid-cursor', error.message, {
        errors: [{ in: 'query', pointer: '/cursor', message: 'cursor is not one of this list' }],
      });
    }
    const cause = error instanceof HttpException ? (error.cause ?? error) : error;
    const known = problemOfFastify(cause);
    if (known !== undefined) return known;
    if (error instanceof HttpException && error.getStatus() === 404)
      return this.allowed.problemFor(request.method, request.url);
    if (error instanceof HttpException && error.getStatus() < 500)
      return new Problem('malformed-request', error.message);
    return new Problem('internal-error', 'The ledger could not answer because of a fault of its own. It is logged.');
  }
}

/** Whether the client went away before its request had come whole: nobody is there to answer, and no fault of the ledger. */
function isCutOff({ raw }: FastifyRequest): boolean {
  return raw.destroyed && !raw.complete;
}

function headersOf(problem: Problem): readonly string[] {
  const headers = Object.entries(problem.headers).flat();
  // The rest of such a body is not read.
  return problem.code === 'body-too-large' ? [...headers, 'Connection', 'close'] : headers;
}

const fastifyProblems: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported-media-type',
    'The Content-Type of the body is not read here: send application/json (bulk: application/x-ndjson).',
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', 'The body is larger than is read here: 64 kB, a rulebook 256 KiB.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['malformed-request', 'The body is not as long as Content-Length says.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['malformed-json', 'The body is not JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed-json', 'The body is empty: a JSON object is needed.'],
  FST_ERR_BAD_URL: ['malformed-url', 'The path contains a percent escape that is none.'],
  FST_ERR_MAX_PARAM_LENGTH: ['uri-too-long', 'A part of the path is longer than any id of this API.'],
};

/** The problem for an error of Fastify itself; undefined for any other error. */
export function problemOfFastify(error: unknown): Problem | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const [problem, detail] = fastifyProblems[code] ?? [];
  return problem === undefined || detail === undefined ? undefined : new Problem(problem, detail);
}
