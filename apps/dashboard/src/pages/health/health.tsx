import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { behindMs, connection, position, rulebook } from '../../api/ledger.js';
import { grouped, scaled } from '../../format.js';
import { StatusShape } from '../../status.js';
import { quantileOf, samplesOf, valueOf, type Sample } from './metrics.js';

const everyMs = 5_000;

interface Health {
  readonly isReady: boolean;
  /** What the ledger says of itself. */
  readonly detail: string;
  readonly samples: readonly Sample[];
  readonly isPrivate: boolean;
}

/** How the system does, for those who run it. */
export function Page() {
  const health = useHealth();
  return (
    <>
      <div class="lead" aria-busy={health === undefined || undefined}>
        <h1>{health === undefined ? 'System health' : health.isReady ? 'The ledger is ready' : 'The ledger is not ready'}</h1>
        <p>{health?.detail ?? 'Asking the ledger'}</p>
        <p class="of">Asked every 5 seconds; times are those since the start. What to do when something is amiss: docs/operations.md.</p>
      </div>
      {health?.isPrivate && <p class="second">Sign in to see the figures of the system.</p>}
      {health && !health.isPrivate && <Figures samples={health.samples} />}
    </>
  );
}

function useHealth(): Health | undefined {
  const health = useSignal<Health | undefined>(undefined);
  useEffect(() => {
    let isOver = false;
    const look = async (): Promise<void> => {
      const [ready, metrics] = await Promise.all([asked('/readyz'), asked('/metrics')]);
      if (isOver) return;
      const isPrivate = metrics.status === 401 || metrics.status === 403;
      const problem = ready.status === 0 ? 'The ledger cannot be reached.' : detailOf(ready.text);
      health.value = { isReady: ready.status === 200, detail: ready.status === 200 ? 'It takes requests, and its views follow the log.' : problem, samples: samplesOf(metrics.text), isPrivate };
    };
    void look();
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [health]);
  return health.value;
}

async function asked(path: string): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const response = await fetch(path);
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: '' };
  }
}

function detailOf(text: string): string {
  try {
    return (JSON.parse(text) as { readonly detail?: string }).detail ?? text;
  } catch {
    return text;
  }
}

interface Row {
  readonly name: string;
  readonly text: string;
  /** Undefined: it is no matter of good or bad. */
  readonly isGood?: boolean | undefined;
  readonly note: string;
}

function Figures({ samples }: { readonly samples: readonly Sample[] }) {
  const ms = (seconds: number | undefined): string => (seconds === undefined ? 'nothing yet' : seconds === Infinity ? 'more than is counted' : `at most ${grouped(Math.round(seconds * 10_000) / 10)} ms`);
  const bytes = (value: number | undefined): string => (value === undefined ? 'not known' : `${scaled(value).figure} ${scaled(value).unit}B`);
  const below = (value: number | undefined, most: number): boolean | undefined => (value === undefined ? undefined : value <= most);
  const lag = valueOf(samples, 'ledger_projection_lag_events');
  const [append, answer, loop] = ['ledger_append_seconds', 'ledger_http_request_seconds', 'ledger_event_loop_delay_seconds'].map((name) => quantileOf(samples, name, 0.99));
  const [free, size] = [valueOf(samples, 'ledger_disk_free_bytes'), valueOf(samples, 'ledger_disk_size_bytes')];
  const ahead = valueOf(samples, 'ledger_log_ahead_seconds') ?? 0;
  const rows: readonly Row[] = [
    { name: 'Connection of this page', text: connection.value === 'live' ? 'live' : connection.value, isGood: connection.value === 'live', note: 'Changes reach this page by themselves.' },
    { name: 'Position', text: grouped(Number(position.value)), note: 'The newest event that the figures reflect.' },
    { name: 'Rulebook in force', text: rulebook.value ? `${rulebook.value.id} ${rulebook.value.version}` : '', note: 'Adopted by an event of the log.' },
    { name: 'Views behind the log', text: lag === undefined ? 'not known' : `${grouped(lag)} events, ${grouped(Math.round(behindMs.value / 1000))} s`, isGood: behindMs.value < 2_000, note: 'Good below 2 s.' },
    { name: 'Until an append is durable, 99 %', text: ms(append), isGood: below(append, 0.1), note: 'Good up to 100 ms.' },
    { name: 'Until a request is answered, 99 %', text: ms(answer), isGood: below(answer, 0.5), note: 'Good up to 500 ms.' },
    { name: 'Wait for the event loop, 99 %', text: ms(loop), isGood: below(loop, 0.1), note: 'Good up to 100 ms.' },
    { name: 'Memory', text: bytes(valueOf(samples, 'process_resident_memory_bytes')), note: 'Of the server process.' },
    { name: 'Disk free', text: `${bytes(free)} of ${bytes(size)}`, isGood: free === undefined || size === undefined ? undefined : free > 0.1 * size, note: 'Good above a tenth.' },
    { name: 'Log ahead of the clock', text: `${grouped(Math.round(ahead))} s`, isGood: ahead < 1, note: 'Above 0 a clock was wrong when an event was recorded.' },
    { name: 'Readers of the stream', text: grouped(valueOf(samples, 'ledger_sse_clients') ?? 0), note: 'Browsers and programs that follow changes.' },
  ];
  return (
    <section class="card" aria-label="Figures">
      <table class="rows health">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Now</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, text, isGood, note }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                {isGood === undefined ? (
                  text
                ) : (
                  <span class={`status s-${isGood ? 'open' : 'critical'}`}>
                    <StatusShape status={isGood ? 'open' : 'critical'} />
                    {text} <span class="away">{isGood ? 'good' : 'not good'}</span>
                  </span>
                )}
              </td>
              <td class="second">{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
