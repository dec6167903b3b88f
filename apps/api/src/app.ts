import 'reflect-metadata';
import type { RequestListener, Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { collectDefaultMetrics } from 'prom-client';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { OpenLedger } from './composition.js';
import type { Config } from './config.js';
import { CountryOutlooks } from './countries/country-outlooks.js';
import { CountryBook } from './countries/country-book.js';
import { DashboardFiles } from './dashboard/dashboard-files.js';
import { serveDashboard } from './dashboard/serve-dashboard.js';
import { AllowedMethods } from './http/allowed-methods.js';
import { openFastify } from './http/open-fastify.js';
import { ProblemFilter } from './http/problem-filter.js';
import { ReadGate } from './http/read-gate.js';
import { openApiDocument } from './openapi/openapi-document.js';
import { OpenApiText } from './openapi/openapi-text.js';
import { registerClusterMetrics } from './operations/cluster-metrics.js';
import { DecisionCounts } from './operations/decision-counts.js';
import { registerDiskMetrics } from './operations/disk-metrics.js';
import { registerLedgerMetrics } from './operations/ledger-metrics.js';
import { Readiness } from './operations/readiness.js';
import { RequestTimes } from './operations/request-times.js';
import { SimulationDesk } from './rulebooks/simulation-desk.js';
import { ForecastAnswers } from './forecasts/forecast-answers.js';
import { ForecastBook } from './forecasts/forecast-book.js';
import { ReadingTurns } from './http/reading-turns.js';
import { ChangeFeed } from './stream/change-feed.js';
import { StreamClients } from './stream/stream-clients.js';

export interface App {
  /** Takes the requests of the server. */
  readonly listener: RequestListener;
  /** Ends the streams, which would never end by themselves, and the simulation, which may take long. */
  endStreams(): void;
  close(): Promise<void>;
}

/** The HTTP application over an open ledger. `server` is one that listens already; its requests go to `listener`. */
export async function createApp(opened: OpenLedger, config: Config, log: Logger, server: Server): Promise<App> {
  const { ledger, views, store, registry, alertsSettled } = opened;
  const { clock, demo } = config;
  const allowed = new AllowedMethods();
  const times = new RequestTimes();
  const book = new CountryBook(ledger, views, store, clock);
  const turns = new ReadingTurns();
  const forecastBook = new ForecastBook(ledger, views, store, clock, turns);
  const feed = new ChangeFeed(views, store, book, turns);
  const clients = new StreamClients(config.streamClientsMax);
  const decisions = new DecisionCounts();
  const openApi = new OpenApiText();
  const simulations = new SimulationDesk({ store, clock, maxMs: config.simulationMaxMs });
  registerLedgerMetrics(registry, { ledger, views, store, book, clients, decisions, clock });
  registerDiskMetrics(registry, config.dataDir);
  if (opened.clusterStatus) registerClusterMetrics(registry, opened.clusterStatus);
  collectDefaultMetrics({ register: registry });

  const { adapter, fastify, listener } = openFastify(server, allowed, times);
  const dashboard = new DashboardFiles();
  serveDashboard(fastify, dashboard);
  const gate = new ReadGate(ledger, views, store, alertsSettled);
  const readiness = new Readiness({ store, views, lagMax: config.readyLagMax, clusterStatus: opened.clusterStatus });
  const parts = {
    ledger,
    views,
    store,
    clock,
    demo,
    registry,
    gate,
    book,
    outlooks: new CountryOutlooks(book, forecastBook, views, turns),
    forecasts: new ForecastAnswers(book, forecastBook, clock),
    feed,
    turns,
    clients,
    readiness,
    decisions,
    times,
    openApi,
    simulations,
    dashboard,
  };
  const nest = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, {
    logger: false,
    bodyParser: false,
    abortOnError: false,
  });
  nest.useGlobalFilters(new ProblemFilter(allowed, log));
  await nest.init();
  await fastify.ready();
  openApi.from(() => openApiDocument(nest));
  return {
    listener,
    endStreams: () => {
      feed.close();
      clients.closeAll();
      void simulations.close();
    },
    close: async () => {
      await simulations.close();
      await nest.close();
    },
  };
}
