import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Counts up every so many milliseconds while the page is looked at: a revision for what changes with the clock and has no stream. */
export function useEvery(ms: number): number {
  const count = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) count.value += 1;
    }, ms);
    return () => clearInterval(timer);
  }, [count, ms]);
  return count.value;
}
