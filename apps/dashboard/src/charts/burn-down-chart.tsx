import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { dayOf, grouped, scaled } from '../format.js';
import { burnDown, margin, type Day } from './burn-down.js';

interface Shown {
  readonly days: readonly Day[];
  readonly period: { readonly from: string; readonly to: string };
  readonly name: string;
}

const height = 300;

/** What was exported and reserved until today, under the cap; the same numbers as a table below. */
export function BurnDownChart({ days, period, name }: Shown) {
  const place = useRef<HTMLDivElement>(null);
  const width = useSignal(640);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => (width.value = Math.max(240, Math.round(element.clientWidth))));
    observer.observe(element);
    return () => observer.disconnect();
  }, [width]);
  const last = days.at(-1);
  if (!last) return null;
  const drawn = burnDown(days, period, width.value, height);
  const text = (tpp: number): string => `${scaled(tpp).figure} ${scaled(tpp).unit}`;
  return (
    <figure>
      <div ref={place}>
        <svg width={drawn.width} height={height} viewBox={`0 0 ${drawn.width} ${height}`} role="img" aria-label={`Use of the cap of ${name} until ${dayOf(last.date)}. The table below has the numbers.`}>
          <g class="axis">
            {drawn.marks.map(({ y, tpp }) => (
              <g key={tpp}>
                <line x1={margin.left} x2={drawn.width - margin.right} y1={y} y2={y} />
                <text x={drawn.width - margin.right + 6} y={y + 4}>
                  {text(tpp)}
                </text>
              </g>
            ))}
            {drawn.years.map(({ x, text: year }) => (
              <text key={year} x={x} y={height - 6}>
                {year}
              </text>
            ))}
          </g>
          <path d={drawn.exported} fill="var(--exported)" />
          <path d={drawn.reserved} fill="url(#hatch)" />
          <Today day={last} x={drawn.todayX} yOf={drawn.yOf} />
          <path d={drawn.pace} fill="none" stroke="var(--ink-3)" stroke-dasharray="4 4" />
          <path d={drawn.cap} fill="none" stroke="var(--ink)" stroke-width="1.5" />
          {last.allocation !== null && (
            <text class="label" x={margin.left} y={drawn.yOf(last.allocation) - 6} fill="var(--ink)">
              cap {text(last.allocation)} TPP
            </text>
          )}
          <line x1={drawn.todayX} x2={drawn.todayX} y1={margin.top} y2={height - margin.bottom} stroke="var(--accent)" />
          <text class="label" x={drawn.todayX} y={height - margin.bottom - 4} dx={drawn.todayX > drawn.width / 2 ? -4 : 4} text-anchor={drawn.todayX > drawn.width / 2 ? 'end' : 'start'} fill="var(--accent)">
            today
          </text>
        </svg>
      </div>
      <HistoryTable days={days} name={name} />
    </figure>
  );
}

function HistoryTable({ days, name }: Pick<Shown, 'days' | 'name'>) {
  return (
    <details>
      <summary>The same as a table</summary>
      <div class="wide" tabIndex={0} role="region" aria-label={`History of ${name}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" class="num">
                Cap
              </th>
              <th scope="col" class="num">
                Exported
              </th>
              <th scope="col" class="num">
                Reserved
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.date}>
                <th scope="row">{dayOf(day.date)}</th>
                <td class="num">{day.allocation === null ? 'none' : grouped(day.allocation)}</td>
                <td class="num">{grouped(day.exported)}</td>
                <td class="num">{grouped(day.reserved)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** What stands today, wide enough to be seen where all of it came on this day. */
function Today({ day: { exported, reserved }, x, yOf }: { readonly day: Day; readonly x: number; readonly yOf: (tpp: number) => number }) {
  return (
    <>
      <rect x={x - 4} width="4" y={yOf(exported)} height={yOf(0) - yOf(exported)} fill="var(--exported)" />
      <rect x={x - 4} width="4" y={yOf(exported + reserved)} height={yOf(exported) - yOf(exported + reserved)} fill="url(#hatch)" />
    </>
  );
}
