import { percent } from '../format.js';

export interface Share {
  readonly allocation: number | null;
  readonly exported: number;
  readonly reserved: number;
  readonly utilization: number | null;
}

const width = 180;
const thresholds = [0.8, 0.9];

/** What of a cap is exported (solid) and reserved (hatched), with the thresholds of alerts. */
export function ShareBar({ allocation, exported, reserved, utilization }: Share) {
  if (allocation === null) return <span class="quiet">no cap</span>;
  if (allocation === 0 || utilization === null) return <span class="quiet">no allocation</span>;
  const part = (tpp: number): number => Math.min(1, Math.max(0, tpp / allocation)) * width;
  const solid = part(exported);
  return (
    <span class="meter">
      <svg viewBox={`0 0 ${width} 14`} preserveAspectRatio="none" role="img" aria-label={`${percent(utilization)} used`}>
        <rect x="0" y="4" width={width} height="6" rx="1" fill="var(--track)" />
        <rect x="0" y="4" width={solid} height="6" fill="var(--exported)" />
        <rect x={solid} y="4" width={Math.max(0, part(exported + reserved) - solid)} height="6" fill="url(#hatch)" />
        {thresholds.map((at) => (
          <path key={at} d={`M${at * width} 1v12`} stroke="var(--ink-3)" stroke-width="1" vector-effect="non-scaling-stroke" />
        ))}
      </svg>
      <span class="num">{percent(utilization)}</span>
    </span>
  );
}

/** The hatching of what is reserved: once in a page. */
export function Hatch() {
  return (
    <svg width="0" height="0" class="away" aria-hidden="true">
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill="var(--reserved)" opacity=".35" />
          <rect width="2.2" height="5" fill="var(--reserved)" />
        </pattern>
      </defs>
    </svg>
  );
}
