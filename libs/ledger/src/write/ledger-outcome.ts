import type { Determined, MilliTpp, Reason } from '#rulebook';
import type { NearMatch } from '../events/company-event.js';
import type { ExportDebited, LineBalance, LineEvent, RefusalCode } from '../events/ledger-event.js';
import type { Reservation } from '../line/entries.js';
import type { Position, Revision, StoreUnavailable } from '../event-store/event-store.js';

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

/** Nothing was recorded and the key stays free. */
export interface Rejected {
  readonly decided: false;
  readonly code: RejectionCode;
  /** What happened and what to do, for people. */
  readonly detail: string;
  /** Members of the request that are at fault, as JSON pointers. */
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  /** Only for `contradictory-facts`: what cannot both be true, by which paragraph. */
  readonly reasons?: readonly Reason[];
  /** Only for `version-mismatch`: the revision to use. */
  readonly revision?: Revision;
}

export function rejected(code: RejectionCode, detail: string): Rejected {
  return { decided: false, code, detail };
}

/** The answer to a decision without a key. */
export function keyMissing(): Rejected {
  return rejected('idempotency-key-missing', 'Send an Idempotency-Key header: it makes a repeated request safe.');
}

/** The answer while the store cannot serve. */
export function unavailable({ code, message }: StoreUnavailable): Rejected {
  return rejected(code === 'storage-full' ? 'storage-full' : 'store-unavailable', message);
}

/** Whether the machine cannot take it now, whatever is asked. */
export function isForNow({ code }: Rejected): boolean {
  return code === 'busy' || code === 'storage-full' || code === 'store-unavailable';
}

/** The answer where other processes may have recorded what is asked for, and the views do not know yet. */
export function indexBehind(): Rejected {
  return rejected('busy', 'The views of this process are too far behind the log to know what others recorded: try again in a second.');
}

export type RejectionCode =
  // the request cannot be understood under the rulebook
  | 'invalid-request'
  | 'idempotency-key-missing'
  | 'unknown-destination'
  | 'unknown-chip'
  | 'not-an-export'
  | 'classification-unknown'
  | 'contradictory-facts'
  | 'not-in-this-rulebook'
  // what it addresses does not allow it
  | 'reservation-not-found'
  | 'export-not-found'
  | 'alert-not-found'
  | 'company-not-found'
  | 'company-exists'
  | 'company-merged'
  | 'alias-taken'
  | 'invalid-merger'
  | 'authorisation-not-found'
  | 'authorisation-not-allowed'
  | 'authorisation-exists'
  | 'authorisation-ended'
  | 'reservation-closed'
  | 'exceeds-hold'
  | 'exceeds-installed'
  | 'attrition-not-credited'
  | 'line-not-found'
  | 'already-reversed'
  | 'itn-recorded'
  | 'nothing-to-change'
  | 'reversal-window-closed'
  | 'version-mismatch'
  | 'idempotency-key-reused'
  // the machine cannot take it now
  | 'busy'
  | 'storage-full'
  | 'store-unavailable';

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
