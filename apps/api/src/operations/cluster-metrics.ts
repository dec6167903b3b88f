import type { EventStoreDbStatus } from '#ledger';
import { Counter, Gauge, type Registry } from 'prom-client';

/** How this instance stands to its EventStoreDB cluster, taken when it is asked for. */
export function registerClusterMetrics(registry: Registry, status: () => EventStoreDbStatus): void {
  gauge(registry, 'ledger_cluster_connected', '1 while this instance follows the log of the cluster, else 0.', () =>
    Number(status().connected),
  );
  gauge(registry, 'ledger_cluster_caught_up', '1 while the copy of the log has all that the cluster has, else 0.', () =>
    Number(status().caughtUp),
  );
  gauge(registry, 'ledger_cluster_lag_seconds', 'Seconds for which the copy of the log has not been up to date; 0 while it is.', () =>
    status().lagMs / 1000,
  );
  new Counter({
    name: 'ledger_cluster_reconnects_total',
    help: 'Subscriptions to the log that ended: by an interruption, or by an overflow, which is ordinary with servers before 24.',
    labelNames: ['reason'],
    registers: [registry],
    collect() {
      const { reconnects, overflows } = status();
      this.reset();
      this.inc({ reason: 'interruption' }, reconnects);
      this.inc({ reason: 'overflow' }, overflows);
    },
  });
  total(registry, 'ledger_cluster_client_replacements_total', 'Clients that were thrown away and made anew.', () =>
    status().clientReplacements,
  );
  total(registry, 'ledger_cluster_unknown_outcomes_total', 'Appends that the cluster left open, and that were sent again.', () =>
    status().unknownOutcomes,
  );
}

function gauge(registry: Registry, name: string, help: string, value: () => number): void {
  new Gauge({ name, help, registers: [registry], collect() { this.set(value()); } });
}

function total(registry: Registry, name: string, help: string, value: () => number): void {
  new Counter({ name, help, registers: [registry], collect() { this.reset(); this.inc(value()); } });
}
