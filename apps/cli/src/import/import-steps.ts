import type { RecordedShipment } from '../access/recorded-shipment.js';
import type { IdentifiedRow } from './identify-rows.js';
import type { ShipmentRow } from './plan-import.js';
import { differences, ResemblingShipments, type Resemblance } from './resembling-shipments.js';
import { normalText } from './row-keys.js';

/** What is done with a row. */
export type ImportStep =
  /** Recorded before, and now filed if `itn` is given. */
  | { readonly do: 'nothing' | 'file'; readonly row: ShipmentRow; readonly recorded: RecordedShipment }
  /** Refused before: the first answer is asked for again. */
  | { readonly do: 'ask-again'; readonly row: ShipmentRow; readonly key: string; readonly recorded: RecordedShipment }
  /** Reverses what the row corrects, if it corrects anything. */
  | { readonly do: 'send'; readonly row: ShipmentRow; readonly key: string; readonly corrects?: RecordedShipment }
  /** Needs a decision of people. */
  | { readonly do: 'hold-back'; readonly row: ShipmentRow; readonly reason: HeldBack; readonly detail: string }
  /** Recorded before with other facts. */
  | { readonly do: 'reject'; readonly row: ShipmentRow; readonly recorded: RecordedShipment };

export type HeldBack = 'looks-recorded' | 'correction' | 'ambiguous-correction';

export interface StepOptions {
  /** Records what looks like a shipment recorded before. */
  readonly again: boolean;
  /** Makes corrections that are clear, or only of the exports that are named. */
  readonly correct: false | 'clear' | ReadonlySet<string>;
  /** Decides refused rows anew. */
  readonly retryRefused: boolean;
}

/**
 * What to do with each row. A row is never sent twice: neither under another key for the same meaning, nor where it looks
 * like, or corrects, what stands already.
 * @param recorded everything that stands, by exporter
 */
export function planSteps(
  rows: readonly IdentifiedRow[],
  recorded: Iterable<readonly [string, readonly RecordedShipment[]]>,
  options: StepOptions,
): readonly ImportStep[] {
  const known = new Set(rows.map((row) => row.recorded?.id));
  const resembling = new ResemblingShipments(recorded, ({ id }) => known.has(id));
  return rows.map((identified): ImportStep => {
    const { row, key, recorded: before, retryKey } = identified;
    if (before === undefined) return stepOfNew(row, key, resembling.of(row.action.body), options);
    if (before.status === 'reversed' && retryKey !== undefined) {
      // It was corrected, and is right after all.
      const { corrects } = resembling.of(row.action.body);
      if (corrects.length > 0) return stepOfCorrection(row, retryKey, corrects, options.correct, correctedBefore);
    }
    if (before.status !== 'refused') return stepOfKnown(row, before);
    if (options.retryRefused && retryKey !== undefined) {
      return stepOfNew(row, retryKey, resembling.of(row.action.body), options);
    }
    return { do: identified.isAskable ? 'ask-again' : 'nothing', row, key, recorded: before };
  });
}

function stepOfKnown(row: ShipmentRow, recorded: RecordedShipment): ImportStep {
  const { items, itn } = row.action.body;
  const [{ tppPerUnit }] = items;
  if (tppPerUnit !== undefined && recorded.items.some((item) => item.tppPerUnit !== tppPerUnit)) {
    return { do: 'reject', row, recorded };
  }
  const isFiled = itn === undefined || recorded.itn !== null || recorded.status !== 'posted';
  return { do: isFiled ? 'nothing' : 'file', row, recorded };
}

function stepOfNew(row: ShipmentRow, key: string, { corrects, alike }: Resemblance, options: StepOptions): ImportStep {
  if (corrects.length > 0) return stepOfCorrection(row, key, corrects, options.correct);
  if (alike.length === 0 || options.again) return { do: 'send', row, key };
  const what = row.action.action === 'export' ? 'exporter, item, quantity, destination and day' : 'exporter, item, quantity and destination';
  const detail =
    `Looks like a shipment recorded before: ${listed(alike)} (same ${what}, no other reference). ` +
    'Nothing was sent. If it is a further shipment, give it a reference of its own or import with --again.' +
    adviceOnItn(row, alike);
  return { do: 'hold-back', row, reason: 'looks-recorded', detail };
}

/**
 * A row of a file that was imported by its text, and looks otherwise by now, may be an export that still lacks its ITN:
 * that of its own reference, if one has it.
 */
function adviceOnItn({ action }: ShipmentRow, alike: readonly RecordedShipment[]): string {
  const { itn, reference } = action.body;
  const unfiled = alike.filter((shipment) => shipment.kind === 'export' && shipment.itn === null);
  const ofReference = unfiled.filter((shipment) => shipment.reference !== null && normalText(shipment.reference) === normalText(reference));
  const [only, ...others] = ofReference.length > 0 ? ofReference : unfiled;
  if (itn === undefined || only === undefined) return '';
  if (others.length > 0) return ` If it is one of those that lack an ITN, record it on that one: quota filing <export id> --itn ${itn}.`;
  return ` If it is export ${only.id}, record its ITN: quota filing ${only.id} --itn ${itn}.`;
}

function stepOfCorrection(
  row: ShipmentRow,
  key: string,
  corrects: readonly RecordedShipment[],
  correct: StepOptions['correct'],
  otherwise = reverseYourself(corrects),
): ImportStep {
  const chosen = corrects.filter(({ id }) => (correct === 'clear' ? corrects.length === 1 : correct !== false && correct.has(id)));
  const [only, ...others] = chosen;
  if (only !== undefined && others.length === 0) return { do: 'send', row, key, corrects: only };
  const said = corrects.map((posted) => `export ${posted.id} (${differences(posted, row.action.body).join('; ')})`).join(', ');
  if (corrects.length > 1) {
    const detail = `May correct ${said}. Nothing was sent. Name the one that it corrects with --correct <export id>.`;
    return { do: 'hold-back', row, reason: 'ambiguous-correction', detail };
  }
  const detail = `Corrects ${said}. Nothing was sent. Import with --correct to reverse that export and record this row${otherwise}`;
  return { do: 'hold-back', row, reason: 'correction', detail };
}

function reverseYourself([first]: readonly RecordedShipment[]): string {
  return `, or reverse it yourself (POST /v1/exports/${first?.id ?? ''}/reversal with the code misreported) and import the file again.`;
}

/** Once nothing stands that it corrects, such a row is only known as reversed. */
const correctedBefore = '. It was recorded before and corrected since, so it is recorded anew with --correct only.';

function listed(shipments: readonly RecordedShipment[]): string {
  const shown = shipments.slice(0, 3).map(({ kind, id }) => `${kind} ${id}`);
  return shipments.length > shown.length ? `${shown.join(', ')} and ${shipments.length - shown.length} more` : shown.join(', ');
}
