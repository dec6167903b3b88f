import { hash } from 'node:crypto';
import { canonicalJson } from '#rulebook';
import type { CommandIdentity } from '../line/line-command.js';
import { uuidV5 } from '../events/uuid-v5.js';
import type { Caller } from './ledger-request.js';

/** Namespace of the scopes of idempotency keys. */
const scopeNamespace = '8c1c2f0a-53f1-5b8e-8a53-90b7b2b1f0d4';

const scopesMax = 10_000;
const scopes = new Map<string, string>();

/**
 * A command's identity: UUIDv5(UUIDv5(namespace, scope), Idempotency-Key). The scope is the exporter acted for, over
 * all operations and lines. The request hash covers the operation and the canonical form of the body as sent.
 */
export function identityOf(scope: string, operation: string, caller: Caller): CommandIdentity | null {
  const { idempotencyKey, body } = caller;
  if (idempotencyKey === null) return null;
  return {
    commandId: uuidV5(namespaceOf(scope), idempotencyKey),
    idempotencyKey,
    requestHash: hash('sha256', `${operation}\n${canonicalJson(body ?? null)}`, 'base64url'),
  };
}

function namespaceOf(scope: string): string {
  const known = scopes.get(scope);
  if (known !== undefined) return known;
  if (scopes.size >= scopesMax) scopes.clear();
  const namespace = uuidV5(scopeNamespace, scope);
  scopes.set(scope, namespace);
  return namespace;
}
