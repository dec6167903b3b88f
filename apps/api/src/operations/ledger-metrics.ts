import type { Ledger, LocalLogStore } from '#ledger';
import type { Views } from '#projections';
import { countries, lineOfCountry } from '#rulebook';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { CountryBook } from '../countries/country-book.js';
import type { StreamClients } from '../stream/stream-clients.js';
import type { DecisionCounts } from './decision-counts.js';
import { linesAhead, logAheadMs } from './log-ahead.js';

/** What the metrics are taken from. */
export interface MetricSources {
  readonly ledger: Ledger;
  readonly views: Views;
  readonly store: LocalLogStore;
  readonly book: CountryBook;
  readonly clients: StreamClients;
  readonly decisions: DecisionCounts;
  readonly clock: () => number;
}

/** Further behind, a number says no more. */
const lagCountedMax = 1_000_000;

/** The metrics of the ledger, computed when they are asked for: nothing is counted here on the way of a request. */
export function registerLedgerMetrics(registry: Registry, sources: MetricSources): void {
  registerDecisions([registry], sources);
  registerLag([registry], sources);
  registerLogAhead([registry], sources);
  const { book, views } = sources;
  new Gauge({
    name: 'ledger_country_available_tpp',
    help: 'TPP that countries with history have left.',
    labelNames: ['country'],
    registers: [registry],
    collect() {
      this.reset();
      const withHistory = countries.map(({ code }) => code).filter((code) => views.lines.has(lineOfCountry(code)));
      for (const { country, available } of book.now(withHistory).countries) {
        if (available !== null) this.set({ country }, available);
      }
    },
  });
}

function registerDecisions(registers: Registry[], { ledger, views, clients, decisions }: MetricSources): void {
  new Counter({
    name: 'ledger_reservations_total',
    help: 'Decisions answered since the start, by HTTP status.',
    labelNames: ['result'],
    registers,
    collect() {
      this.reset();
      for (const [status, count] of decisions.entries()) this.inc({ result: String(status) }, count);
    },
  });
  new Gauge({
    name: 'ledger_sse_clients',
    help: 'Clients of the stream.',
    registers,
    collect() {
      this.set(clients.size);
    },
  });
  new Gauge({
    name: 'ledger_commands_in_flight',
    help: 'Commands being decided or written.',
    registers,
    collect() {
      this.set(ledger.inFlight);
    },
  });
  const alerts = new Counter({
    name: 'ledger_alerts_total',
    help: 'Alerts raised since the start.',
    labelNames: ['level'],
    registers,
  });
  views.subscribe((applied) => {
    for (const { level, closedAt, acknowledgedBy } of applied.alerts) {
      if (closedAt === null && acknowledgedBy === null) alerts.inc({ level });
    }
  });
}

/** Lines that the metric names. */
const linesAheadMax = 20;

function registerLogAhead(registers: Registry[], { views, clock }: MetricSources): void {
  new Gauge({
    name: 'ledger_log_ahead_seconds',
    help: 'How far the newest event of the log, or of a quota line, is ahead of the clock; 0 if it is not.',
    registers,
    collect() {
      this.set(logAheadMs(views, clock()) / 1000);
    },
  });
  new Gauge({
    name: 'ledger_line_ahead_seconds',
    help: `How far the newest event of a quota line is ahead of the clock: the ${linesAheadMax} lines that are furthest ahead.`,
    labelNames: ['line'],
    registers,
    collect() {
      this.reset();
      for (const { line, aheadMs } of linesAhead(views.lines.values(), clock()).slice(0, linesAheadMax)) {
        this.set({ line }, aheadMs / 1000);
      }
    },
  });
}

function registerLag(registers: Registry[], { views, store, clock }: MetricSources): void {
  const lag = (): Promise<number> => store.countAfter(views.position, lagCountedMax);
  new Gauge({
    name: 'ledger_projection_lag_events',
    help: 'Events that the views are behind the log as this instance knows it.',
    labelNames: ['name'],
    registers,
    async collect() {
      this.set({ name: 'views' }, await lag());
    },
  });
  new Gauge({
    name: 'ledger_projection_lag_seconds',
    help: 'Age of the newest event in the views while they are behind; else 0.',
    labelNames: ['name'],
    registers,
    async collect() {
      const behind = (await lag()) > 0 && views.recordedAt !== null;
      this.set(
        { name: 'views' },
        behind && views.recordedAt !== null ? Math.max(0, (clock() - Date.parse(views.recordedAt)) / 1000) : 0,
      );
    },
  });
}
