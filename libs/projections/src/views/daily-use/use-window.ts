/** What was used of a line on one UTC day. */
export interface UseDay {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** Change of exported + reserved, in thousandths of TPP. */
  readonly milliTpp: number;
  /** Events that used something. */
  readonly debits: number;
}

/** Days that a forecast looks back on, today included. */
export const windowDays = 90;

const dayMs = 86_400_000;

/** The number of a UTC day, `YYYY-MM-DD`, since 1970. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMs;
}

/** The UTC day of a number of `dayNumber`. */
export function dayOfNumber(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/** The use of a line on the 90 days up to the newest one it was told of. Days before are forgotten. */
export class UseWindow {
  readonly #milliTpp = new Float64Array(windowDays);
  readonly #debits = new Float64Array(windowDays);
  #last = -Infinity;

  /** @param number of `dayNumber` */
  add(number: number, milliTpp: number, debits: number): void {
    this.advance(number);
    if (number <= this.#last - windowDays) return;
    const slot = slotOf(number);
    this.#milliTpp[slot] = (this.#milliTpp[slot] ?? 0) + milliTpp;
    this.#debits[slot] = (this.#debits[slot] ?? 0) + debits;
  }

  /** The window ends with this day now, unless it ended later. */
  advance(number: number): void {
    if (number <= this.#last) return;
    const first = Math.max(this.#last + 1, number - windowDays + 1);
    for (let each = first; each <= number; each += 1) {
      const slot = slotOf(each);
      this.#milliTpp[slot] = 0;
      this.#debits[slot] = 0;
    }
    this.#last = number;
  }

  get milliTpp(): number {
    return this.#milliTpp.reduce((sum, each) => sum + each, 0);
  }

  get debits(): number {
    return this.#debits.reduce((sum, each) => sum + each, 0);
  }
}

function slotOf(number: number): number {
  return ((number % windowDays) + windowDays) % windowDays;
}

/**
 * The use of each of the 90 days up to a day, the oldest first (thousandths of TPP), and how many events used something.
 * @param uses others than those of the window may be among them
 * @param number of `dayNumber`
 */
export function windowUpTo(number: number, uses: readonly UseDay[]): { readonly days: readonly number[]; readonly debits: number } {
  const days = new Array<number>(windowDays).fill(0);
  let debits = 0;
  for (const use of uses) {
    const index = dayNumber(use.day) - number + windowDays - 1;
    if (index < 0 || index >= windowDays) continue;
    days[index] = use.milliTpp;
    debits += use.debits;
  }
  return { days, debits };
}
