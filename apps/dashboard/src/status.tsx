import type { Status } from './api/answers.js';

interface Shown {
  readonly word: string;
  readonly colour: 'open' | 'watch' | 'critical' | 'exhausted' | 'none';
  /** In a square of 12. */
  readonly path: string;
}

const circle = 'M6 1a5 5 0 1 0 0 10A5 5 0 1 0 6 1z';

/** A status is a shape and a word; its colour says the same once more. */
export const shownStatus: Readonly<Record<Status, Shown>> = {
  open: { word: 'Open', colour: 'open', path: circle },
  watch: { word: 'Watch', colour: 'watch', path: 'M2 1 11 6 2 11z' },
  critical: { word: 'Critical', colour: 'critical', path: 'M6 .8 11.6 11H.4z' },
  exhausted: { word: 'Exhausted', colour: 'exhausted', path: 'M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7z' },
  suspended: { word: 'Suspended', colour: 'none', path: 'M1 1h10v10H1zM3 5v2h6V5z' },
  'no-allocation': { word: 'No allocation', colour: 'none', path: 'M6 .5 11.5 6 6 11.5.5 6zM6 3 3 6l3 3 3-3z' },
  'no-cap': { word: 'No cap', colour: 'none', path: 'M1 5h10v2H1z' },
};

export function StatusShape({ status }: { readonly status: Status }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true">
      <path d={shownStatus[status].path} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}

export function StatusMark({ status }: { readonly status: Status }) {
  const { word, colour } = shownStatus[status];
  return (
    <span class={`status s-${colour}`}>
      <StatusShape status={status} />
      {word}
    </span>
  );
}
