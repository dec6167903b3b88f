import type { EventStore } from '../event-store/event-store.js';
import type { Revision } from '../events/stored-event.js';
import type { LineChosen } from '../events/choice-event.js';
import { decodeEvent } from '../events/codec.js';
import { digestOf, emptyStream, seal } from '../events/seal.js';
import type { Issued } from '../line/line-command.js';
import { choiceStreamOf } from '../line/streams.js';
import type { Appends } from '../appending/appends.js';
import type { ChosenCommand, Claim } from './chosen-command.js';

/**
 * On a log that several processes write to, the same command may reach two of them, which choose different lines. So
 * before a line decides it, an attempt is claimed in the command's own stream: line and revision. There is one newest
 * claim, and only its attempt can come to anything.
 */
export class LineClaims {
  readonly #store: EventStore;
  readonly #appends: Appends;

  constructor(options: { readonly store: EventStore; readonly appends: Appends }) {
    this.#store = options.store;
    this.#appends = options.appends;
  }

  /**
   * Claims the next attempt for this line, which is at this revision; the newest may be that already. False if that may not
   * be, or another instance claimed one first: then `chosen` knows the newest.
   * @throws StoreUnavailable if the claim cannot be recorded now
   */
  async claim(chosen: ChosenCommand, line: string, lineRevision: Revision, { at, principal }: Issued): Promise<boolean> {
    if (chosen.isAt(line, lineRevision)) return true;
    if (!chosen.mayTry(line, lineRevision)) return false;
    const stream = choiceStreamOf(chosen.identity.commandId);
    const { end, recordedAt } = chosen.newest ?? nothingClaimed;
    const now = Math.max(at, recordedAt);
    const sealed = seal<LineChosen>(stream, end, {
      type: 'LineChosen',
      v: 1,
      recordedAt: new Date(now).toISOString(),
      principal,
      line,
      lineRevision,
    });
    const { appended } = await this.#appends.append(stream, end.revision, [sealed]);
    const { revision, digest } = sealed;
    chosen.learn(appended ? { end: { revision, digest }, recordedAt: now, line, lineRevision } : await this.#newest(stream));
    return appended;
  }

  async #newest(stream: string): Promise<Claim | undefined> {
    const [stored] = await this.#store.readStream(stream, { limit: 1, backwards: true });
    if (!stored) return undefined;
    const { line, lineRevision, recordedAt } = decodeEvent(stored.json) as LineChosen;
    const end = { revision: stored.revision, digest: digestOf(stored.json) };
    return { end, recordedAt: Date.parse(recordedAt), line, lineRevision };
  }
}

const nothingClaimed = { end: emptyStream, recordedAt: 0 };
