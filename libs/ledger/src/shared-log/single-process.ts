import type { Position } from '../events/stored-event.js';
import type { Processes } from './processes.js';

const nothing: ReadonlyMap<string, readonly Position[]> = new Map();

/** The log is of this process alone: nobody else writes, and the store answers in the end. */
export class SingleProcess implements Processes {
  readonly waitMsMax = Infinity;
  readonly answerMsMax = Infinity;
  readonly indexFollows = undefined;
  readonly claims = undefined;

  catchUp(): undefined {
    return undefined;
  }

  decidedByNow(): ReadonlyMap<string, readonly Position[]> {
    return nothing;
  }

  wakesAt(at: number): number {
    return at;
  }
}
