import type { StoredEvent } from '#ledger';
import { canonicalJson } from '#rulebook';

/** What is wrong with a line, to be said after where it is. */
export class LineUnreadable extends Error {
  override readonly name = 'LineUnreadable';
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const streamLengthMax = 1000;

/**
 * The event in a line as `quota export` and GET /v1/events write it: a CloudEvent with `id`, `stream`, `revision` and
 * `data`. White space and the order of members do not matter, for stored bytes are the canonical form of `data`.
 * @param position of the event returned: positions are those of a store, and the one in the line is of another
 * @throws LineUnreadable
 */
export function eventOfLine(line: string, position: number): StoredEvent {
  const { id, stream, revision, data } = parsed(line);
  if (typeof id !== 'string' || typeof stream !== 'string' || typeof data !== 'object' || data === null) {
    throw new LineUnreadable(
      'it is no event: the members id, stream, revision and data are needed, as GET /v1/events answers them with Accept: application/x-ndjson',
    );
  }
  if (!uuid.test(id)) throw new LineUnreadable(`its id ${shown(id)} is no UUID`);
  if (stream === '' || stream.startsWith('$') || stream.length > streamLengthMax) {
    throw new LineUnreadable(`its stream ${shown(stream)} is none of a ledger`);
  }
  if (!Number.isSafeInteger(revision) || (revision as number) < 0) {
    throw new LineUnreadable(`its revision ${shown(revision)} is no whole number of 0 or more`);
  }
  const { type } = data as { readonly type?: unknown };
  if (typeof type !== 'string') throw new LineUnreadable('its data has no member type');
  return { id, stream, revision: revision as number, position, type, json: canonical(data) };
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new LineUnreadable('it is no JSON, or was cut off');
  }
  return (value ?? {}) as Readonly<Record<string, unknown>>;
}

function canonical(data: object): string {
  try {
    return canonicalJson(data);
  } catch (error) {
    throw new LineUnreadable((error as Error).message);
  }
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 80) ?? 'undefined';
}
