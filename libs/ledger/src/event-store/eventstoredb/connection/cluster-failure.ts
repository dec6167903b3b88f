import {
  AccessDeniedError,
  CancelledError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  TimeoutError,
  UnavailableError,
  UnknownError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { StoreUnavailable } from '../../event-store.js';
import { type ClusterAddress } from './cluster-address.js';
import { EventStoreMisconfigured } from './misconfigured.js';

/** The oldest server that positions, checkpoints and batches are relied upon of: [major, minor]. */
const oldestVersion = [23, 10] as const;

/**
 * What the client throws, in our words: `EventStoreMisconfigured` for what only a person can mend, else
 * `StoreUnavailable`. Only for calls that wrote nothing; the caller decides about appends.
 */
export function failureOf(error: unknown, address: ClusterAddress): StoreUnavailable | EventStoreMisconfigured {
  if (error instanceof StoreUnavailable || error instanceof EventStoreMisconfigured) return error;
  const problem = misconfiguration(error, address);
  if (problem !== undefined) return new EventStoreMisconfigured(problem, { cause: error });
  const reason = reasonOf(error);
  // All that a server with TLS lets be seen of itself by one that comes without.
  const hint = address.security.insecure && reason === 'Failed to connect' ? ' (does it use TLS? The connection string has tls=false)' : '';
  return new StoreUnavailable(`EventStoreDB at ${address.shown} cannot be used now: ${reason}${hint}. It is tried again by itself.`);
}

function misconfiguration(error: unknown, { shown, credentials, security }: ClusterAddress): string | undefined {
  const where = `EventStoreDB at ${shown}`;
  if (error instanceof AccessDeniedError) {
    return credentials
      ? `${where} refuses the user ${credentials.username}: the password is wrong, or the user may not read $all and write.`
      : `${where} wants a user and a password: put user:password@ before the host in the connection string.`;
  }
  const text = error instanceof Error ? error.message : String(error);
  if (security.insecure) return undefined;
  if (/certificate|altnames|unable to verify/i.test(text)) {
    return (
      `The certificate of ${where} is not trusted (${reasonOf(error)}). Name the certificate authority that signed it in ` +
      'tlsCAFile, and connect by a host name that the certificate has.'
    );
  }
  if (/wrong version number|packet length too long|SSL routines/i.test(text)) {
    return `${where} does not speak TLS. If it is meant to run without, add tls=false to the connection string.`;
  }
  return undefined;
}

/**
 * What an error says of the node that it came from:
 * - `leads`: only a node that serves as the leader answers so.
 * - `does-not-lead`: whatever it was before, it does not serve as the leader.
 * - `unclear`: no answer, or one that a leader without its peers gives as well.
 */
export function nodeSeenIn(error: unknown): 'leads' | 'does-not-lead' | 'unclear' {
  if (error instanceof NotLeaderError || error instanceof UnavailableError || error instanceof CancelledError) return 'does-not-lead';
  if (error instanceof UnknownError) return /not ready|leader info/i.test(error.message) ? 'does-not-lead' : 'leads';
  const answers = [WrongExpectedVersionError, AccessDeniedError, StreamDeletedError, MaxAppendSizeExceededError];
  return answers.some((answer) => error instanceof answer) ? 'leads' : 'unclear';
}

/** Whether a server before 24 has dropped a live subscription, as it does at every commit of more events than it keeps for one. */
export function isOverflow(error: unknown): boolean {
  return error instanceof TimeoutError && /consumer too slow/i.test(error.message);
}

/** @throws EventStoreMisconfigured for a server that is too old; one that does not tell its version passes */
export function assertVersion(version: string, { shown }: ClusterAddress): void {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined) return;
  const [oldestMajor, oldestMinor] = oldestVersion;
  if (Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor)) return;
  throw new EventStoreMisconfigured(
    `EventStoreDB at ${shown} is version ${version}: at least ${oldestVersion.join('.')} is needed. Upgrade the server.`,
  );
}

/** One line of what went wrong. Some errors of the client have no message of their own. */
export function reasonOf(error: unknown): string {
  if (error instanceof NotLeaderError) return `the node is not the leader, ${error.leader.address}:${error.leader.port} is`;
  if (error instanceof StreamDeletedError) return `the stream ${error.streamName} was deleted there. Restore the cluster from a backup`;
  if (!(error instanceof Error)) return String(error);
  const type = 'type' in error && typeof error.type === 'string' ? error.type : error.name;
  const text = error.message || type;
  // What gRPC puts around the cause, and the times in it by which the same cause would look like another.
  const cause = /Last error: (?:Error: )?(.*?)\. Resolution note: /s.exec(text)?.[1] ?? text.replace(/^\d+ [A-Z_]+: /, '');
  return cause.replace(/ \(\d{4}-[^)]*Z\)/, '').replace(/\.$/, '').split('\n', 1)[0] ?? type;
}
