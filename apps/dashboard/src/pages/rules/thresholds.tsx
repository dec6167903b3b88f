import { percent } from '../../format.js';
import { StatusMark } from '../../status.js';
import type { RulebookDocument } from './rulebook-document.js';

const levels = ['watch', 'critical', 'exhausted'] as const;

/** From which share of a cap on an alert is raised, and how long a reservation holds. */
export function Thresholds({ document: { alerts, policy } }: { readonly document: RulebookDocument }) {
  return (
    <section class="card" aria-labelledby="thresholds">
      <header>
        <h2 id="thresholds">Thresholds and terms</h2>
      </header>
      <dl class="pad terms">
        {alerts &&
          levels.map((level) => (
            <div key={level}>
              <dt>
                <StatusMark status={level} />
              </dt>
              <dd>{shareOf(alerts[level])} of the cap in use</dd>
            </div>
          ))}
        {alerts && (
          <div>
            <dt>An alert closes</dt>
            <dd>{shareOf(alerts.hysteresis)} of the cap below its threshold</dd>
          </div>
        )}
        {policy && (
          <>
            <div>
              <dt>A reservation holds</dt>
              <dd>{policy.holdDays} days, if it names no other end</dd>
            </div>
            <div>
              <dt>An exporter may reverse</dt>
              <dd>its own export within {policy.reversalWindowDays} days of its record</dd>
            </div>
          </>
        )}
      </dl>
    </section>
  );
}

function shareOf(share: number): string {
  return percent(share).replace('.0', '');
}
