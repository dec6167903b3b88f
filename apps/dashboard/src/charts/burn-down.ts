import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';

/** A day of a line's history; amounts in TPP. */
export interface Day {
  readonly date: string;
  readonly allocation: number | null;
  readonly reserved: number;
  readonly exported: number;
}

/** Days as `YYYY-MM-DD`. */
export interface Expected {
  readonly from: string;
  readonly expected: string;
  readonly to: string | null;
}

export interface Range {
  readonly from: string;
  readonly to: string;
}

export interface Asked {
  /** In order, at least one; the last one is the day that is shown. */
  readonly days: readonly Day[];
  readonly period: Range;
  /** What of the period is drawn. */
  readonly range: Range;
  /** When nothing will be left; null without a forecast. */
  readonly expected: Expected | null;
}

export interface Geometry {
  /** With a cap: what was left. Without one: what was exported. */
  readonly lower: string;
  /** The upper edge of `lower`. */
  readonly edge: string;
  /** What was reserved, on top of it. */
  readonly reserved: string;
  /** The cap, with its changes; empty without one. */
  readonly cap: string;
  /** Even use of today's cap until the end of the period; empty without one. */
  readonly pace: string;
  /** From what is left today to the days on which eight of ten futures have nothing left. */
  readonly band: string;
  readonly todayX: number;
  readonly xOf: (day: string) => number;
  readonly yOf: (tpp: number) => number;
  readonly dates: readonly { readonly x: number; readonly date: Date }[];
  readonly marks: readonly { readonly y: number; readonly tpp: number }[];
}

export const margin = { top: 22, right: 96, bottom: 24, left: 8 } as const;
/** On a phone, for fewer labels. */
const narrow = 500;

/** The lines of the chart of one line's use, for the size that it has in pixels. */
export function burnDown({ days, period, range, expected }: Asked, width: number, height: number): Geometry {
  const last = days.at(-1) ?? { date: range.from, allocation: null, reserved: 0, exported: 0 };
  const isCapped = last.allocation !== null;
  const lowerOf = ({ allocation, exported, reserved }: Day): number => (isCapped ? Math.max(0, (allocation ?? 0) - exported - reserved) : exported);
  const shown = days.filter(({ date }, index) => date >= range.from || (days[index + 1]?.date ?? '') > range.from);
  const most = Math.max(1, ...shown.map((day) => Math.max(isCapped ? (day.allocation ?? 0) : 0, lowerOf(day) + day.reserved)));
  const x = scaleUtc([new Date(range.from), new Date(range.to)], [margin.left, width - margin.right]).clamp(true);
  const y = scaleLinear([0, most], [height - margin.bottom, margin.top]);
  const xOf = (day: string): number => x(new Date(day));
  const band = area<Day>()
    .x(({ date }) => xOf(date))
    .curve(curveStepAfter);
  const edge = line<Day>((day) => xOf(day.date), (day) => y(lowerOf(day))).curve(curveStepAfter);
  const cap = line<Day>((day) => xOf(day.date), (day) => y(day.allocation ?? 0)).curve(curveStepAfter);
  const end = { ...last, date: range.to };
  return {
    lower: band.y0(y(0)).y1((day) => y(lowerOf(day)))([...shown]) ?? '',
    edge: edge([...shown]) ?? '',
    reserved: band.y0((day) => y(lowerOf(day))).y1((day) => y(lowerOf(day) + day.reserved))([...shown]) ?? '',
    cap: isCapped ? (cap([...shown.filter(({ allocation }) => allocation !== null), end]) ?? '') : '',
    pace: last.allocation === null ? '' : paceOf(last.allocation, period, range, xOf, y),
    band: expected && isCapped ? bandOf(last.date, lowerOf(last), expected, range, xOf, y) : '',
    todayX: xOf(last.date),
    xOf,
    yOf: y,
    dates: x.ticks(width < narrow ? 3 : 6).map((date) => ({ x: x(date), date })),
    marks: y.ticks(4).map((tpp) => ({ y: y(tpp), tpp })),
  };
}

type X = (day: string) => number;
type Y = (tpp: number) => number;
const ms = (day: string): number => Date.parse(day);

function paceOf(allocation: number, period: Range, range: Range, xOf: X, y: Y): string {
  const left = (day: string): number => allocation * (1 - (ms(day) - ms(period.from)) / (ms(period.to) - ms(period.from)));
  const [first, last] = [range.from > period.from ? range.from : period.from, range.to < period.to ? range.to : period.to];
  return `M${xOf(first)} ${y(left(first))}L${xOf(last)} ${y(left(last))}`;
}

/** A bound that is later than what is drawn is cut where the drawing ends. */
function bandOf(today: string, left: number, { from, expected, to }: Expected, range: Range, xOf: X, y: Y): string {
  // Without an upper bound it is taken to be as far from the expected day as the lower one.
  const latest = to === null ? 2 * ms(expected) - ms(from) : ms(to);
  const at = (dayMs: number): string => {
    const endMs = ms(range.to);
    if (dayMs <= endMs) return `${xOf(new Date(dayMs).toISOString())} ${y(0)}`;
    return `${xOf(range.to)} ${y(left * (1 - (endMs - ms(today)) / (dayMs - ms(today))))}`;
  };
  const corner = latest > ms(range.to) && ms(from) <= ms(range.to) ? `L${xOf(range.to)} ${y(0)}` : '';
  return `M${xOf(today)} ${y(left)}L${at(ms(from))}${corner}L${at(latest)}Z`;
}
