import type { LineBalance, LineCounts } from '#ledger';
import { milliTpp, type Consignee, type Route, type RouteFacts } from '#rulebook';

export interface LineNow {
  balance: LineBalance;
  counts: LineCounts;
}

export interface HoldNow {
  readonly destination: string;
  readonly exporter: string;
  readonly line: string;
  readonly route: Route;
  readonly consignee: Consignee | null;
  readonly facts: RouteFacts | undefined;
  held: number;
  revision: number;
}

/** Where the lines and holds of a sample log stand. */
export class SampleAccount {
  readonly holds = new Map<string, HoldNow>();
  /** The line that each export was posted on. */
  readonly exportLines = new Map<string, string>();
  readonly #lines = new Map<string, LineNow>();
  readonly #capMilliTpp: number;

  constructor(capMilliTpp: number) {
    this.#capMilliTpp = capMilliTpp;
  }

  hold(name: string): HoldNow {
    const hold = this.holds.get(name);
    if (!hold) throw new Error(`The sample log has no open hold ${name}.`);
    return hold;
  }

  line(line: string): LineNow {
    let now = this.#lines.get(line);
    if (!now) {
      const allocation = milliTpp(this.#capMilliTpp);
      now = {
        balance: { allocation, exported: milliTpp(0), reserved: milliTpp(0) },
        counts: { exports: 0, openReservations: 0, refusals: 0 },
      };
      this.#lines.set(line, now);
    }
    return now;
  }

  change(
    line: string,
    balance: { allocation?: number | null; exported?: number; reserved?: number },
    counts: Partial<LineCounts>,
  ): void {
    const now = this.line(line);
    now.balance = { ...now.balance, ...balance } as LineBalance;
    now.counts = { ...now.counts, ...counts };
  }
}
