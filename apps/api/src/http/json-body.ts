import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import { JsonFault, parseStrictJson } from '#wire';
import { Problem } from './problem.js';
import type { RequestHeaders } from './request-header.js';

/**
 * The value of a JSON body.
 * @throws Problem for another charset or coding, bytes that are no UTF-8, text that is no JSON, duplicate members and
 * values nested deeper than 32 levels.
 */
export function readJsonBody(request: FastifyRequest, body: Buffer): unknown {
  refuseCodings(request.headers);
  // Some operations have nothing but optional members; what needs a body says so itself.
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw new Problem('malformed-json', 'The body is not valid UTF-8.');
  return parseJson(body.toString('utf8'));
}

/**
 * The value of a JSON text, see `parseStrictJson`.
 * @throws Problem unless it is JSON without duplicate members, at most 32 levels deep
 */
export function parseJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new Problem('malformed-json', error.about('The body'), error.duplicate && { errors: [error.duplicate] });
  }
}

/** @throws Problem for a charset other than UTF-8 or a compressed body. */
export function refuseCodings(headers: RequestHeaders): void {
  const { 'content-type': contentType, 'content-encoding': contentEncoding } = headers;
  if (contentType !== undefined && contentType.length > 20) {
    const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(String(contentType))?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
      throw new Problem(
        'unsupported-media-type',
        `The charset ${charset} is not read here: send UTF-8.`,
        header('Content-Type', 'charset must be utf-8'),
      );
    }
  }
  if (contentEncoding !== undefined && contentEncoding !== 'identity') {
    throw new Problem(
      'unsupported-media-type',
      'Compressed bodies are not read here: leave Content-Encoding out.',
      header('Content-Encoding', 'must be left out'),
    );
  }
}

function header(name: string, message: string): Readonly<Record<string, unknown>> {
  return { errors: [{ in: 'header', pointer: `/${name}`, message: `${name} ${message}` }] };
}
