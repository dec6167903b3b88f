/** So many futures are drawn. */
export const draws = 2_000;
/** A future is put together from weeks of the past, so that days of one week stay together. */
export const blockDays = 7;
/** The futures are the same each time: the number of the rule, 90 FR 4544. */
export const seed = 4544;

const lowest = 0.1;
const highest = 0.9;

/** A figure below which a tenth of the futures is, and one above which a tenth is. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Blocks of consecutive days of the past, by their first day. */
class Blocks {
  readonly count: number;
  readonly #sums: Float64Array;
  readonly #peaks: Float64Array;

  constructor(private readonly days: readonly number[]) {
    this.count = Math.max(1, days.length - blockDays + 1);
    this.#sums = new Float64Array(this.count);
    this.#peaks = new Float64Array(this.count);
    for (let first = 0; first < this.count; first += 1) {
      let sum = 0;
      let peak = -Infinity;
      for (let day = 0; day < blockDays; day += 1) {
        sum += this.at(first, day);
        peak = Math.max(peak, sum);
      }
      this.#sums[first] = sum;
      this.#peaks[first] = peak;
    }
  }

  at(first: number, day: number): number {
    return this.days[first + day] ?? 0;
  }

  sum(first: number): number {
    return this.#sums[first] ?? 0;
  }

  /** The most that is used on any day since the block's begin. */
  peak(first: number): number {
    return this.#peaks[first] ?? 0;
  }

  /** Days (from 1) until the use reaches an amount; the block's peak does. */
  daysTo(first: number, amount: number): number {
    let sum = 0;
    for (let day = 0; day < blockDays; day += 1) {
      sum += this.at(first, day);
      if (sum >= amount) return day + 1;
    }
    return blockDays;
  }
}

/**
 * When use that goes on as on the days of the past reaches amounts: for each amount, days from today (1 is tomorrow) in the tenth and in
 * the ninetieth percentile of 2,000 futures; `Infinity` beyond the horizon.
 * @param days the use of each day of the past, the oldest first; an amount of any unit
 * @param amounts in ascending order, of the same unit, above 0
 * @param horizonDays how far to look
 */
export function daysToReach(days: readonly number[], amounts: readonly number[], horizonDays: number): readonly Interval[] {
  const blocks = new Blocks(days);
  const random = randomNumbers(seed);
  const reached = amounts.map(() => new Float64Array(draws).fill(Infinity));
  for (let draw = 0; draw < draws; draw += 1) {
    let used = 0;
    let next = 0;
    for (let day = 0; day < horizonDays && next < amounts.length; day += blockDays) {
      const first = Math.floor(random() * blocks.count);
      for (let amount = amounts[next]; amount !== undefined && used + blocks.peak(first) >= amount; amount = amounts[next]) {
        const at = day + blocks.daysTo(first, amount - used);
        const days = reached[next];
        if (days && at <= horizonDays) days[draw] = at;
        next += 1;
      }
      used += blocks.sum(first);
    }
  }
  return reached.map(intervalOf);
}

/**
 * How much is used in the next days if use goes on as on the days of the past, in the unit of these.
 * @param horizons numbers of days, in ascending order
 */
export function useIn(days: readonly number[], horizons: readonly number[]): readonly Interval[] {
  const blocks = new Blocks(days);
  const random = randomNumbers(seed);
  const used = horizons.map(() => new Float64Array(draws));
  for (let draw = 0; draw < draws; draw += 1) {
    let sum = 0;
    let day = 0;
    let first = 0;
    for (const [index, horizon] of horizons.entries()) {
      for (; day < horizon; day += 1) {
        if (day % blockDays === 0) first = Math.floor(random() * blocks.count);
        sum += blocks.at(first, day % blockDays);
      }
      const of = used[index];
      if (of) of[draw] = sum;
    }
  }
  return used.map(intervalOf);
}

function intervalOf(values: Float64Array): Interval {
  values.sort();
  const at = (share: number): number => values[Math.ceil(share * draws) - 1] ?? Infinity;
  return { low: at(lowest), high: at(highest) };
}

/** Mulberry32: numbers from 0 to below 1, always the same for a seed. */
function randomNumbers(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
