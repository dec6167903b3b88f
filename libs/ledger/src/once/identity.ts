import { hash } from 'node:crypto';
import { canonicalJson, normalName } from '#rulebook';
import type { CommandIdentity } from '../line/line-command.js';
import { uuidV5 } from '../events/uuid-v5.js';
import type { Caller } from '../requests/ledger-request.js';

/** Namespace of the scopes of idempotency keys. */
const scopeNamespace = '8c1c2f0a-53f1-5b8e-8a53-90b7b2b1f0d4';

/**
 * The scope of keys for what belongs to no exporter: the register of companies, orders on lines, the adoption of rulebooks.
 * The word dates from when nobody had a name, so that keys used then keep their first answers.
 */
export const ledgerScope = 'anonymous';

const scopesMax = 10_000;
const scopes = new Map<string, string>();

/**
 * A command's identity: UUIDv5(UUIDv5(namespace, scope), Idempotency-Key). The scope is the exporter acted for, over
 * all operations and lines, or `ledgerScope`; never who sends the request. The request hash covers the operation and the canonical form of the body. Both follow from the
 * normal form of names, so that a request in another spelling is the same request.
 * @param scope in the spelling of the request, or of the event that it is about; `ledgerScope` for what belongs to no exporter
 */
export function identityOf(scope: string, operation: string, caller: Caller): CommandIdentity | null {
  const { idempotencyKey, body, asSent } = caller;
  if (idempotencyKey === null) return null;
  const normal = normalName(scope);
  const identity = { ...identified(normal, operation, idempotencyKey, body), idempotencyKey };
  if (asSent === undefined && normal === scope) return identity;
  return { ...identity, asSpelled: identified(asSent?.scope ?? scope, operation, idempotencyKey, asSent?.body ?? body) };
}

function identified(scope: string, operation: string, key: string, body: unknown): Pick<CommandIdentity, 'commandId' | 'requestHash'> {
  return {
    commandId: commandIdFor(scope, key),
    requestHash: hash('sha256', `${operation}\n${canonicalJson(body ?? null)}`, 'base64url'),
  };
}

/** The identity of what a key brings into being in its scope: the id of the reservation or export. The scope as it is spelled. */
export function commandIdFor(scope: string, idempotencyKey: string): string {
  return uuidV5(namespaceOf(scope), idempotencyKey);
}

function namespaceOf(scope: string): string {
  const known = scopes.get(scope);
  if (known !== undefined) return known;
  if (scopes.size >= scopesMax) scopes.clear();
  const namespace = uuidV5(scopeNamespace, scope);
  scopes.set(scope, namespace);
  return namespace;
}
