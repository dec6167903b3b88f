import type { FastifyRequest } from 'fastify';
import type { OperationText } from './pipeline/operation-text.js';

/** Who acts where nobody signs in, and the exporter of a body that names none. */
export const anonymous = 'anonymous';

/**
 * The principal that sends the request. Today nobody signs in, and everybody may do everything. Credentials are to be read here, and
 * roles compared with those that the operation will declare. The body is not read yet at this point; `callerOf` (`pipeline/call.ts`)
 * makes the exporter that it names the principal, as long as nobody signs in.
 */
export function admit(_request: FastifyRequest, _operation: OperationText): string {
  return anonymous;
}
