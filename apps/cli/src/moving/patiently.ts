import { setTimeout as delay } from 'node:timers/promises';
import { OutcomeUnknown, StoreUnavailable } from '#ledger';
import { Unreachable } from '../exit-code.js';

const retryMsMin = 20;
const retryMsMax = 2000;

/** A store, and how long it may be away before it is given up. */
export interface PatientOptions {
  readonly name: string;
  readonly patienceMs: number;
}

/**
 * Does again what a store beyond a network could not do now, until patience is over.
 * @throws Unreachable then, and at once where waiting does not help: a full disk, a closed store
 */
export async function patiently<Result>({ name, patienceMs }: PatientOptions, work: () => Promise<Result>): Promise<Result> {
  const giveUpAt = performance.now() + patienceMs;
  for (let waitMs = retryMsMin; ; waitMs = Math.min(2 * waitMs, retryMsMax)) {
    try {
      return await work();
    } catch (error) {
      const isOut = error instanceof OutcomeUnknown || error instanceof StoreUnavailable;
      if (!isOut) throw error;
      const mayPass = error instanceof OutcomeUnknown || error.code === 'store-unavailable';
      if (!mayPass || performance.now() + waitMs > giveUpAt) {
        throw new Unreachable(`${name} cannot be used: ${error.message} Run the same command again afterwards: it continues where this one stopped.`);
      }
      await delay(waitMs);
    }
  }
}
