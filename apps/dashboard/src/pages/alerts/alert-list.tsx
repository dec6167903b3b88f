import { countries } from '../../api/ledger.js';
import type { Alert } from '../../api/answers.js';
import { dayOf, percent, timeOf } from '../../format.js';
import { StatusShape, shownStatus } from '../../status.js';
import type { Status } from '../../api/answers.js';

export function AlertList({ alerts, none }: { readonly alerts: readonly Alert[]; readonly none: string }) {
  if (alerts.length === 0) return <p class="pad second">{none}</p>;
  return (
    <ul class="feed">
      {alerts.map((alert) => (
        <AlertRow key={alert.id} alert={alert} />
      ))}
    </ul>
  );
}

function AlertRow({ alert }: { readonly alert: Alert }) {
  const status: Status = alert.level === 'watch' || alert.level === 'critical' || alert.level === 'exhausted' ? alert.level : 'open';
  return (
    <li class="alert">
      <span class={`status s-${shownStatus[status].colour}`}>
        <StatusShape status={status} />
      </span>
      <span>
        <About alert={alert} />
        {alert.closedAt !== null && <span class="quiet">, over since {dayOf(alert.closedAt)}</span>}
        {alert.acknowledgedBy !== null && <span class="quiet">, acknowledged by {alert.acknowledgedBy}</span>}
      </span>
      <time class="quiet" dateTime={alert.raisedAt} title={`${timeOf(Date.parse(alert.raisedAt))} UTC`}>
        {dayOf(alert.raisedAt)}
      </time>
    </li>
  );
}

function About({ alert: { country, line, level, threshold, utilization } }: { readonly alert: Alert }) {
  const name = country === null ? line : (countries.value.get(country)?.name ?? country);
  return (
    <>
      {country === null ? name : <a href={`/app/countries/${country}`}>{name}</a>} {saidOf(level, threshold, utilization)}
    </>
  );
}

function saidOf(level: string, threshold: number | null, utilization: number | null): string {
  if (level === 'exhausted') return 'has nothing left';
  if (level === 'reopened') return 'has something left again';
  const now = utilization === null ? '' : ` (${percent(utilization)} then)`;
  return `passed ${threshold === null ? 'a threshold' : percent(threshold).replace('.0', '')}${now}`;
}
