import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { demo, ledgerNowMs } from '../api/clock.js';
import { dayOf, grouped, timeOf } from '../format.js';

const tickMs = 1_000;

/** So that nobody takes invented shipments on simulated time for the present. */
export function DemoBanner() {
  if (demo.value === null) return null;
  return (
    <aside class="demo" aria-label="Demo">
      <b>Demo, simulated time.</b> Shipments are invented. <SimulatedTime speed={demo.value.speed} />
    </aside>
  );
}

function SimulatedTime({ speed }: { readonly speed: number }) {
  const shownMs = useSignal(ledgerNowMs());
  useEffect(() => {
    const timer = setInterval(() => (shownMs.value = ledgerNowMs()), tickMs);
    return () => clearInterval(timer);
  }, [shownMs]);
  return (
    <span>
      It is {dayOf(new Date(shownMs.value).toISOString())}, {timeOf(shownMs.value).slice(0, 5)} UTC, {grouped(speed)} times as fast as usual.
    </span>
  );
}
