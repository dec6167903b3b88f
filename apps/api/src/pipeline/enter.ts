import type { FastifyReply, FastifyRequest } from 'fastify';
import { admit } from '../access.js';
import { invalid } from '../http/problem.js';
import { readQuery, refuseQuery } from '../http/query.js';
import { acceptsJson, idempotencyKeyOf, ifMatchOf, optionalIdempotencyKeyOf, requireIfMatch } from '../http/request-headers.js';
import { shapeOf } from '../validation/shape.js';
import { callerOf, type Call } from './call.js';
import type { OperationText } from './operation-text.js';

export type Method = 'GET' | 'POST' | 'PATCH';

/**
 * The way of a request from Fastify, which has seen to limits and JSON, to its handler: query, Accept, principal and permission, key and
 * preconditions, body. What can be worked out before the first request is. On the path of each reservation: nothing here waits.
 * @returns a function that throws Problem for the first thing that is wrong
 */
export function entranceOf(method: Method, text: OperationText): (request: FastifyRequest, reply: FastifyReply) => Call<unknown, unknown> {
  const { query, anyQuery = false, headers = [] } = text;
  const queryShape = query && shapeOf(query);
  const isJsonOnly = text.anyAccept !== true && answersJsonOnly(text);
  const read = method === 'GET' ? undefined : bodyReaderOf(text.body);
  return (request, reply) => {
    const asked = queryShape ? readQuery(request, queryShape) : anyQuery ? undefined : refuseQuery(request);
    if (isJsonOnly) acceptsJson(request.headers);
    const principal = admit(request, text);
    let key: string | null = null;
    let ifMatch: readonly number[] | undefined;
    for (const header of headers) {
      if (header === 'Idempotency-Key') key = idempotencyKeyOf(request.headers);
      else if (header === 'Idempotency-Key?') key = optionalIdempotencyKeyOf(request.headers);
      else if (header === 'If-Match') requireIfMatch(request.headers);
      if (header.startsWith('If-Match')) ifMatch = ifMatchOf(request.headers);
    }
    const sent = read === undefined ? undefined : bodyOf(request, text.body);
    const body = read?.(sent);
    const caller = callerOf(principal, key, body as object | undefined, sent);
    return { caller, body, query: asked, ifMatch, position: 0, request, reply };
  };
}

/** Answers in other forms are negotiated by their handlers. */
function answersJsonOnly({ answers }: OperationText): boolean {
  return Object.values(answers).every(({ type, also }) => type === undefined && also === undefined);
}

/** `{}` in place of a body that may be left out; where it is optional, `null` leaves it out, too. */
function bodyOf({ body: sent }: FastifyRequest, declared: OperationText['body']): unknown {
  if (declared === undefined) return sent === undefined ? {} : sent;
  return declared.required === false ? (sent ?? {}) : sent;
}

function bodyReaderOf(body: OperationText['body']): (sent: unknown) => unknown {
  if (body === undefined) return refuseMembers;
  if (body.unchecked) return (sent) => sent;
  const shape = shapeOf(body.dto);
  if (body.or === undefined) return (sent) => shape.check(sent);
  const { where } = body.or;
  const other = shapeOf(body.or.dto);
  const isOther = (sent: unknown): boolean => typeof sent === 'object' && sent !== null && Object.hasOwn(sent, where);
  return (sent) => (isOther(sent) ? other : shape).check(sent);
}

/** @throws Problem (400) unless the body is empty or `{}`. */
function refuseMembers(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid([{ pointer: '', message: 'the body must be empty or {}' }]);
  const [member] = Object.keys(body);
  if (member === undefined) return body;
  throw invalid([{ pointer: `/${member.slice(0, 100)}`, message: `${member.slice(0, 100)} is not known here` }]);
}
