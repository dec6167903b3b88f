import type { Position, RulebookAdopted } from '#ledger';
import type { Body } from '#wire';

export function adoptedBody({ hash, recordedAt, document }: RulebookAdopted, position: Position, inForce: boolean): Body<'RulebookSummary'> {
  const { id, version, title, citation, period } = document;
  return { id, version, hash, title, citation, period, adoptedAt: recordedAt, position: String(position), inForce };
}
