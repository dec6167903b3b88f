/**
 * A place in the log. Events have the same commit and prepare position. A checkpoint between two events has the
 * commit position of the one that is still to come, and a prepare position before it: both matter.
 */
export interface LogPosition {
  readonly commit: number;
  readonly prepare: number;
}

export const beforeAll: LogPosition = { commit: -1, prepare: -1 };

export function isBefore(a: LogPosition, b: LogPosition): boolean {
  return a.commit < b.commit || (a.commit === b.commit && a.prepare < b.prepare);
}

export function later(a: LogPosition, b: LogPosition): LogPosition {
  return isBefore(a, b) ? b : a;
}

export function positionOf(event: { readonly position: number }): LogPosition {
  return { commit: event.position, prepare: event.position };
}
