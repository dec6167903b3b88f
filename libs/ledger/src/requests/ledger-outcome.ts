import type { Determined, MilliTpp, Reason } from '#rulebook';
import type { NearMatch } from '../events/company-event.js';
import type { ExportDebited, LineBalance, LineEvent, RefusalCode } from '../events/line-event.js';
import type { Reservation } from '../line/entries.js';
import type { Position, Revision } from '../events/stored-event.js';
import type { Rejected } from '../outcome/rejected.js';

/** What became of a command. */
export type Outcome = Decided | Rejected;

/** An event was recorded, now or, for a retry, the first time. `event.type` may be `ReservationRefused`. */
export interface Decided extends Settled {
  readonly event: LineEvent;
  readonly line: string;
  readonly revision: Revision;
  /** The reservation as it stood right after the event; undefined if the event is not about one. */
  readonly reservation: Reservation | undefined;
  /** Only for `ExportFiled`: the export that was filed. */
  readonly filed?: ExportDebited;
}

/** What every kind of decision says of its command, whatever stream it is recorded in. */
export interface Settled {
  readonly decided: true;
  /** The same key and body had been decided before: this is the first answer. */
  readonly replayed: boolean;
  readonly position: Position;
}

/** By the path of the party in the request: `/ultimateConsignee/ultimateParent`. */
export interface NearMatches {
  readonly pointer: string;
  readonly name: string;
  readonly companies: readonly NearMatch[];
}

/** What a reservation would come to now. */
export interface DeterminationAnswer {
  readonly determination: Determined;
  readonly balanceAfter: LineBalance;
  /** Registered companies whose names are near a party's that is not registered: perhaps a misspelling. */
  readonly nearMatches: readonly NearMatches[];
  /** Why it would be refused, with what the line has left (null without a cap); null if it would be accepted. */
  readonly refusal: {
    readonly code: RefusalCode;
    readonly reasons: readonly Reason[];
    readonly availableMilliTpp: MilliTpp | null;
  } | null;
}
