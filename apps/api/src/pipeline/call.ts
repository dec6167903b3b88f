import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, Position } from '#ledger';

/** A request whose every part was checked, as its handler gets it. */
export interface Call<Body = undefined, Query = undefined> {
  readonly caller: Caller;
  /** Its names in their normal form. */
  readonly body: Body;
  readonly query: Query;
  /** The revisions that `If-Match` names; undefined: any. */
  readonly ifMatch: readonly number[] | undefined;
  /** What the views had reached when they had caught up; 0 for an operation that waits for nothing. */
  readonly position: Position;
  readonly request: FastifyRequest;
  /** For answers that are written piece by piece. */
  readonly reply: FastifyReply;
}

interface ActedFor {
  readonly exporter?: string;
}

/**
 * Who acts, with what. Who does not sign in acts as the exporter that the body names.
 * @param principal who sends the request
 * @param body its names in their normal form
 * @param sent the body as it was sent: `body` itself where it is spelled so
 */
export function callerOf(principal: string, idempotencyKey: string | null, body: object | undefined, sent: unknown): Caller {
  const { exporter = principal } = (body ?? {}) as ActedFor;
  const caller = { principal: exporter, idempotencyKey, body };
  if (sent === body) return caller;
  const { exporter: scope } = sent as ActedFor;
  return { ...caller, asSent: { body: sent, ...(scope !== undefined && { scope }) } };
}
