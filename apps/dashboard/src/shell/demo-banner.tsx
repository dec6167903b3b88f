import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { About } from '../api/answers.js';
import { connection } from '../api/ledger.js';
import { useRead } from '../api/use-read.js';
import { dayOf, grouped, timeOf } from '../format.js';

const tickMs = 1_000;

/** So that nobody takes invented shipments on simulated time for the present. Asked again on each connection: another server may answer. */
export function DemoBanner() {
  const about = useRead<About>('/v1/about', connection.value);
  if (about === undefined || 'failed' in about || about.answer.demo === null) return null;
  const { now, demo } = about.answer;
  return (
    <aside class="demo" aria-label="Demo">
      <b>Demo, simulated time.</b> Shipments are invented. <SimulatedTime key={now} nowMs={Date.parse(now)} speed={demo.speed} />
    </aside>
  );
}

function SimulatedTime({ nowMs, speed }: { readonly nowMs: number; readonly speed: number }) {
  const shownMs = useSignal(nowMs);
  useEffect(() => {
    const since = performance.now();
    const timer = setInterval(() => (shownMs.value = nowMs + (performance.now() - since) * speed), tickMs);
    return () => clearInterval(timer);
  }, [nowMs, speed, shownMs]);
  return (
    <span>
      It is {dayOf(new Date(shownMs.value).toISOString())}, {timeOf(shownMs.value).slice(0, 5)} UTC, {grouped(speed)} times as fast as usual.
    </span>
  );
}
