import type { FastifyRequest } from 'fastify';
import type { OperationText } from './pipeline/operation-text.js';

/** The principal of a request without credentials, and the exporter of a body that leaves it out. */
export const anonymous = 'anonymous';

/**
 * Admits a request and returns its principal. There is no access control yet: every request is admitted as `anonymous`. Access control
 * will read credentials here and compare roles with those that the operation declares. The body is not read yet at this point. Later
 * `callerOf` (`pipeline/call.ts`) replaces an anonymous principal by the exporter that the body names.
 */
export function admit(_request: FastifyRequest, _operation: OperationText): string {
  return anonymous;
}
