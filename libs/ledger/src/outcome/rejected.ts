import type { Reason } from '#rulebook';

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
  readonly revision?: number;
}

export function rejected(code: RejectionCode, detail: string): Rejected {
  return { decided: false, code, detail };
}

/** Names the member of the request that is at fault by its JSON pointer. */
export function rejectedAt(code: RejectionCode, pointer: string, message: string): Rejected {
  return { ...rejected(code, message), errors: [{ pointer, message }] };
}

/** The answer to a decision without a key. */
export function keyMissing(): Rejected {
  return rejected('idempotency-key-missing', 'Send an Idempotency-Key header: it makes a repeated request safe.');
}

/** The answer while the store cannot serve: its error says why. */
export function unavailable({ code, message }: { readonly code: string; readonly message: string }): Rejected {
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
