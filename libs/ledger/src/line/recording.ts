import type { LineEvent, Stated } from '../events/line-event.js';
import type { Answers, AnswersById } from '../events/recorded.js';
import type { Draft } from '../events/seal.js';
import type { Rejected } from '../outcome/rejected.js';
import type { PostedExport, Reservation } from './entries.js';
import type { Issued } from './line-command.js';
import { evolve, type LineFact, type LineState } from './line-state.js';

/** What `decide` may look at: the line, and the one entry that the command names. */
export interface LineContext {
  readonly state: LineState;
  /** `recordedAt` of the line's last event, in milliseconds: time never goes back within a line. */
  readonly lastRecordedAt: number;
  readonly reservation?: Reservation | undefined;
  readonly export?: PostedExport | undefined;
}

/**
 * Events that follow from a command, or why nothing is recorded. A refusal by the rules IS an event.
 * An empty list: what was wanted already holds.
 */
export type Decision = readonly Draft<LineEvent>[] | Rejected;

/** The fact as an event: completed with the state of the line after it. */
export function record({ state }: LineContext, fact: LineFact): readonly Draft<LineEvent>[] {
  const { balance, counts, suspended, capBasis, shares, closedInto, takenOver, declared } = evolve(state, fact);
  const draft: Draft<LineEvent> = Object.assign(fact, { balanceMilliTpp: balance, counts });
  if (suspended) Object.assign(draft, { suspended });
  if (capBasis === 'order') Object.assign(draft, { capBasis });
  if (shares !== undefined) Object.assign(draft, { shares });
  if (closedInto !== undefined) Object.assign(draft, { closedInto });
  if (takenOver !== undefined) Object.assign(draft, { takenOver });
  if (declared !== undefined) Object.assign(draft, { declared });
  return [draft];
}

/** The command that an event answers, where the event's own id is that of the command. */
export function answers({ identity }: Pick<Issued, 'identity'>): Answers {
  return {
    idempotencyKey: identity?.idempotencyKey ?? null,
    requestHash: identity?.requestHash ?? null,
  };
}

/** The command that an event answers, with its identity. */
export function answersById(issued: Pick<Issued, 'identity'>): AnswersById {
  return { commandId: issued.identity?.commandId ?? null, ...answers(issued) };
}

/** What the exporter stated; nothing where nothing was. */
export function stated({ facts, asked }: Stated): Stated {
  if (facts === undefined) return asked === undefined ? nothingStated : { asked };
  return asked === undefined ? { facts } : { facts, asked };
}

const nothingStated: Stated = {};

/** When what follows from a command is recorded, in milliseconds: later than its time where a clock was ahead before. */
export function recordedAtMs({ at }: Pick<Issued, 'at'>, { lastRecordedAt }: Pick<LineContext, 'lastRecordedAt'>): number {
  return Math.max(at, lastRecordedAt);
}

/** When, by whom and under which rulebook. */
export function stamp(command: Issued, context: LineContext) {
  const { principal, rulebook } = command;
  return { v: 1, recordedAt: new Date(recordedAtMs(command, context)).toISOString(), principal, rulebook } as const;
}
