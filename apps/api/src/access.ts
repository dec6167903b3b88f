import type { FastifyRequest } from 'fastify';
import type { OperationText } from './pipeline/operation-text.js';

/** Who acts where nobody signs in, and the exporter of a body that names none. */
export const anonymous = 'anonymous';

/**
 * Who sends the request, if that principal may do this. Today nobody signs in, and everybody may do everything: credentials are to be read
 * here, and roles compared with what the operation asks for.
 */
export function admit(_request: FastifyRequest, _operation: OperationText): string {
  return anonymous;
}
