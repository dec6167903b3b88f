import { countries } from '../../api/ledger.js';
import type { Alert, Status } from '../../api/answers.js';
import { dayOf, percent, timeOf } from '../../format.js';
import { StatusShape, shownStatus } from '../../status.js';

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

/** The shape and colour that an alert has: those of the status that it tells of. */
const statusOf: Readonly<Record<Alert['level'], Status>> = {
  ...{ watch: 'watch', critical: 'critical', exhausted: 'exhausted' },
  ...{ reopened: 'open', measured: 'exhausted', forecast: 'critical' },
};

function AlertRow({ alert }: { readonly alert: Alert }) {
  const status = statusOf[alert.level];
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

function About({ alert: { country, line, level, threshold, utilization, measuredOn } }: { readonly alert: Alert }) {
  const name = country === null ? line : (countries.value.get(country)?.name ?? country);
  return (
    <>
      {country === null ? name : <a href={`/app/countries/${country}`}>{name}</a>} {measuredOn === null ? saidOf(level, threshold, utilization) : `used ${percent(utilization)} of its limit on ${dayOf(measuredOn)}`}
    </>
  );
}

function saidOf(level: string, threshold: number, utilization: number): string {
  if (level === 'exhausted') return 'has nothing left';
  if (level === 'reopened') return 'has something left again';
  return `passed ${percent(threshold).replace('.0', '')} (${percent(utilization)} then)`;
}
