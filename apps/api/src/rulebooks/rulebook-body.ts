import type { Position, RulebookAdopted } from '#ledger';

/** A rulebook that was adopted, without its document. */
export interface AdoptedBody {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  readonly title: string;
  readonly citation: string;
  readonly period: RulebookAdopted['document']['period'];
  readonly adoptedAt: string;
  readonly position: string;
  readonly inForce: boolean;
}

export function adoptedBody({ hash, recordedAt, document }: RulebookAdopted, position: Position, inForce: boolean): AdoptedBody {
  const { id, version, title, citation, period } = document;
  return { id, version, hash, title, citation, period, adoptedAt: recordedAt, position: String(position), inForce };
}
