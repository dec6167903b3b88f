import type { CompanyLookup, Party } from '#rulebook';
import type { NearMatch } from '../events/company-event.js';
import type { Issued } from '../line/line-command.js';
import type { Rejected } from '../outcome/rejected.js';

/** What the decisions about lines ask of the register of companies. */
export interface CompanyPort {
  /** The registered company whose id or alias matches the party; after a merger the survivor. */
  readonly lookup: CompanyLookup;
  /**
   * Registers a party by its name, before anything is recorded on a line of its own, or fills in headquarters that nobody
   * had stated. Does nothing if that is done by then. Left out: no register is kept, and lines go by the slug of the name.
   */
  readonly register?: (party: Party, issued: Issued) => Promise<Rejected | undefined>;
  /** Takes in what other instances wrote: a company may be another one by now. */
  readonly refresh?: () => Promise<void>;
  /** Companies whose names are near the party's, which may be a misspelling of one of them. */
  readonly nearMatches?: (party: Party) => readonly NearMatch[];
}
