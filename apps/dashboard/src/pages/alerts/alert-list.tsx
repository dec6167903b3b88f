import type { ComponentChildren } from 'preact';
import { countries } from '../../api/ledger.js';
import type { Alert, Status } from '../../api/answers.js';
import { dayOf, percent, timeOf } from '../../format.js';
import { StatusShape, shownStatus } from '../../status.js';

interface Shown {
  readonly alerts: readonly Alert[];
  readonly none: string;
  /** They are of one country: its name need not be said. */
  readonly isOfOne?: true;
  /** What may be done with one. */
  readonly action?: (alert: Alert) => ComponentChildren;
}

export function AlertList({ alerts, none, isOfOne, action }: Shown) {
  if (alerts.length === 0) return <p class="pad second">{none}</p>;
  return (
    <ul class="feed">
      {alerts.map((alert) => (
        <AlertRow key={alert.id} alert={alert} isOfOne={isOfOne} action={action?.(alert)} />
      ))}
    </ul>
  );
}

/** The shape and colour that an alert has: those of the status that it tells of. */
const statusOf: Readonly<Record<Alert['level'], Status>> = {
  ...{ watch: 'watch', critical: 'critical', exhausted: 'exhausted' },
  ...{ reopened: 'open', measured: 'exhausted', forecast: 'critical' },
};

function AlertRow({ alert, isOfOne, action }: { readonly alert: Alert; readonly isOfOne: true | undefined; readonly action: ComponentChildren }) {
  const status = statusOf[alert.level];
  return (
    <li class="alert">
      <span class={`status s-${shownStatus[status].colour}`}>
        <StatusShape status={status} />
      </span>
      <span>
        <About alert={alert} isOfOne={isOfOne} />
        {alert.closedAt !== null && <span class="quiet">, over since {dayOf(alert.closedAt)}</span>}
        {alert.acknowledgedBy !== null && <span class="quiet">, acknowledged by {alert.acknowledgedBy}</span>}
        {action}
      </span>
      <time class="quiet" dateTime={alert.raisedAt} title={`${timeOf(Date.parse(alert.raisedAt))} UTC`}>
        {dayOf(alert.raisedAt)}
      </time>
    </li>
  );
}

function About({ alert: { country, line, level, threshold, utilization, measuredOn }, isOfOne }: { readonly alert: Alert; readonly isOfOne: true | undefined }) {
  const said = measuredOn === null ? saidOf(level, threshold, utilization) : `used ${percent(utilization)} of its limit on ${dayOf(measuredOn)}`;
  if (isOfOne) return <>{said.replace(/^./, (letter) => letter.toUpperCase())}</>;
  const name = country === null ? line : (countries.value.get(country)?.name ?? country);
  return (
    <>
      <a href={country === null ? `/app/lines/${encodeURIComponent(line)}` : `/app/countries/${country}`}>{name}</a> {said}
    </>
  );
}

function saidOf(level: string, threshold: number, utilization: number): string {
  if (level === 'exhausted') return 'has nothing left';
  if (level === 'reopened') return 'has something left again';
  if (level === 'forecast') return `is expected to run out within 90 days (${percent(utilization)} used then)`;
  return `passed ${percent(threshold).replace('.0', '')} (${percent(utilization)} then)`;
}
