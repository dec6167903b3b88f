import { instantMs } from '../dates/instant.js';
import { fromTpp, noTpp, type MilliTpp } from '../milli-tpp.js';
import type { ScheduleStep } from '../document/route-settings.js';

interface Step {
  readonly name: string;
  readonly fromMs: number;
  readonly limit: MilliTpp;
  readonly citation: string;
}

/** A limit that changes at dates: each step holds until the next one, before the first nothing is permitted. */
export class Schedule {
  readonly #steps: readonly Step[];

  constructor(steps: readonly ScheduleStep[]) {
    this.#steps = steps
      .map(({ name, from, tpp, citation }) => ({ name, fromMs: instantMs(from) ?? NaN, limit: fromTpp(tpp), citation }))
      .sort((a, b) => a.fromMs - b.fromMs);
  }

  at(atMs: number): MilliTpp {
    return this.stepAt(atMs)?.limit ?? noTpp;
  }

  stepAt(atMs: number): Step | undefined {
    return this.#steps.findLast(({ fromMs }) => fromMs <= atMs);
  }

  /** The first moment after `afterMs` at which the limit changes; undefined if none does. */
  nextChange(afterMs: number): number | undefined {
    return this.#steps.find(({ fromMs }) => fromMs > afterMs)?.fromMs;
  }
}
