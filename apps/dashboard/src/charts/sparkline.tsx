import { area, line } from 'd3-shape';

const width = 84;
const height = 24;

/** At least so much of the cap is the height: a calm line is drawn calm. */
const shareMin = 0.05;

/** How the use of a cap grew, the least of these days at the bottom and the most at the top. */
export function Sparkline({ left, allocation, text }: { readonly left: readonly (number | null)[]; readonly allocation: number; readonly text: string }) {
  const used = left.map((available) => 1 - (available ?? allocation) / allocation);
  const span = Math.max(shareMin, Math.max(...used) - Math.min(...used));
  // What hardly moves stands as high as it is: a full cap at the top.
  const least = Math.min(...used) - (span === shareMin ? Math.min(...used) * (shareMin - (Math.max(...used) - Math.min(...used))) : 0);
  const points = used.map((share, index): [number, number] => [(index / Math.max(1, used.length - 1)) * width, height - 2 - ((share - least) / span) * (height - 4)]);
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text}>
      <path d={area().y0(height)(points) ?? ''} fill="var(--accent-wash)" />
      <path d={line()(points) ?? ''} fill="none" stroke="var(--exported)" stroke-width="1.4" />
    </svg>
  );
}
