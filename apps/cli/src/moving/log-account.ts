import { createHash } from 'node:crypto';
import { digestOf, emptyStream, eventId, type StoredEvent, type StreamEnd } from '#ledger';

/** An event that is not what it should be at its place: it was changed, or something before it is missing. */
export class UnsoundEvent extends Error {
  override readonly name = 'UnsoundEvent';
}

/**
 * Checks that a log hangs together while it passes by, whatever store or file it comes from: revisions are dense, each
 * event names its predecessor's hash and has the id of its content. So two logs with the same `sha256` hold the same
 * bytes in the same order, whatever their positions are.
 */
export class LogAccount {
  #events = 0;
  readonly #ends = new Map<string, StreamEnd>();
  readonly #ids = createHash('sha256');

  get events(): number {
    return this.#events;
  }

  get streams(): number {
    return this.#ends.size;
  }

  /** SHA-256 (hexadecimal) of the ids of all events so far in the order of the log, each with a line feed behind it. */
  get sha256(): string {
    return this.#ids.copy().digest('hex');
  }

  /** @throws UnsoundEvent saying what is wrong with it, but not where it stands; the account must not be used again */
  add({ stream, revision, id, json }: Omit<StoredEvent, 'position' | 'type'>): void {
    const end = this.#ends.get(stream) ?? emptyStream;
    const digest = digestOf(json);
    if (revision !== end.revision + 1) {
      throw new UnsoundEvent(`it has revision ${revision} where ${end.revision + 1} was due: an event is missing before it, or is there twice`);
    }
    if (id !== eventId(stream, revision, digest)) {
      throw new UnsoundEvent('its id is not that of its content: one of them was changed');
    }
    if (!hasPrevious(json, end.digest)) {
      throw new UnsoundEvent('it does not name the hash of the event before it in its stream: one of them was exchanged');
    }
    this.#ends.set(stream, { revision, digest });
    this.#ids.update(`${id}\n`);
    this.#events += 1;
  }

  /** The first stream that ends differently in another log, in words; undefined if all end alike. */
  differenceFrom(other: LogAccount): string | undefined {
    for (const stream of new Set([...this.#ends.keys(), ...other.#ends.keys()])) {
      const [here, there] = [this.#ends.get(stream) ?? emptyStream, other.#ends.get(stream) ?? emptyStream];
      if (here.revision === there.revision && here.digest === there.digest) continue;
      return `${stream} has ${here.revision + 1} events in one and ${there.revision + 1} in the other, or its last ones differ`;
    }
    return undefined;
  }
}

/** Whether the member `prev` of an event is this hash: mostly without parsing it, which takes longer than all the rest. */
export function hasPrevious(json: string, digest: string): boolean {
  // Within text its quotes would be escaped: whatever is found is a member.
  const at = json.indexOf(`"prev":"${digest}"`);
  if (at > 0 && depthAt(json, at) === 1) return true;
  return (JSON.parse(json) as { readonly prev?: unknown }).prev === digest;
}

/** Objects and lists that are open at a place outside of text. */
function depthAt(json: string, place: number): number {
  let depth = 0;
  for (let at = 0; at < place; at += 1) {
    switch (json.charCodeAt(at)) {
      case 0x22:
        at = endOfText(json, at);
        break;
      case 0x5b:
      case 0x7b:
        depth += 1;
        break;
      case 0x5d:
      case 0x7d:
        depth -= 1;
        break;
    }
  }
  return depth;
}

/** The quote that ends the text which begins with that at `start`. */
function endOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); ; end = json.indexOf('"', end + 1)) {
    let escapes = end;
    while (json.charCodeAt(escapes - 1) === 0x5c) escapes -= 1;
    if ((end - escapes) % 2 === 0) return end;
  }
}
