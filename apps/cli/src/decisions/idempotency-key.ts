import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '#rulebook';
import type { ApiRequest } from '../access/api-request.js';

/** A key for a request that may be meant twice: each run of the command is a decision of its own. */
export function newKey(): string {
  return `quota-${randomUUID()}`;
}

/**
 * The key of a request that can be carried out once only (a release, a reversal): it follows from the request, so the same
 * command can be repeated and gets the first answer.
 */
export function keyOf({ path, body }: ApiRequest): string {
  return `quota-${createHash('sha256').update(canonicalJson({ path, body })).digest('hex').slice(0, 32)}`;
}
