import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line, stack } from 'd3-shape';

/** A day of a line's history; amounts in TPP. */
export interface Day {
  readonly date: string;
  readonly allocation: number | null;
  readonly reserved: number;
  readonly exported: number;
}

export interface Geometry {
  readonly width: number;
  readonly height: number;
  /** Outlines of what was exported, and of what was reserved on top of it. */
  readonly exported: string;
  readonly reserved: string;
  /** The cap, with its changes. */
  readonly cap: string;
  /** Even use of today's cap until the end of the period. */
  readonly pace: string;
  readonly todayX: number;
  readonly yOf: (tpp: number) => number;
  readonly years: readonly { readonly x: number; readonly text: string }[];
  readonly marks: readonly { readonly y: number; readonly tpp: number }[];
}

export const margin = { top: 22, right: 64, bottom: 22, left: 8 } as const;

/**
 * The lines of the chart of one line's use, for the width that it has.
 * @param days in order, at least one
 */
export function burnDown(days: readonly Day[], period: { readonly from: string; readonly to: string }, width: number, height: number): Geometry {
  const last = days.at(-1) ?? { date: period.from, allocation: null, reserved: 0, exported: 0 };
  const most = Math.max(1, ...days.map(({ allocation, exported, reserved }) => Math.max(allocation ?? 0, exported + reserved)));
  const x = scaleUtc([new Date(period.from), new Date(period.to)], [margin.left, width - margin.right]);
  const y = scaleLinear([0, most], [height - margin.bottom, margin.top]);
  const at = (day: Day): number => x(new Date(day.date));
  const [exported, reserved] = stack<Day, 'exported' | 'reserved'>().keys(['exported', 'reserved'])([...days]);
  const band = area<{ readonly data: Day; readonly 0: number; readonly 1: number }>()
    .x(({ data }) => at(data))
    .y0((each) => y(each[0]))
    .y1((each) => y(each[1]));
  const capped = days.filter(({ allocation }) => allocation !== null);
  const cap = line<readonly [number, number]>()(stepped(capped.map((day) => [at(day), y(day.allocation ?? 0)]), x(new Date(period.to))));
  const firstYear = new Date(period.from).getUTCFullYear();
  const count = new Date(period.to).getUTCFullYear() - firstYear + 1;
  return {
    width,
    height,
    exported: band((exported ?? []) as never) ?? '',
    reserved: band((reserved ?? []) as never) ?? '',
    cap: cap ?? '',
    pace: last.allocation === null ? '' : `M${x(new Date(period.from))} ${y(0)}L${x(new Date(period.to))} ${y(last.allocation)}`,
    todayX: at(last),
    yOf: y,
    years: Array.from({ length: count }, (_, index) => ({ x: Math.max(margin.left, x(Date.UTC(firstYear + index, 0, 1))), text: String(firstYear + index) })),
    marks: y.ticks(4).filter((tpp) => tpp > 0).map((tpp) => ({ y: y(tpp), tpp })),
  };
}

/** Level until it changes, and on to the end of the period. */
function stepped(points: readonly (readonly [number, number])[], endX: number): readonly (readonly [number, number])[] {
  const steps = points.flatMap((point, index) => {
    const before = points[index - 1];
    return before ? [[point[0], before[1]] as const, point] : [point];
  });
  const last = steps.at(-1);
  return last ? [...steps, [endX, last[1]] as const] : [];
}
