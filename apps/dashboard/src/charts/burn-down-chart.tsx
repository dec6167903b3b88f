import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { intervalText } from '../forecast-text.js';
import { dayOf, grouped, scaled } from '../format.js';
import { burnDown, margin, type Asked, type Day, type Expected, type Geometry } from './burn-down.js';

interface Shown extends Asked {
  readonly name: string;
}

const height = 320;
/** About as wide is the interval in words. */
const labelWidth = 170;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const thresholds = [
  { left: 0.2, text: 'watch 20 %', colour: 'watch' },
  { left: 0.1, text: 'critical 10 %', colour: 'critical' },
] as const;

/** What was left of the cap until today, and when nothing will be; the same numbers as a table below. */
export function BurnDownChart({ name, ...asked }: Shown) {
  const place = useRef<HTMLDivElement>(null);
  const width = useSignal(640);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => (width.value = Math.max(240, Math.round(element.clientWidth))));
    observer.observe(element);
    return () => observer.disconnect();
  }, [width]);
  const last = asked.days.at(-1);
  if (!last) return null;
  const { allocation } = last;
  const drawn = burnDown(asked, width.value, height);
  const right = width.value - margin.right;
  const isLate = drawn.todayX > right - 80;
  const label = allocation === null ? `Use of ${name}` : `What was left of the cap of ${name}`;
  return (
    <figure>
      <div ref={place}>
        <svg width={width.value} height={height} viewBox={`0 0 ${width.value} ${height}`} role="img" aria-label={`${label} until ${dayOf(last.date)}. The table below has the numbers.`}>
          <g class="axis">
            {drawn.marks.map(({ y, tpp }) => (
              <line key={tpp} x1={margin.left} x2={right} y1={y} y2={y} />
            ))}
            {drawn.dates.map(({ x, date }) => (
              <text key={x} x={x} y={height - 6} text-anchor={x > right - 30 ? 'end' : 'start'}>
                {months[date.getUTCMonth()]} {date.getUTCFullYear()}
              </text>
            ))}
          </g>
          <path d={drawn.lower} fill="var(--left)" />
          <path d={drawn.reserved} fill="url(#hatch)" />
          <path d={drawn.edge} fill="none" stroke="var(--exported)" stroke-width="2" />
          <path d={drawn.cap} fill="none" stroke="var(--ink-3)" />
          <path d={drawn.pace} fill="none" stroke="var(--ink-3)" stroke-dasharray="2 4" />
          {allocation !== null && allocation > 0 && thresholds.map(({ left, text, colour }) => <Threshold key={text} y={drawn.yOf(left * allocation)} right={right} text={text} colour={colour} />)}
          <path d={drawn.band} fill="var(--critical)" fill-opacity="0.22" />
          {asked.expected !== null && drawn.band !== '' && <BandLabel expected={asked.expected} allocation={allocation ?? 0} drawn={drawn} right={right} />}
          <g class="axis">
            {drawn.marks.map(({ y, tpp }) => (
              <text key={tpp} x={margin.left + 4} y={y - 4}>
                {textOf(tpp)}
              </text>
            ))}
          </g>
          {allocation !== null && (
            <text class="label" x={right + 6} y={drawn.yOf(allocation) + 4} fill="var(--ink-2)">
              cap
            </text>
          )}
          <line x1={drawn.todayX} x2={drawn.todayX} y1={margin.top - 6} y2={height - margin.bottom} stroke="var(--ink)" />
          <text class="label" x={drawn.todayX} y={margin.top - 10} text-anchor={isLate ? 'end' : 'middle'} fill="var(--ink)">
            {dayOf(last.date)}
          </text>
        </svg>
      </div>
      <HistoryTable days={asked.days} name={name} />
    </figure>
  );
}

/** The interval in words; where there is no room for it the sentence above says it. */
function BandLabel({ expected, allocation, drawn, right }: { readonly expected: Expected; readonly allocation: number; readonly drawn: Geometry; readonly right: number }) {
  if (right - drawn.todayX < labelWidth) return null;
  const x = drawn.xOf(expected.expected);
  return (
    <text class="label" x={Math.min(x, right)} y={drawn.yOf(0.2 * allocation) - 10} text-anchor={x > right - labelWidth ? 'end' : 'start'} fill="var(--critical)">
      80 %: {intervalText(expected)}
    </text>
  );
}

function Threshold({ y, right, text, colour }: { readonly y: number; readonly right: number; readonly text: string; readonly colour: string }) {
  return (
    <>
      <line x1={margin.left} x2={right} y1={y} y2={y} stroke={`var(--${colour})`} stroke-opacity="0.7" />
      <text class="label" x={right + 6} y={y + 4} fill={`var(--${colour})`}>
        {text}
      </text>
    </>
  );
}

function textOf(tpp: number): string {
  const { figure, unit } = scaled(tpp);
  return `${figure.replace(/\.0$/, '')} ${unit}`.trim();
}

function HistoryTable({ days, name }: { readonly days: readonly Day[]; readonly name: string }) {
  const open = useSignal(false);
  return (
    <details onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>The same as a table</summary>
      {open.value && (
        <div class="wide" tabIndex={0} role="region" aria-label={`History of ${name}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Day</th>
                {['Cap', 'Exported', 'Reserved', 'Left'].map((head) => (
                  <th key={head} scope="col" class="num">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...days].reverse().map(({ date, allocation, exported, reserved }) => (
                <tr key={date}>
                  <th scope="row">
                    <a href={`?asOf=${date}`}>{dayOf(date)}</a>
                  </th>
                  <td class="num">{allocation === null ? 'none' : grouped(allocation)}</td>
                  <td class="num">{grouped(exported)}</td>
                  <td class="num">{grouped(reserved)}</td>
                  <td class="num">{allocation === null ? '–' : grouped(Math.max(0, Math.round((allocation - exported - reserved) * 1000) / 1000))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
