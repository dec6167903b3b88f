import { Module, type DynamicModule } from '@nestjs/common';
import { Ledger, type Clock, type EventStore } from '#ledger';
import type { Views } from '#projections';
import type { Registry } from 'prom-client';
import { AlertFeedController } from './alerts/alert-feed.controller.js';
import { AlertController } from './alerts/alert.controller.js';
import { ChipController } from './chips/chip.controller.js';
import { AuthorisationController } from './companies/authorisation.controller.js';
import { CompanyController } from './companies/company.controller.js';
import { PartyBook } from './companies/party-book.js';
import type { Demo } from './config.js';
import { CountryBook } from './countries/country-book.js';
import { CountryOutlooks } from './countries/country-outlooks.js';
import { CountryController } from './countries/country.controller.js';
import { SummaryController } from './countries/summary.controller.js';
import { DashboardController } from './dashboard/dashboard.controller.js';
import { DashboardFiles } from './dashboard/dashboard-files.js';
import { EventController } from './events/event.controller.js';
import { ExportController } from './exports/export.controller.js';
import { ForecastAnswers } from './forecasts/forecast-answers.js';
import { ProblemController } from './problems/problem.controller.js';
import { ReadGate } from './http/read-gate.js';
import { LineBook } from './lines/line-book.js';
import { LineController } from './lines/line.controller.js';
import { LineRecords } from './lines/line-records.js';
import { FulfilmentController } from './obligations/fulfilment.controller.js';
import { ObligationBook } from './obligations/obligation-book.js';
import { ObligationController } from './obligations/obligation.controller.js';
import { DocsController } from './openapi/docs.controller.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { OpenApiText } from './openapi/openapi-text.js';
import { AboutController } from './operations/about.controller.js';
import { DecisionCounts } from './operations/decision-counts.js';
import { HealthController } from './operations/health.controller.js';
import { MetricsController } from './operations/metrics.controller.js';
import { Readiness } from './operations/readiness.js';
import { RequestTimes } from './operations/request-times.js';
import { ReportController } from './reports/report.controller.js';
import { ReportDesk } from './reports/report-desk.js';
import { BulkController } from './reservations/bulk.controller.js';
import { DeterminationController } from './reservations/determination.controller.js';
import { ReservationController } from './reservations/reservation.controller.js';
import { ReservationChangeController } from './reservations/reservation-change.controller.js';
import { OutcomeAnswers } from './reservations/outcome.js';
import { AdoptionController } from './rulebooks/adoption.controller.js';
import { RulebookShelf } from './rulebooks/rulebook-shelf.js';
import { RulebookController } from './rulebooks/rulebook.controller.js';
import { SimulationController } from './rulebooks/simulation.controller.js';
import { SimulationDesk } from './rulebooks/simulation-desk.js';
import { ReadingTurns } from './http/reading-turns.js';
import { ChangeFeed } from './stream/change-feed.js';
import { StreamClients } from './stream/stream-clients.js';
import { StreamController } from './stream/stream.controller.js';
import { WeightExportController } from './weight-exports/weight-export.controller.js';
import { CLOCK, DEMO, METRICS, STORE, VIEWS } from './tokens.js';

/** What the controllers work with. */
export interface AppParts {
  readonly ledger: Ledger;
  readonly views: Views;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly demo: Demo | null;
  readonly registry: Registry;
  readonly gate: ReadGate;
  readonly book: CountryBook;
  readonly outlooks: CountryOutlooks;
  readonly forecasts: ForecastAnswers;
  readonly feed: ChangeFeed;
  readonly turns: ReadingTurns;
  readonly clients: StreamClients;
  readonly readiness: Readiness;
  readonly decisions: DecisionCounts;
  readonly times: RequestTimes;
  readonly openApi: OpenApiText;
  readonly simulations: SimulationDesk;
  readonly dashboard: DashboardFiles;
}

@Module({})
export class AppModule {
  static with(parts: AppParts): DynamicModule {
    return {
      module: AppModule,
      // In the order of the documentation, within each of its tags.
      controllers: [
        DeterminationController,
        ReservationController,
        ReservationChangeController,
        BulkController,
        ExportController,
        CountryController,
        SummaryController,
        LineController,
        AlertController,
        AlertFeedController,
        StreamController,
        ObligationController,
        FulfilmentController,
        ReportController,
        CompanyController,
        AuthorisationController,
        WeightExportController,
        ChipController,
        RulebookController,
        AdoptionController,
        SimulationController,
        EventController,
        AboutController,
        HealthController,
        MetricsController,
        OpenApiController,
        DocsController,
        ProblemController,
        DashboardController,
      ],
      providers: [
        { provide: Ledger, useValue: parts.ledger },
        { provide: VIEWS, useValue: parts.views },
        { provide: STORE, useValue: parts.store },
        { provide: CLOCK, useValue: parts.clock },
        { provide: DEMO, useValue: parts.demo },
        { provide: METRICS, useValue: parts.registry },
        { provide: ReadGate, useValue: parts.gate },
        { provide: CountryBook, useValue: parts.book },
        { provide: CountryOutlooks, useValue: parts.outlooks },
        { provide: ForecastAnswers, useValue: parts.forecasts },
        { provide: ChangeFeed, useValue: parts.feed },
        { provide: ReadingTurns, useValue: parts.turns },
        { provide: StreamClients, useValue: parts.clients },
        { provide: Readiness, useValue: parts.readiness },
        { provide: DecisionCounts, useValue: parts.decisions },
        RulebookShelf,
        LineBook,
        LineRecords,
        OutcomeAnswers,
        PartyBook,
        ObligationBook,
        ReportDesk,
        { provide: RequestTimes, useValue: parts.times },
        { provide: OpenApiText, useValue: parts.openApi },
        { provide: SimulationDesk, useValue: parts.simulations },
        { provide: DashboardFiles, useValue: parts.dashboard },
      ],
    };
  }
}
