import { eventTypes, isLine, isStream, quotaStreamOf } from '#ledger';
import { cloudEventType, type Fault } from '#wire';
import { invalid } from '../http/problem.js';

/** Which events of the log are asked for; undefined: all. */
export interface EventFilter {
  readonly stream: string | undefined;
  /** As events store it: `QuotaReserved`. */
  readonly type: string | undefined;
}

const typeNames = new Map(eventTypes.flatMap((type) => [[type as string, type] as const, [cloudEventType(type), type] as const]));

/**
 * What the names in a query mean. A quota line means its own stream; a type may be written as in CloudEvents.
 * @throws Problem (400) that names what there is, for a stream or type that no event can have
 */
export function eventFilterOf({ stream, type }: { readonly stream?: string | undefined; readonly type?: string | undefined }): EventFilter {
  const found = type === undefined ? undefined : typeNames.get(type);
  if (type !== undefined && found === undefined) {
    throw unknown('type', `type must be a type of event: ${eventTypes.join(', ')}; or as in CloudEvents, ${cloudEventType('QuotaReserved')}`);
  }
  return { type: found, stream: stream === undefined ? undefined : streamNamed(stream) };
}

function streamNamed(name: string): string {
  if (isLine(name)) return quotaStreamOf(name);
  if (isStream(name)) return name;
  const forms = 'quota-<line>, alerts-<line>, companies, rulebook, losses, weights:<exporter>, obligation-<id> or choice-<id>';
  throw unknown('stream', `stream must be a stream of the log: ${forms}; or a quota line, as country:AE, whose stream it then is`);
}

function unknown(name: string, message: string): Error {
  const fault: Fault = { in: 'query', pointer: `/${name}`, message };
  return invalid([fault]);
}
