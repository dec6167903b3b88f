import { decodeEvent, lineOfStream, type LedgerEvent, type LineEvent, type StoredEvent } from '#ledger';
import type { View } from '../views/view.js';

type Fold = (event: LedgerEvent, stored: StoredEvent, line: string) => void;

/** Events that stand in another stream than that of a line, all of them: a new one must be told apart here. */
const ofNoLine: Readonly<Record<Exclude<LedgerEvent['type'], LineEvent['type']>, true>> = {
  AlertRaised: true, AlertClosed: true, AlertAcknowledged: true,
  CompanyRegistered: true, CompanyAmended: true, CompaniesMerged: true,
  AuthorisationGranted: true, AuthorisationAmended: true, AuthorisationRevoked: true,
  WeightExportRecorded: true, WeightExportRefused: true,
  ObligationFulfilled: true, RulebookAdopted: true, LineChosen: true, LossAccepted: true,
};

/** Hands each event to the views that fold it, in their order. */
export class EventFolds {
  readonly #views: readonly View[];
  readonly #byType = new Map<LedgerEvent['type'], readonly Fold[]>();

  constructor(views: readonly View[]) {
    this.#views = views;
  }

  /**
   * Returns when the event was recorded.
   * @throws UnknownEvent for an event that this build cannot read
   * @throws Error for an event of a line that stands in another stream
   */
  fold(stored: StoredEvent): string {
    const event = decodeEvent(stored.json);
    const line = event.type in ofNoLine ? '' : lineOfStream(stored.stream);
    if (line === undefined) {
      throw new Error(`A ${stored.type} at position ${stored.position} stands in stream ${stored.stream}, where none belongs.`);
    }
    for (const fold of this.#byType.get(event.type) ?? this.#remember(event.type)) fold(event, stored, line);
    return event.recordedAt;
  }

  #remember(type: LedgerEvent['type']): readonly Fold[] {
    const found = this.#views.flatMap(({ folds = {} }) => [
      folds.everyEvent,
      ...(type in ofNoLine ? [] : [folds.everyLineEvent]),
      folds[type],
    ]);
    const folds = found.filter((fold) => fold !== undefined) as readonly Fold[];
    this.#byType.set(type, folds);
    return folds;
  }
}
