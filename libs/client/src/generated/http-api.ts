// Written by dist/scripts/write-client.js from /v1/openapi.json: not edited by hand.
import type { Body } from '#wire';

export interface paths {
    readonly "/v1/determinations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * What would happen now
         * @description Takes the body of a reservation, that of an export (with `exportedAt`), or that of an export of model weights (with `weights`), and records nothing.
         */
        readonly post: operations["DeterminationController_determine"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/reservations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List reservations */
        readonly get: operations["ReservationController_list"];
        readonly put?: never;
        /**
         * Reserve quota
         * @description Holds TPP of a destination until it is exported, released or lapses. A refusal by the rules is recorded too.
         */
        readonly post: operations["ReservationController_create"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/reservations/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a reservation */
        readonly get: operations["ReservationController_read"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Amend a reservation
         * @description Shrinks or grows the hold within what is available.
         */
        readonly patch: operations["ReservationChangeController_amend"];
        readonly trace?: never;
    };
    readonly "/v1/reservations/{id}/release": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Release a reservation
         * @description Gives back what it still holds and closes it.
         */
        readonly post: operations["ReservationChangeController_release"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/reservations/bulk": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Reserve in bulk
         * @description Up to 10,000 reservations, one JSON object a line, each with its `idempotencyKey`. They are decided in order; the answer has a line for each, in order: `{"status":201,"body":{...}}`. A header Idempotency-Key is ignored.
         */
        readonly post: operations["BulkController_create"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/reservations/{id}/exports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Export a reservation
         * @description Debits the hold, in part or whole.
         */
        readonly post: operations["ReservationChangeController_export"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/exports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List exports */
        readonly get: operations["ExportController_list"];
        readonly put?: never;
        /**
         * Export without a reservation
         * @description Reserves and debits at once.
         */
        readonly post: operations["ExportController_create"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/exports/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read an export */
        readonly get: operations["ExportController_read"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/exports/{id}/reversal": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Reverse an export
         * @description Records a compensating event; nothing is deleted.
         */
        readonly post: operations["ExportController_reverse"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/exports/{id}/filing": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Record the ITN of an export
         * @description For an export that was recorded without one. Nothing is debited; the same ITN again changes nothing.
         */
        readonly post: operations["ExportController_file"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/countries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Remaining capacity of every country */
        readonly get: operations["CountryController_list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/countries/{code}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Remaining capacity of a country */
        readonly get: operations["CountryController_one"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/countries/{code}/forecast": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** When a country will have used its cap up */
        readonly get: operations["CountryController_forecast"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/countries/{code}/history": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Amounts of a country over time */
        readonly get: operations["CountryController_history"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/countries/{code}/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Events of a country */
        readonly get: operations["CountryController_events"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/summary": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * All countries in a few figures
         * @description How many countries have each status, how much is exported and reserved, which are close to their cap and which are expected to reach it next.
         */
        readonly get: operations["SummaryController_summary"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/lines": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List quota lines
         * @description Those of every country, and those of companies on which something was recorded.
         */
        readonly get: operations["LineController_list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/lines/{line}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a quota line */
        readonly get: operations["LineController_one"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/lines/{line}/forecast": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** When a line will have used its cap up */
        readonly get: operations["LineController_forecast"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/lines/{line}/explanation": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What a figure of a line is the sum of */
        readonly get: operations["LineController_explanation"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/lines/{line}/history": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Amounts of a line over time */
        readonly get: operations["LineController_history"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/lines/{line}/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Events of a line */
        readonly get: operations["LineController_events"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/lines/{line}/attrition": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Record what no longer counts as installed
         * @description For nveu lines only: loss, damage, failure, relocation and resale leave the installed base (15 CFR 748.15(a)(2)(iii)(B)).
         */
        readonly post: operations["LineController_giveBack"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/alerts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List alerts */
        readonly get: operations["AlertController_list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/alerts/{id}/acknowledgement": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Acknowledge an alert
         * @description The first one counts: acknowledging again changes nothing. The body is empty or `{}`.
         */
        readonly post: operations["AlertController_acknowledge"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/alerts.atom": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Follow alerts
         * @description The list of alerts as an Atom feed, for a feed reader.
         */
        readonly get: operations["AlertFeedController_feed"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stream": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Live changes
         * @description Server-sent events: `country` (the newest view of a country, at most four a second each), `alert` (once, when it is raised), `resync` (read everything anew) and, every five seconds, `head`: `{position, behindMs}`, where the views are and since how long they have been behind the log. All but `head` have `id: <position>`; after a break send the last one as `Last-Event-ID`.
         */
        readonly get: operations["StreamController_open"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/obligations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List obligations
         * @description Certifications, notices, reports and accounts that follow from what was exported, by due date.
         */
        readonly get: operations["ObligationController_list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/obligations/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read an obligation */
        readonly get: operations["ObligationController_read"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/obligations/fulfilments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Fulfil many obligations
         * @description One piece of evidence for up to 200 obligations, decided in order. Each has its own answer, as a single fulfilment has it: one that cannot be fulfilled leaves the others as they are. A list that is sent again with the same key records nothing twice.
         */
        readonly post: operations["FulfilmentController_fulfilMany"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/obligations/{id}/fulfilment": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Fulfil an obligation
         * @description The first one counts: fulfilled again, the obligation is answered as it was then.
         */
        readonly post: operations["FulfilmentController_fulfil"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/reports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List the reports */
        readonly get: operations["ReportController_list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/reports/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Make a report
         * @description From the log as it stands now; of at most 50000 shipments. As JSON or CSV.
         */
        readonly get: operations["ReportController_make"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/companies": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List companies */
        readonly get: operations["CompanyController_list"];
        readonly put?: never;
        /**
         * Register a company
         * @description A company has limits of its own, under its id. `nearMatches` lists companies whose names are so like it that one of them may be meant.
         */
        readonly post: operations["CompanyController_create"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/companies/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a company */
        readonly get: operations["CompanyController_read"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/companies/{id}/amendment": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Amend a company
         * @description What is left out stays as it is. Former names, and those that a merger brought, stay aliases for ever.
         */
        readonly post: operations["CompanyController_amend"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/companies/{id}/merger": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Merge a company into another one
         * @description Two registrations of one company become one: every name of this one means the other from now on, whose lines take over the amounts. The headquarters of the other stand.
         */
        readonly post: operations["CompanyController_merge"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/authorisations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List authorisations */
        readonly get: operations["AuthorisationController_list"];
        readonly put?: never;
        /**
         * Grant an authorisation
         * @description Puts a company on the list of validated end-users (15 CFR 748.15), if the rulebook allows it.
         */
        readonly post: operations["AuthorisationController_create"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/authorisations/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read an authorisation */
        readonly get: operations["AuthorisationController_read"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/authorisations/{id}/amendment": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Amend the dates of an authorisation */
        readonly post: operations["AuthorisationController_amend"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/authorisations/{id}/revocation": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Revoke an authorisation
         * @description Ends it now or at a time to come. What was shipped under it stays.
         */
        readonly post: operations["AuthorisationController_revoke"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/weight-exports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List exports of model weights */
        readonly get: operations["WeightExportController_list"];
        readonly put?: never;
        /**
         * Record an export of model weights
         * @description Determined under ECCN 4E091 at `exportedAt`. Refused by the rules it is recorded too, and debits nothing either way.
         */
        readonly post: operations["WeightExportController_create"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/weight-exports/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read an export of model weights */
        readonly get: operations["WeightExportController_read"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/chips": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The chip catalogue, and the classification of a described item
         * @description Chips and systems of the rulebook in force, each with the arithmetic of its classification; all on one page. With `denseTops` and `bitLength`, or with `formats`, the answer is the one item that they describe.
         */
        readonly get: operations["ChipController_list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/chips/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a chip or system
         * @description With the arithmetic of its classification, step by step, each with its paragraph.
         */
        readonly get: operations["ChipController_one"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/rulebooks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Adopted rulebooks */
        readonly get: operations["RulebookController_list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/rulebooks/{id}/{version}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a rulebook */
        readonly get: operations["RulebookController_one"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/rulebooks/adoption": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Put a rulebook in force
         * @description What is under way is decided first, then the rulebook is adopted by one event, and everything after it is decided under it. What was decided before stays as it was. Caps of lines with history follow, those set by order stay. Bodies of up to 256 KiB.
         */
        readonly post: operations["AdoptionController_adopt"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/rulebooks/simulations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * What a draft would have changed
         * @description Takes every decision of the log again under a draft rulebook: what each line would have left, and which decisions would have differed, and why. Records nothing and needs no key. Bodies of up to 256 KiB; the document may also be the body itself, without `draft`.
         */
        readonly post: operations["SimulationController_simulate"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The log
         * @description CloudEvents 1.0 in the order of the log. With `Accept: application/x-ndjson` one event a line, to the end.
         */
        readonly get: operations["EventController_list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/about": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What this ledger is
         * @description Its clock, and whether it is a demo: a ledger of invented shipments whose clock runs `speed` times as fast as time does. `demo` is null where the ledger is meant in earnest.
         */
        readonly get: operations["AboutController_about"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/livez": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Is the process alive */
        readonly get: operations["HealthController_live"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/readyz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Can it serve
         * @description The store answers and the views are within their lag limit. Names the rulebook in force, and a newer version of it that this build brings along and that was not adopted; else `newerRulebook` is null.
         */
        readonly get: operations["HealthController_ready"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Metrics for Prometheus */
        readonly get: operations["MetricsController_read"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/problems/{code}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What a problem code means */
        readonly get: operations["ProblemController_problem"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The dashboard */
        readonly get: operations["DashboardController_home"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly Problem: Body<"Problem">;
        readonly ProblemKind: Body<"ProblemKind">;
        readonly Balance: Body<"Balance">;
        readonly Rulebook: Body<"Rulebook">;
        readonly Item: Body<"Item">;
        readonly Reservation: Body<"Reservation">;
        readonly Duty: Body<"Duty">;
        readonly ReservationPage: Body<"ReservationPage">;
        /** @description A line of the answer: the status and the body that the reservation would have had as a request of its own. */
        readonly BulkAnswer: Body<"BulkAnswer">;
        readonly Determination: Body<"Determination">;
        readonly NearMatch: Body<"NearMatch">;
        readonly NearMatches: Body<"NearMatches">;
        readonly Company: Body<"Company">;
        readonly CompanyPage: Body<"CompanyPage">;
        readonly Authorisation: Body<"Authorisation">;
        readonly AuthorisationPage: Body<"AuthorisationPage">;
        readonly SimulatedLine: Body<"SimulatedLine">;
        readonly SimulatedDifference: Body<"SimulatedDifference">;
        readonly Simulation: Body<"Simulation">;
        readonly DeterminationAnswer: Body<"DeterminationAnswer">;
        readonly WeightsDetermination: Body<"WeightsDetermination">;
        readonly WeightExport: Body<"WeightExport">;
        readonly WeightExportPage: Body<"WeightExportPage">;
        readonly Export: Body<"Export">;
        readonly ExportPage: Body<"ExportPage">;
        readonly Reversal: Body<"Reversal">;
        readonly ExpectedDay: Body<"ExpectedDay">;
        readonly Forecast: Body<"Forecast">;
        readonly CountryView: Body<"CountryView">;
        readonly Country: Body<"Country">;
        readonly CountryList: Body<"CountryList">;
        readonly Summary: Body<"Summary">;
        readonly CompanyLineView: Body<"CompanyLineView">;
        readonly CompanyLine: Body<"CompanyLine">;
        readonly Line: Body<"Line">;
        readonly LinePage: Body<"LinePage">;
        readonly LineHistory: Body<"LineHistory">;
        readonly Explanation: Body<"Explanation">;
        readonly Attrition: Body<"Attrition">;
        readonly CountryHistory: Body<"CountryHistory">;
        readonly Event: Body<"Event">;
        readonly EventPage: Body<"EventPage">;
        readonly Chip: Body<"Chip">;
        readonly ChipList: Body<"ChipList">;
        readonly RulebookSummary: Body<"RulebookSummary">;
        readonly RulebookList: Body<"RulebookList">;
        readonly AdoptedRulebook: Body<"AdoptedRulebook">;
        readonly Alert: Body<"Alert">;
        readonly AlertPage: Body<"AlertPage">;
        readonly Obligation: Body<"Obligation">;
        readonly ObligationPage: Body<"ObligationPage">;
        readonly FulfilmentList: Body<"FulfilmentList">;
        readonly ReportKind: Body<"ReportKind">;
        readonly ReportList: Body<"ReportList">;
        readonly Report: Body<"Report">;
        readonly About: Body<"About">;
        readonly Demo: Body<"Demo">;
        readonly Health: Body<"Health">;
        readonly RulebookAdoption: Body<"RulebookAdoption">;
        readonly Readiness: Body<"Readiness">;
        readonly AuthorisationDto: {
            /**
             * @description Universal or National Data Center VEU.
             * @enum {string}
             */
            readonly kind: "uveu" | "nveu";
            /** @description Id of the company, or any name that means it. */
            readonly companyId: string;
            /** @description The one country of an NVEU; none for a UVEU. */
            readonly country?: string;
            /**
             * Format: date-time
             * @description In force from here on (inclusive); left out: from now.
             */
            readonly from?: string;
            /**
             * Format: date-time
             * @description Until here (exclusive); left out: until it is revoked.
             */
            readonly until?: string;
            /** @description Why, for the record. */
            readonly reason: string;
            /** @description Where it is published. */
            readonly citation?: string;
        };
        readonly AuthorisationAmendmentDto: {
            /**
             * Format: date-time
             * @description A time to come, while the authorisation has not begun.
             */
            readonly from?: string;
            /**
             * Format: date-time
             * @description A time to come; null: until it is revoked.
             */
            readonly until?: string | null;
            /** @description Why, for the record. */
            readonly reason: string;
        };
        readonly RevocationDto: {
            /**
             * Format: date-time
             * @description When it ends: now or later; left out: now.
             */
            readonly effective?: string;
            /** @description Why, for the record. */
            readonly reason: string;
        };
        readonly CompanyDto: {
            /** @description The company as it signs. Its id is the slug of this name. */
            readonly name: string;
            /** @description Where its headquarters are; left out: not known yet. */
            readonly headquarters?: string;
            /** @description Other names that mean it. A name means one company only. */
            readonly aliases?: readonly string[];
        };
        readonly CompanyAmendmentDto: {
            /** @description Its name from now on; the former one becomes an alias for ever. */
            readonly name?: string;
            /** @description Where its headquarters are. */
            readonly headquarters?: string;
            /** @description All other names that mean it, as they shall be. Former names, and those that a merger brought, cannot be left out. */
            readonly aliases?: readonly string[];
            /** @description TPP at the level of 3A090.a that it owns with parents and subsidiaries: what the shares of a UVEU are of. */
            readonly declaredTpp?: number;
            /** @description What of that it has from outside of this ledger, by country: all of it, as it shall be. It counts in the shares of a UVEU and in the installed base of an NVEU. */
            readonly declaredElsewhere?: readonly {
                /** @description Where. */
                readonly country: string;
                /** @description TPP at the level of 3A090.a. */
                readonly tpp: number;
            }[];
            /** @description Why, for the record. */
            readonly reason: string;
        };
        readonly CompanyMergerDto: {
            /** @description Id of the company that goes on. */
            readonly into: string;
            /** @description Why they are one company, for the record; also why their headquarters differ, if they do. */
            readonly reason: string;
        };
        readonly DirectExportDto: {
            /**
             * Format: date-time
             * @description May lie in the past, inside the quota period, and not more than 24 h in the future.
             */
            readonly exportedAt: string;
            /** @description Internal Transaction Number of the export declaration. */
            readonly itn?: string;
            /** @description ISO 3166-1 alpha-2 code of the destination. */
            readonly destination: string;
            /** @description The exporter acted for; left out: `anonymous`. */
            readonly exporter?: string;
            /**
             * @description The route asked for; left out, the rulebook picks the first applicable one.
             * @enum {string}
             */
            readonly route?: "licence" | "lpp" | "nveu" | "uveu" | "aia" | "acm" | "aca" | "nac" | "tmp" | "rpl" | "gov" | "tsu" | "hbm";
            /** @description Left out: an unnamed entity located and headquartered in the destination. */
            readonly ultimateConsignee?: {
                /** @description The company that owns it in the end. */
                readonly ultimateParent?: {
                    /** @description The company as it signs. */
                    readonly name: string;
                    /** @description Where its headquarters are. */
                    readonly headquarters?: string;
                    /** @description Where it is located. */
                    readonly country?: string;
                };
                /** @description The company as it signs. */
                readonly name: string;
                /** @description Where its headquarters are. */
                readonly headquarters?: string;
                /** @description Where it is located. */
                readonly country?: string;
            };
            /** @description What is shipped. */
            readonly items: readonly {
                /** @description Id of a chip of /v1/chips; or use `description`. */
                readonly chip?: string;
                /** @description An item that is not in the catalogue; needs `tppPerUnit`, or the `circuits` of a computer. Without `circuits` and `eccn` it is measured as one integrated circuit. */
                readonly description?: string;
                /** @description Taken as declared; left out, the item is classified. Technology says what it is for: 3E001 (for 3A090.a). */
                readonly eccn?: string;
                /** @description Units. */
                readonly quantity: number;
                /** @description TPP of one unit, with at most three decimals; only with `description`. */
                readonly tppPerUnit?: number;
                /** @description Applicable die area of one unit in mm2, 0 if it has no die of a non-planar process; not where the catalogue has one. */
                readonly dieAreaMm2?: number;
                /** @description Designed or marketed for datacentres; only with `description`; left out: true, with `circuits` whether one of them is. */
                readonly datacenter?: boolean;
                /** @description What a described computer or assembly contains, in place of `tppPerUnit`, `dieAreaMm2` and `eccn`: it has the sum of their TPP and is 4A090 if one of them is 3A090.a or .b. */
                readonly circuits?: readonly {
                    /** @description TPP of one of them, with at most three decimals. */
                    readonly tppPerUnit: number;
                    /** @description Applicable die area of one of them in mm2, 0 if it has no die of a non-planar process. */
                    readonly dieAreaMm2?: number;
                    /** @description Designed or marketed for datacentres; left out: true. */
                    readonly datacenter?: boolean;
                    /** @description How many of them one computer has. */
                    readonly quantity: number;
                }[];
            }[];
            /**
             * Format: date-time
             * @description When the hold ends: after now, and where it draws on the allocation of a country at most the end of the quota period; left out: 90 days, cut there. Without effect on a direct export.
             */
            readonly expiresAt?: string;
            /** @description The exporter's own reference. */
            readonly reference?: string;
            /** @description What a route needs besides, by route: see docs/rulebook.md. */
            readonly facts?: {
                /** @description Stays within the destination: a transfer (in-country). Left out: false. */
                readonly inCountryTransfer?: boolean;
                /** @description False: foreign-made and no direct product by 15 CFR 734.9(h), so that no route is needed. Left out: true. */
                readonly subjectToEar?: boolean;
                /** @description For an end use or end user that part 744 prohibits: no route applies. Left out: false. */
                readonly prohibitedEndUse?: boolean;
                /** @description AIA, VEU: will train models of ECCN 4E091 for entities (VEU: or in places) outside of partner countries. Left out: false. */
                readonly trainsWeightsForOutsiders?: boolean;
                /**
                 * @description ACM: what the items are for: development or production of eligible items, or their storage before export.
                 * @enum {string}
                 */
                readonly endUse?: "development" | "production" | "storage" | "other";
                /** @description ACM: no government, the home one aside, owns or controls the consignee. */
                readonly privateSector?: boolean;
                /** @description ACM: a government other than the home one owns or controls the consignee. */
                readonly governmentOwned?: boolean;
                /** @description The items end with customers outside of Macau and Country Group D:5. ACM needs it; `false` bars every route but NAC and the exceptions of 15 CFR 740.2(a)(9)(ii) that `route` asks for. */
                readonly customersOutsideD5?: boolean;
                /**
                 * Format: date-time
                 * @description NAC: when the notification was given.
                 */
                readonly noticeGivenAt?: string;
                /** @description NAC: for a computing cluster; then `clusterTpp` too. */
                readonly cluster?: boolean;
                /** @description NAC: TPP of the whole cluster once it is complete. */
                readonly clusterTpp?: number;
                /** @description NAC: memory bandwidth of the item in GB/s. */
                readonly memoryBandwidthGBs?: number;
                /** @description Who operates the items, if not the consignee. LPP: they count on the limit of its ultimate parent, or on its own where it names none. VEU: it needs its own authorisation. */
                readonly operator?: {
                    /** @description The company that owns it in the end. */
                    readonly ultimateParent?: {
                        /** @description The company as it signs. */
                        readonly name: string;
                        /** @description Where its headquarters are. */
                        readonly headquarters?: string;
                        /** @description Where it is located. */
                        readonly country?: string;
                    };
                    /** @description The company as it signs. */
                    readonly name: string;
                    /** @description Where its headquarters are. */
                    readonly headquarters?: string;
                    /** @description Where it is located. */
                    readonly country?: string;
                };
                /** @description VEU: between authorised sites of the same VEU. */
                readonly betweenVeuSites?: boolean;
                /** @description UVEU: for a data centre in a location not yet listed; then `siteNoticeGivenAt` too. */
                readonly newDataCenter?: boolean;
                /**
                 * Format: date-time
                 * @description UVEU: when the notice of the new location was given.
                 */
                readonly siteNoticeGivenAt?: string;
                /** @description TMP, RPL, GOV, TSU, HBM: every condition of the paragraph of the license exception that `route` asks for is met. */
                readonly exceptionConditionsMet?: boolean;
            };
        };
        readonly ReversalDto: {
            /**
             * @description `misreported`, `duplicate` and `not-shipped` credit the line, `returned` does not.
             * @enum {string}
             */
            readonly code: "misreported" | "duplicate" | "returned" | "not-shipped";
            /** @description Why, for the record. */
            readonly reason: string;
        };
        readonly FilingDto: {
            /** @description Internal Transaction Number of the export declaration. */
            readonly itn: string;
        };
        readonly AttritionDto: {
            /** @description What no longer counts as installed. */
            readonly tpp: number;
            /**
             * @description What became of it.
             * @enum {string}
             */
            readonly cause: "loss" | "damage" | "failure" | "relocation" | "resale";
            /**
             * Format: date-time
             * @description When it happened; not in the future.
             */
            readonly occurredAt: string;
            /** @description For the record. */
            readonly reason: string;
        };
        readonly FulfilmentsDto: {
            /** @description Ids of the obligations, 1 to 200. */
            readonly ids: readonly string[];
            /**
             * Format: date-time
             * @description When it was done; left out: now. Not in the future.
             */
            readonly fulfilledAt?: string;
            /** @description Where the evidence is to be found: the number of a letter, an address, a file. */
            readonly reference: string;
            /** @description Anything else worth keeping. */
            readonly note?: string;
        };
        readonly FulfilmentDto: {
            /**
             * Format: date-time
             * @description When it was done; left out: now. Not in the future.
             */
            readonly fulfilledAt?: string;
            /** @description Where the evidence is to be found: the number of a letter, an address, a file. */
            readonly reference: string;
            /** @description Anything else worth keeping. */
            readonly note?: string;
        };
        readonly BulkReservationDto: {
            /** @description 8 to 200 printable ASCII characters. */
            readonly idempotencyKey: string;
            /** @description ISO 3166-1 alpha-2 code of the destination. */
            readonly destination: string;
            /** @description The exporter acted for; left out: `anonymous`. */
            readonly exporter?: string;
            /**
             * @description The route asked for; left out, the rulebook picks the first applicable one.
             * @enum {string}
             */
            readonly route?: "licence" | "lpp" | "nveu" | "uveu" | "aia" | "acm" | "aca" | "nac" | "tmp" | "rpl" | "gov" | "tsu" | "hbm";
            /** @description Left out: an unnamed entity located and headquartered in the destination. */
            readonly ultimateConsignee?: {
                /** @description The company that owns it in the end. */
                readonly ultimateParent?: {
                    /** @description The company as it signs. */
                    readonly name: string;
                    /** @description Where its headquarters are. */
                    readonly headquarters?: string;
                    /** @description Where it is located. */
                    readonly country?: string;
                };
                /** @description The company as it signs. */
                readonly name: string;
                /** @description Where its headquarters are. */
                readonly headquarters?: string;
                /** @description Where it is located. */
                readonly country?: string;
            };
            /** @description What is shipped. */
            readonly items: readonly {
                /** @description Id of a chip of /v1/chips; or use `description`. */
                readonly chip?: string;
                /** @description An item that is not in the catalogue; needs `tppPerUnit`, or the `circuits` of a computer. Without `circuits` and `eccn` it is measured as one integrated circuit. */
                readonly description?: string;
                /** @description Taken as declared; left out, the item is classified. Technology says what it is for: 3E001 (for 3A090.a). */
                readonly eccn?: string;
                /** @description Units. */
                readonly quantity: number;
                /** @description TPP of one unit, with at most three decimals; only with `description`. */
                readonly tppPerUnit?: number;
                /** @description Applicable die area of one unit in mm2, 0 if it has no die of a non-planar process; not where the catalogue has one. */
                readonly dieAreaMm2?: number;
                /** @description Designed or marketed for datacentres; only with `description`; left out: true, with `circuits` whether one of them is. */
                readonly datacenter?: boolean;
                /** @description What a described computer or assembly contains, in place of `tppPerUnit`, `dieAreaMm2` and `eccn`: it has the sum of their TPP and is 4A090 if one of them is 3A090.a or .b. */
                readonly circuits?: readonly {
                    /** @description TPP of one of them, with at most three decimals. */
                    readonly tppPerUnit: number;
                    /** @description Applicable die area of one of them in mm2, 0 if it has no die of a non-planar process. */
                    readonly dieAreaMm2?: number;
                    /** @description Designed or marketed for datacentres; left out: true. */
                    readonly datacenter?: boolean;
                    /** @description How many of them one computer has. */
                    readonly quantity: number;
                }[];
            }[];
            /**
             * Format: date-time
             * @description When the hold ends: after now, and where it draws on the allocation of a country at most the end of the quota period; left out: 90 days, cut there. Without effect on a direct export.
             */
            readonly expiresAt?: string;
            /** @description The exporter's own reference. */
            readonly reference?: string;
            /** @description What a route needs besides, by route: see docs/rulebook.md. */
            readonly facts?: {
                /** @description Stays within the destination: a transfer (in-country). Left out: false. */
                readonly inCountryTransfer?: boolean;
                /** @description False: foreign-made and no direct product by 15 CFR 734.9(h), so that no route is needed. Left out: true. */
                readonly subjectToEar?: boolean;
                /** @description For an end use or end user that part 744 prohibits: no route applies. Left out: false. */
                readonly prohibitedEndUse?: boolean;
                /** @description AIA, VEU: will train models of ECCN 4E091 for entities (VEU: or in places) outside of partner countries. Left out: false. */
                readonly trainsWeightsForOutsiders?: boolean;
                /**
                 * @description ACM: what the items are for: development or production of eligible items, or their storage before export.
                 * @enum {string}
                 */
                readonly endUse?: "development" | "production" | "storage" | "other";
                /** @description ACM: no government, the home one aside, owns or controls the consignee. */
                readonly privateSector?: boolean;
                /** @description ACM: a government other than the home one owns or controls the consignee. */
                readonly governmentOwned?: boolean;
                /** @description The items end with customers outside of Macau and Country Group D:5. ACM needs it; `false` bars every route but NAC and the exceptions of 15 CFR 740.2(a)(9)(ii) that `route` asks for. */
                readonly customersOutsideD5?: boolean;
                /**
                 * Format: date-time
                 * @description NAC: when the notification was given.
                 */
                readonly noticeGivenAt?: string;
                /** @description NAC: for a computing cluster; then `clusterTpp` too. */
                readonly cluster?: boolean;
                /** @description NAC: TPP of the whole cluster once it is complete. */
                readonly clusterTpp?: number;
                /** @description NAC: memory bandwidth of the item in GB/s. */
                readonly memoryBandwidthGBs?: number;
                /** @description Who operates the items, if not the consignee. LPP: they count on the limit of its ultimate parent, or on its own where it names none. VEU: it needs its own authorisation. */
                readonly operator?: {
                    /** @description The company that owns it in the end. */
                    readonly ultimateParent?: {
                        /** @description The company as it signs. */
                        readonly name: string;
                        /** @description Where its headquarters are. */
                        readonly headquarters?: string;
                        /** @description Where it is located. */
                        readonly country?: string;
                    };
                    /** @description The company as it signs. */
                    readonly name: string;
                    /** @description Where its headquarters are. */
                    readonly headquarters?: string;
                    /** @description Where it is located. */
                    readonly country?: string;
                };
                /** @description VEU: between authorised sites of the same VEU. */
                readonly betweenVeuSites?: boolean;
                /** @description UVEU: for a data centre in a location not yet listed; then `siteNoticeGivenAt` too. */
                readonly newDataCenter?: boolean;
                /**
                 * Format: date-time
                 * @description UVEU: when the notice of the new location was given.
                 */
                readonly siteNoticeGivenAt?: string;
                /** @description TMP, RPL, GOV, TSU, HBM: every condition of the paragraph of the license exception that `route` asks for is met. */
                readonly exceptionConditionsMet?: boolean;
            };
        };
        readonly DeterminationDto: {
            /**
             * Format: date-time
             * @description The day of an export, for what it would come to as an export of its own; left out: a reservation.
             */
            readonly exportedAt?: string;
            /** @description ISO 3166-1 alpha-2 code of the destination. */
            readonly destination: string;
            /** @description The exporter acted for; left out: `anonymous`. */
            readonly exporter?: string;
            /**
             * @description The route asked for; left out, the rulebook picks the first applicable one.
             * @enum {string}
             */
            readonly route?: "licence" | "lpp" | "nveu" | "uveu" | "aia" | "acm" | "aca" | "nac" | "tmp" | "rpl" | "gov" | "tsu" | "hbm";
            /** @description Left out: an unnamed entity located and headquartered in the destination. */
            readonly ultimateConsignee?: {
                /** @description The company that owns it in the end. */
                readonly ultimateParent?: {
                    /** @description The company as it signs. */
                    readonly name: string;
                    /** @description Where its headquarters are. */
                    readonly headquarters?: string;
                    /** @description Where it is located. */
                    readonly country?: string;
                };
                /** @description The company as it signs. */
                readonly name: string;
                /** @description Where its headquarters are. */
                readonly headquarters?: string;
                /** @description Where it is located. */
                readonly country?: string;
            };
            /** @description What is shipped. */
            readonly items: readonly {
                /** @description Id of a chip of /v1/chips; or use `description`. */
                readonly chip?: string;
                /** @description An item that is not in the catalogue; needs `tppPerUnit`, or the `circuits` of a computer. Without `circuits` and `eccn` it is measured as one integrated circuit. */
                readonly description?: string;
                /** @description Taken as declared; left out, the item is classified. Technology says what it is for: 3E001 (for 3A090.a). */
                readonly eccn?: string;
                /** @description Units. */
                readonly quantity: number;
                /** @description TPP of one unit, with at most three decimals; only with `description`. */
                readonly tppPerUnit?: number;
                /** @description Applicable die area of one unit in mm2, 0 if it has no die of a non-planar process; not where the catalogue has one. */
                readonly dieAreaMm2?: number;
                /** @description Designed or marketed for datacentres; only with `description`; left out: true, with `circuits` whether one of them is. */
                readonly datacenter?: boolean;
                /** @description What a described computer or assembly contains, in place of `tppPerUnit`, `dieAreaMm2` and `eccn`: it has the sum of their TPP and is 4A090 if one of them is 3A090.a or .b. */
                readonly circuits?: readonly {
                    /** @description TPP of one of them, with at most three decimals. */
                    readonly tppPerUnit: number;
                    /** @description Applicable die area of one of them in mm2, 0 if it has no die of a non-planar process. */
                    readonly dieAreaMm2?: number;
                    /** @description Designed or marketed for datacentres; left out: true. */
                    readonly datacenter?: boolean;
                    /** @description How many of them one computer has. */
                    readonly quantity: number;
                }[];
            }[];
            /**
             * Format: date-time
             * @description When the hold ends: after now, and where it draws on the allocation of a country at most the end of the quota period; left out: 90 days, cut there. Without effect on a direct export.
             */
            readonly expiresAt?: string;
            /** @description The exporter's own reference. */
            readonly reference?: string;
            /** @description What a route needs besides, by route: see docs/rulebook.md. */
            readonly facts?: {
                /** @description Stays within the destination: a transfer (in-country). Left out: false. */
                readonly inCountryTransfer?: boolean;
                /** @description False: foreign-made and no direct product by 15 CFR 734.9(h), so that no route is needed. Left out: true. */
                readonly subjectToEar?: boolean;
                /** @description For an end use or end user that part 744 prohibits: no route applies. Left out: false. */
                readonly prohibitedEndUse?: boolean;
                /** @description AIA, VEU: will train models of ECCN 4E091 for entities (VEU: or in places) outside of partner countries. Left out: false. */
                readonly trainsWeightsForOutsiders?: boolean;
                /**
                 * @description ACM: what the items are for: development or production of eligible items, or their storage before export.
                 * @enum {string}
                 */
                readonly endUse?: "development" | "production" | "storage" | "other";
                /** @description ACM: no government, the home one aside, owns or controls the consignee. */
                readonly privateSector?: boolean;
                /** @description ACM: a government other than the home one owns or controls the consignee. */
                readonly governmentOwned?: boolean;
                /** @description The items end with customers outside of Macau and Country Group D:5. ACM needs it; `false` bars every route but NAC and the exceptions of 15 CFR 740.2(a)(9)(ii) that `route` asks for. */
                readonly customersOutsideD5?: boolean;
                /**
                 * Format: date-time
                 * @description NAC: when the notification was given.
                 */
                readonly noticeGivenAt?: string;
                /** @description NAC: for a computing cluster; then `clusterTpp` too. */
                readonly cluster?: boolean;
                /** @description NAC: TPP of the whole cluster once it is complete. */
                readonly clusterTpp?: number;
                /** @description NAC: memory bandwidth of the item in GB/s. */
                readonly memoryBandwidthGBs?: number;
                /** @description Who operates the items, if not the consignee. LPP: they count on the limit of its ultimate parent, or on its own where it names none. VEU: it needs its own authorisation. */
                readonly operator?: {
                    /** @description The company that owns it in the end. */
                    readonly ultimateParent?: {
                        /** @description The company as it signs. */
                        readonly name: string;
                        /** @description Where its headquarters are. */
                        readonly headquarters?: string;
                        /** @description Where it is located. */
                        readonly country?: string;
                    };
                    /** @description The company as it signs. */
                    readonly name: string;
                    /** @description Where its headquarters are. */
                    readonly headquarters?: string;
                    /** @description Where it is located. */
                    readonly country?: string;
                };
                /** @description VEU: between authorised sites of the same VEU. */
                readonly betweenVeuSites?: boolean;
                /** @description UVEU: for a data centre in a location not yet listed; then `siteNoticeGivenAt` too. */
                readonly newDataCenter?: boolean;
                /**
                 * Format: date-time
                 * @description UVEU: when the notice of the new location was given.
                 */
                readonly siteNoticeGivenAt?: string;
                /** @description TMP, RPL, GOV, TSU, HBM: every condition of the paragraph of the license exception that `route` asks for is met. */
                readonly exceptionConditionsMet?: boolean;
            };
        };
        readonly WeightsDeterminationDto: {
            /**
             * Format: date-time
             * @description The moment whose rules hold; left out: now.
             */
            readonly exportedAt?: string;
            /** @description The exporter acted for; left out: `anonymous`. */
            readonly exporter?: string;
            /** @description What the weights are. */
            readonly weights: {
                /** @description Name of the model. */
                readonly model?: string;
                /** @description Whether the weights are published: open to the public without limits on passing them on. */
                readonly published?: boolean | "unknown";
                /** @description Operations of all training, later training and a base model's included: one figure, or one a stage. */
                readonly trainingOperations?: readonly {
                    /** @description What this stage is called. */
                    readonly stage?: string;
                    /** @description Operations of this stage. */
                    readonly operations?: number | "unknown";
                }[] | number | "unknown";
                /** @description Data that other models generated and this one was trained on; `none` if there are none. */
                readonly syntheticData?: readonly {
                    /** @description The generating model: data of the same name count together, its training counts once. */
                    readonly generator: string;
                    /** @description Operations of this model's training that used the data. */
                    readonly trainingOperations?: number | "unknown";
                    /** @description Whether the data are published: then they never count. */
                    readonly published?: boolean | "unknown";
                    /** @description Operations to generate the data. */
                    readonly generationOperations?: number | "unknown";
                    /** @description Whether the generator's weights are published: then its training does not count. */
                    readonly generatorPublished?: boolean | "unknown";
                    /** @description Operations of the generator's training. */
                    readonly generatorTrainingOperations?: number | "unknown";
                    /** @description How much of the generator's training is among this model's operations already. */
                    readonly alreadyCountedOperations?: number;
                }[] | ("none" | "unknown");
                /** @description The model that this one was trained on from; `none` if it was trained from scratch. */
                readonly derivedFrom?: {
                    /** @description Name of the base model. */
                    readonly model?: string;
                    /** @description Whether its weights are published. */
                    readonly published?: boolean | "unknown";
                    /** @description Operations of its training; left out: all training less what came after. */
                    readonly trainingOperations?: number | "unknown";
                    /** @description Operations of everything after it; left out: all training less the base model's. */
                    readonly furtherOperations?: number | "unknown";
                } | ("none" | "unknown");
                /** @description A classification of this model under Note 2 to ECCN 4E091. */
                readonly belowPublishedFrontier?: {
                    /** @description Trained with fewer operations than a model as capable as the most advanced published one needs. */
                    readonly finding: boolean | "unknown";
                    /**
                     * @description Who found it: BIS (15 CFR 748.3(f)) or the exporter itself.
                     * @enum {string}
                     */
                    readonly by: "bis" | "self";
                };
                /** @description `us`: in the United States or of US origin. `foreign`: produced outside of them. */
                readonly origin?: ("us" | "foreign") | "unknown";
                /** @description Of foreign weights: whether their plant, or a major component of it, is listed in 15 CFR 734.9(l)(1). */
                readonly listedPlant?: boolean | "unknown";
                /**
                 * @description Left out: `export`, of the weights themselves and not a release to a person.
                 * @enum {string}
                 */
                readonly release?: "export" | "deemed-export";
                /** @description Of a deemed export: whether the person is a 'permanent regular employee' of the consignee. */
                readonly permanentRegularEmployee?: boolean | "unknown";
            };
            /** @description Who obtains them. */
            readonly consignee?: {
                /** @description The company as it signs. */
                readonly name?: string;
                /** @description Where it is located. */
                readonly country?: string | "unknown";
                /** @description Where its headquarters are. */
                readonly headquarters?: string | "unknown";
                /** @description Its ultimate parent; `none` if it has none. */
                readonly ultimateParent?: {
                    /** @description The company that owns the consignee in the end. */
                    readonly name?: string;
                    /** @description Where its headquarters are. */
                    readonly headquarters?: string | "unknown";
                } | ("none" | "unknown");
                /** @description Where the weights are stored, and whether it complies with Supplement No. 10 to Part 748. */
                readonly facility?: {
                    /** @description Where the weights are stored; left out: where the consignee is. */
                    readonly country?: string;
                    /** @description Complies with paragraph 14 of Supplement No. 10 to Part 748. */
                    readonly paragraph14?: boolean | "unknown";
                    /** @description Complies with paragraph 15. */
                    readonly paragraph15?: boolean | "unknown";
                    /** @description Complies with paragraph 18. */
                    readonly paragraph18?: boolean | "unknown";
                };
            };
            /**
             * @description The route asked for; left out: the first applicable one.
             * @enum {string}
             */
            readonly route?: "aia" | "licence";
            /** @description Number of the licence that was granted for this export: the route `licence` needs it. */
            readonly licence?: string;
            /** @description The exporter's own reference. */
            readonly reference?: string;
        };
        readonly ReservationDto: {
            /** @description ISO 3166-1 alpha-2 code of the destination. */
            readonly destination: string;
            /** @description The exporter acted for; left out: `anonymous`. */
            readonly exporter?: string;
            /**
             * @description The route asked for; left out, the rulebook picks the first applicable one.
             * @enum {string}
             */
            readonly route?: "licence" | "lpp" | "nveu" | "uveu" | "aia" | "acm" | "aca" | "nac" | "tmp" | "rpl" | "gov" | "tsu" | "hbm";
            /** @description Left out: an unnamed entity located and headquartered in the destination. */
            readonly ultimateConsignee?: {
                /** @description The company that owns it in the end. */
                readonly ultimateParent?: {
                    /** @description The company as it signs. */
                    readonly name: string;
                    /** @description Where its headquarters are. */
                    readonly headquarters?: string;
                    /** @description Where it is located. */
                    readonly country?: string;
                };
                /** @description The company as it signs. */
                readonly name: string;
                /** @description Where its headquarters are. */
                readonly headquarters?: string;
                /** @description Where it is located. */
                readonly country?: string;
            };
            /** @description What is shipped. */
            readonly items: readonly {
                /** @description Id of a chip of /v1/chips; or use `description`. */
                readonly chip?: string;
                /** @description An item that is not in the catalogue; needs `tppPerUnit`, or the `circuits` of a computer. Without `circuits` and `eccn` it is measured as one integrated circuit. */
                readonly description?: string;
                /** @description Taken as declared; left out, the item is classified. Technology says what it is for: 3E001 (for 3A090.a). */
                readonly eccn?: string;
                /** @description Units. */
                readonly quantity: number;
                /** @description TPP of one unit, with at most three decimals; only with `description`. */
                readonly tppPerUnit?: number;
                /** @description Applicable die area of one unit in mm2, 0 if it has no die of a non-planar process; not where the catalogue has one. */
                readonly dieAreaMm2?: number;
                /** @description Designed or marketed for datacentres; only with `description`; left out: true, with `circuits` whether one of them is. */
                readonly datacenter?: boolean;
                /** @description What a described computer or assembly contains, in place of `tppPerUnit`, `dieAreaMm2` and `eccn`: it has the sum of their TPP and is 4A090 if one of them is 3A090.a or .b. */
                readonly circuits?: readonly {
                    /** @description TPP of one of them, with at most three decimals. */
                    readonly tppPerUnit: number;
                    /** @description Applicable die area of one of them in mm2, 0 if it has no die of a non-planar process. */
                    readonly dieAreaMm2?: number;
                    /** @description Designed or marketed for datacentres; left out: true. */
                    readonly datacenter?: boolean;
                    /** @description How many of them one computer has. */
                    readonly quantity: number;
                }[];
            }[];
            /**
             * Format: date-time
             * @description When the hold ends: after now, and where it draws on the allocation of a country at most the end of the quota period; left out: 90 days, cut there. Without effect on a direct export.
             */
            readonly expiresAt?: string;
            /** @description The exporter's own reference. */
            readonly reference?: string;
            /** @description What a route needs besides, by route: see docs/rulebook.md. */
            readonly facts?: {
                /** @description Stays within the destination: a transfer (in-country). Left out: false. */
                readonly inCountryTransfer?: boolean;
                /** @description False: foreign-made and no direct product by 15 CFR 734.9(h), so that no route is needed. Left out: true. */
                readonly subjectToEar?: boolean;
                /** @description For an end use or end user that part 744 prohibits: no route applies. Left out: false. */
                readonly prohibitedEndUse?: boolean;
                /** @description AIA, VEU: will train models of ECCN 4E091 for entities (VEU: or in places) outside of partner countries. Left out: false. */
                readonly trainsWeightsForOutsiders?: boolean;
                /**
                 * @description ACM: what the items are for: development or production of eligible items, or their storage before export.
                 * @enum {string}
                 */
                readonly endUse?: "development" | "production" | "storage" | "other";
                /** @description ACM: no government, the home one aside, owns or controls the consignee. */
                readonly privateSector?: boolean;
                /** @description ACM: a government other than the home one owns or controls the consignee. */
                readonly governmentOwned?: boolean;
                /** @description The items end with customers outside of Macau and Country Group D:5. ACM needs it; `false` bars every route but NAC and the exceptions of 15 CFR 740.2(a)(9)(ii) that `route` asks for. */
                readonly customersOutsideD5?: boolean;
                /**
                 * Format: date-time
                 * @description NAC: when the notification was given.
                 */
                readonly noticeGivenAt?: string;
                /** @description NAC: for a computing cluster; then `clusterTpp` too. */
                readonly cluster?: boolean;
                /** @description NAC: TPP of the whole cluster once it is complete. */
                readonly clusterTpp?: number;
                /** @description NAC: memory bandwidth of the item in GB/s. */
                readonly memoryBandwidthGBs?: number;
                /** @description Who operates the items, if not the consignee. LPP: they count on the limit of its ultimate parent, or on its own where it names none. VEU: it needs its own authorisation. */
                readonly operator?: {
                    /** @description The company that owns it in the end. */
                    readonly ultimateParent?: {
                        /** @description The company as it signs. */
                        readonly name: string;
                        /** @description Where its headquarters are. */
                        readonly headquarters?: string;
                        /** @description Where it is located. */
                        readonly country?: string;
                    };
                    /** @description The company as it signs. */
                    readonly name: string;
                    /** @description Where its headquarters are. */
                    readonly headquarters?: string;
                    /** @description Where it is located. */
                    readonly country?: string;
                };
                /** @description VEU: between authorised sites of the same VEU. */
                readonly betweenVeuSites?: boolean;
                /** @description UVEU: for a data centre in a location not yet listed; then `siteNoticeGivenAt` too. */
                readonly newDataCenter?: boolean;
                /**
                 * Format: date-time
                 * @description UVEU: when the notice of the new location was given.
                 */
                readonly siteNoticeGivenAt?: string;
                /** @description TMP, RPL, GOV, TSU, HBM: every condition of the paragraph of the license exception that `route` asks for is met. */
                readonly exceptionConditionsMet?: boolean;
            };
        };
        readonly AmendmentDto: {
            /** @description The items as they shall be. */
            readonly items?: readonly {
                /** @description Id of a chip of /v1/chips; or use `description`. */
                readonly chip?: string;
                /** @description An item that is not in the catalogue; needs `tppPerUnit`, or the `circuits` of a computer. Without `circuits` and `eccn` it is measured as one integrated circuit. */
                readonly description?: string;
                /** @description Taken as declared; left out, the item is classified. Technology says what it is for: 3E001 (for 3A090.a). */
                readonly eccn?: string;
                /** @description Units. */
                readonly quantity: number;
                /** @description TPP of one unit, with at most three decimals; only with `description`. */
                readonly tppPerUnit?: number;
                /** @description Applicable die area of one unit in mm2, 0 if it has no die of a non-planar process; not where the catalogue has one. */
                readonly dieAreaMm2?: number;
                /** @description Designed or marketed for datacentres; only with `description`; left out: true, with `circuits` whether one of them is. */
                readonly datacenter?: boolean;
                /** @description What a described computer or assembly contains, in place of `tppPerUnit`, `dieAreaMm2` and `eccn`: it has the sum of their TPP and is 4A090 if one of them is 3A090.a or .b. */
                readonly circuits?: readonly {
                    /** @description TPP of one of them, with at most three decimals. */
                    readonly tppPerUnit: number;
                    /** @description Applicable die area of one of them in mm2, 0 if it has no die of a non-planar process. */
                    readonly dieAreaMm2?: number;
                    /** @description Designed or marketed for datacentres; left out: true. */
                    readonly datacenter?: boolean;
                    /** @description How many of them one computer has. */
                    readonly quantity: number;
                }[];
            }[];
            /**
             * Format: date-time
             * @description When the hold shall end.
             */
            readonly expiresAt?: string;
            /** @description The exporter's own reference; null takes it away. */
            readonly reference?: string | null;
        };
        readonly ReleaseDto: {
            /** @description Why, for the record. */
            readonly reason?: string;
        };
        readonly HoldExportDto: {
            /** @description Items of the reservation; neither items nor tpp: all that is held. */
            readonly items?: readonly {
                readonly chip?: string;
                readonly description?: string;
                readonly quantity: number;
            }[];
            /** @description An amount alone, with at most three decimals; needs a reservation of a single item. */
            readonly tpp?: number;
            /**
             * Format: date-time
             * @description May lie in the past, inside the quota period, and not more than 24 h in the future.
             */
            readonly exportedAt: string;
            /** @description Internal Transaction Number of the export declaration. */
            readonly itn?: string;
            /** @description Gives back what is left of the hold. */
            readonly final?: boolean;
        };
        readonly AdoptionDto: {
            /** @description A whole rulebook document, as in a rulebook file; or the one that the build of the ledger brings along. */
            readonly rulebook: Record<string, unknown> | "built-in";
        };
        readonly SimulationDto: {
            /** @description A whole rulebook document, as in a rulebook file. */
            readonly draft: Record<string, unknown>;
            /** @description Replays the log up to this position; left out: up to its end. */
            readonly until?: string;
            /**
             * Format: date-time
             * @description The time whose caps the lines are shown with; left out: now, or with `until` the time of the last event.
             */
            readonly at?: string;
        };
        readonly WeightExportDto: {
            /**
             * Format: date-time
             * @description When they left: the rules of that moment hold. Not more than 24 h in the future.
             */
            readonly exportedAt: string;
            /** @description The exporter acted for; left out: `anonymous`. */
            readonly exporter?: string;
            /** @description What the weights are. */
            readonly weights: {
                /** @description Name of the model. */
                readonly model?: string;
                /** @description Whether the weights are published: open to the public without limits on passing them on. */
                readonly published?: boolean | "unknown";
                /** @description Operations of all training, later training and a base model's included: one figure, or one a stage. */
                readonly trainingOperations?: readonly {
                    /** @description What this stage is called. */
                    readonly stage?: string;
                    /** @description Operations of this stage. */
                    readonly operations?: number | "unknown";
                }[] | number | "unknown";
                /** @description Data that other models generated and this one was trained on; `none` if there are none. */
                readonly syntheticData?: readonly {
                    /** @description The generating model: data of the same name count together, its training counts once. */
                    readonly generator: string;
                    /** @description Operations of this model's training that used the data. */
                    readonly trainingOperations?: number | "unknown";
                    /** @description Whether the data are published: then they never count. */
                    readonly published?: boolean | "unknown";
                    /** @description Operations to generate the data. */
                    readonly generationOperations?: number | "unknown";
                    /** @description Whether the generator's weights are published: then its training does not count. */
                    readonly generatorPublished?: boolean | "unknown";
                    /** @description Operations of the generator's training. */
                    readonly generatorTrainingOperations?: number | "unknown";
                    /** @description How much of the generator's training is among this model's operations already. */
                    readonly alreadyCountedOperations?: number;
                }[] | ("none" | "unknown");
                /** @description The model that this one was trained on from; `none` if it was trained from scratch. */
                readonly derivedFrom?: {
                    /** @description Name of the base model. */
                    readonly model?: string;
                    /** @description Whether its weights are published. */
                    readonly published?: boolean | "unknown";
                    /** @description Operations of its training; left out: all training less what came after. */
                    readonly trainingOperations?: number | "unknown";
                    /** @description Operations of everything after it; left out: all training less the base model's. */
                    readonly furtherOperations?: number | "unknown";
                } | ("none" | "unknown");
                /** @description A classification of this model under Note 2 to ECCN 4E091. */
                readonly belowPublishedFrontier?: {
                    /** @description Trained with fewer operations than a model as capable as the most advanced published one needs. */
                    readonly finding: boolean | "unknown";
                    /**
                     * @description Who found it: BIS (15 CFR 748.3(f)) or the exporter itself.
                     * @enum {string}
                     */
                    readonly by: "bis" | "self";
                };
                /** @description `us`: in the United States or of US origin. `foreign`: produced outside of them. */
                readonly origin?: ("us" | "foreign") | "unknown";
                /** @description Of foreign weights: whether their plant, or a major component of it, is listed in 15 CFR 734.9(l)(1). */
                readonly listedPlant?: boolean | "unknown";
                /**
                 * @description Left out: `export`, of the weights themselves and not a release to a person.
                 * @enum {string}
                 */
                readonly release?: "export" | "deemed-export";
                /** @description Of a deemed export: whether the person is a 'permanent regular employee' of the consignee. */
                readonly permanentRegularEmployee?: boolean | "unknown";
            };
            /** @description Who obtains them. */
            readonly consignee?: {
                /** @description The company as it signs. */
                readonly name?: string;
                /** @description Where it is located. */
                readonly country?: string | "unknown";
                /** @description Where its headquarters are. */
                readonly headquarters?: string | "unknown";
                /** @description Its ultimate parent; `none` if it has none. */
                readonly ultimateParent?: {
                    /** @description The company that owns the consignee in the end. */
                    readonly name?: string;
                    /** @description Where its headquarters are. */
                    readonly headquarters?: string | "unknown";
                } | ("none" | "unknown");
                /** @description Where the weights are stored, and whether it complies with Supplement No. 10 to Part 748. */
                readonly facility?: {
                    /** @description Where the weights are stored; left out: where the consignee is. */
                    readonly country?: string;
                    /** @description Complies with paragraph 14 of Supplement No. 10 to Part 748. */
                    readonly paragraph14?: boolean | "unknown";
                    /** @description Complies with paragraph 15. */
                    readonly paragraph15?: boolean | "unknown";
                    /** @description Complies with paragraph 18. */
                    readonly paragraph18?: boolean | "unknown";
                };
            };
            /**
             * @description The route asked for; left out: the first applicable one.
             * @enum {string}
             */
            readonly route?: "aia" | "licence";
            /** @description Number of the licence that was granted for this export: the route `licence` needs it. */
            readonly licence?: string;
            /** @description The exporter's own reference. */
            readonly reference?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly DeterminationController_determine: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["DeterminationDto"] | components["schemas"]["WeightsDeterminationDto"];
            };
        };
        readonly responses: {
            /** @description The route, the line and the balance after; of weights their control, its steps and the route. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DeterminationAnswer"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ReservationController_list: {
        readonly parameters: {
            readonly query?: {
                /** @description Status of the reservation. */
                readonly status?: "held" | "partly-exported" | "exported" | "released" | "lapsed" | "refused";
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
                /** @description Destination, as AE. */
                readonly destination?: string;
                /** @description The exporter acted for. */
                readonly exporter?: string;
                /** @description Quota line, as country:AE. */
                readonly line?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page, newest first. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `rel="next"` while there is another page. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReservationPage"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ReservationController_create: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ReservationDto"];
            };
        };
        readonly responses: {
            /** @description The reservation. */
            readonly 201: {
                headers: {
                    /** @description Path of what was created. */
                    readonly Location?: string;
                    /** @description The revision, for If-Match. */
                    readonly ETag?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Reservation"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ReservationController_read: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Id of the reservation. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The reservation as it stands. */
            readonly 200: {
                headers: {
                    /** @description The revision, for If-Match. */
                    readonly ETag?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Reservation"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ReservationChangeController_amend: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The ETag of the reservation, several of which it must have one, or *. Weak tags count as strong ones. */
                readonly "If-Match": string;
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                /** @description Id of the reservation. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AmendmentDto"];
            };
        };
        readonly responses: {
            /** @description The reservation after the change. */
            readonly 200: {
                headers: {
                    /** @description The revision, for If-Match. */
                    readonly ETag?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Reservation"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ReservationChangeController_release: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
                /** @description The ETag of the reservation, several of which it must have one, or *. Weak tags count as strong ones. */
                readonly "If-Match"?: string;
            };
            readonly path: {
                /** @description Id of the reservation. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["ReleaseDto"];
            };
        };
        readonly responses: {
            /** @description The reservation after the release. */
            readonly 200: {
                headers: {
                    /** @description The revision, for If-Match. */
                    readonly ETag?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Reservation"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly BulkController_create: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/x-ndjson": components["schemas"]["BulkReservationDto"];
            };
        };
        readonly responses: {
            /** @description One line for each request, in order. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/x-ndjson": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ReservationChangeController_export: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
                /** @description The ETag of the reservation, several of which it must have one, or *. Weak tags count as strong ones. */
                readonly "If-Match"?: string;
            };
            readonly path: {
                /** @description Id of the reservation. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["HoldExportDto"];
            };
        };
        readonly responses: {
            /** @description The export. */
            readonly 201: {
                headers: {
                    /** @description Path of what was created. */
                    readonly Location?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Export"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ExportController_list: {
        readonly parameters: {
            readonly query?: {
                /** @description Status of the export. */
                readonly status?: "posted" | "reversed";
                /** @description Exports of this reservation. */
                readonly reservationId?: unknown;
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
                /** @description Destination, as AE. */
                readonly destination?: string;
                /** @description The exporter acted for. */
                readonly exporter?: string;
                /** @description Quota line, as country:AE. */
                readonly line?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page, newest first. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `rel="next"` while there is another page. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ExportPage"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ExportController_create: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["DirectExportDto"];
            };
        };
        readonly responses: {
            /** @description The export. */
            readonly 201: {
                headers: {
                    /** @description Path of what was created. */
                    readonly Location?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Export"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ExportController_read: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Id of the export. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The export, with its reversal if there is one. */
            readonly 200: {
                headers: {
                    /** @description The revision, for If-Match. */
                    readonly ETag?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Export"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ExportController_reverse: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path: {
                /** @description Id of the export. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ReversalDto"];
            };
        };
        readonly responses: {
            /** @description The reversal. */
            readonly 201: {
                headers: {
                    /** @description Path of what was created. */
                    readonly Location?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Reversal"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ExportController_file: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path: {
                /** @description Id of the export. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["FilingDto"];
            };
        };
        readonly responses: {
            /** @description The export with its ITN. */
            readonly 200: {
                headers: {
                    /** @description The revision, for If-Match. */
                    readonly ETag?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Export"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly CountryController_list: {
        readonly parameters: {
            readonly query?: {
                /** @description Only countries with this status. */
                readonly status?: "open" | "watch" | "critical" | "exhausted" | "suspended" | "no-cap" | "no-allocation";
                /** @description Only countries of this group. */
                readonly group?: "allocation" | "partner" | "embargoed" | "home";
                /** @description The state at this time; not in the future. */
                readonly asOf?: string;
                /** @description The state right after the event at this position. */
                readonly atPosition?: number;
                /** @description `forecast` fills `forecast` and adds `burnPerDay` and `pace`, `recent` adds what was left on each of 90 days; both with a comma. */
                readonly include?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All countries, now or at a moment of the past. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CountryList"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly CountryController_one: {
        readonly parameters: {
            readonly query?: {
                /** @description `forecast` fills `forecast` and adds `burnPerDay` and `pace`, `recent` adds what was left on each of 90 days; both with a comma. */
                readonly include?: string;
                /** @description The state at this time; not in the future. */
                readonly asOf?: string;
                /** @description The state right after the event at this position. */
                readonly atPosition?: number;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description ISO 3166-1 alpha-2 code, as AE. */
                readonly code: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The country, now or at a moment of the past. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Country"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly CountryController_forecast: {
        readonly parameters: {
            readonly query?: {
                /** @description The forecast as it would have been made then; not in the future. */
                readonly asOf?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description ISO 3166-1 alpha-2 code, as AE. */
                readonly code: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The days that are to be expected, with an 80 % interval, or why there are none. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Forecast"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly CountryController_history: {
        readonly parameters: {
            readonly query?: {
                /** @description First day, YYYY-MM-DD; left out: the start of the quota period. */
                readonly from?: string;
                /** @description Last day, YYYY-MM-DD; left out or in the future: today. */
                readonly to?: string;
                /** @description Left out: day. */
                readonly interval?: "day" | "week" | "month";
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description ISO 3166-1 alpha-2 code, as AE. */
                readonly code: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The amounts at the end of each interval. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CountryHistory"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly CountryController_events: {
        readonly parameters: {
            readonly query?: {
                /** @description Only events up to this position, itself included; left out: all. */
                readonly until?: number;
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description ISO 3166-1 alpha-2 code, as AE. */
                readonly code: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Events of the country line, newest first. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `rel="next"` while there is another page. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly SummaryController_summary: {
        readonly parameters: {
            readonly query?: {
                /** @description The forecast as it would have been made then; not in the future. */
                readonly asOf?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The summary, now or at a moment of the past. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Summary"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly LineController_list: {
        readonly parameters: {
            readonly query?: {
                /** @description Kind of quota line; left out: all. */
                readonly kind?: "country" | "lpp" | "nveu" | "uveu";
                /** @description Id of the company whose line it is; country lines have none. */
                readonly holder?: string;
                /** @description Only lines with this status. */
                readonly status?: "open" | "watch" | "critical" | "exhausted" | "suspended" | "no-cap" | "no-allocation";
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of quota lines, by name. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `rel="next"` while there is another page. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LinePage"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly LineController_one: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Id of the line, as country:AE, lpp:falcon-holding:2026, nveu:falcon-cloud:AE or uveu:nordic-cloud. */
                readonly line: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The line now. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Line"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly LineController_forecast: {
        readonly parameters: {
            readonly query?: {
                /** @description The forecast as it would have been made then; not in the future. */
                readonly asOf?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Id of the line, as country:AE, lpp:falcon-holding:2026, nveu:falcon-cloud:AE or uveu:nordic-cloud. */
                readonly line: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The days that are to be expected, with an 80 % interval, or why there are none. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Forecast"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly LineController_explanation: {
        readonly parameters: {
            readonly query?: {
                /** @description The figure of the line; left out: available. */
                readonly figure?: "allocation" | "reserved" | "exported" | "available";
                /** @description The figure right after the event at this position; left out: now. */
                readonly atPosition?: number;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Id of the line, as country:AE, lpp:falcon-holding:2026, nveu:falcon-cloud:AE or uveu:nordic-cloud. */
                readonly line: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The terms of the sum, each with its count and a link to its events. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly LineController_history: {
        readonly parameters: {
            readonly query?: {
                /** @description First day, YYYY-MM-DD; left out: the start of the quota period. */
                readonly from?: string;
                /** @description Last day, YYYY-MM-DD; left out or in the future: today. */
                readonly to?: string;
                /** @description Left out: day. */
                readonly interval?: "day" | "week" | "month";
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Id of the line, as country:AE, lpp:falcon-holding:2026, nveu:falcon-cloud:AE or uveu:nordic-cloud. */
                readonly line: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The amounts at the end of each interval. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LineHistory"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly LineController_events: {
        readonly parameters: {
            readonly query?: {
                /** @description Only events up to this position, itself included; left out: all. */
                readonly until?: number;
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Id of the line, as country:AE, lpp:falcon-holding:2026, nveu:falcon-cloud:AE or uveu:nordic-cloud. */
                readonly line: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Events of the line, newest first. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `rel="next"` while there is another page. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly LineController_giveBack: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path: {
                /** @description Id of the line, as country:AE, lpp:falcon-holding:2026, nveu:falcon-cloud:AE or uveu:nordic-cloud. */
                readonly line: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AttritionDto"];
            };
        };
        readonly responses: {
            /** @description What was given back, and the line after it. */
            readonly 201: {
                headers: {
                    /** @description Path of what was created. */
                    readonly Location?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Attrition"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly AlertController_list: {
        readonly parameters: {
            readonly query?: {
                /** @description Country, as AE. */
                readonly country?: string;
                /** @description Level of the alert. */
                readonly level?: "watch" | "critical" | "exhausted" | "reopened" | "measured" | "forecast";
                /** @description Left out: open and closed. */
                readonly state?: "open" | "closed";
                /** @description Only alerts that were recorded after this position: what a client of the stream missed. */
                readonly from?: number;
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Open and closed alerts, newest first. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `rel="next"` while there is another page. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AlertPage"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly AlertController_acknowledge: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path: {
                /** @description Id of the alert. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The alert. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly AlertFeedController_feed: {
        readonly parameters: {
            readonly query?: {
                /** @description Country, as AE. */
                readonly country?: string;
                /** @description Level of the alert. */
                readonly level?: "watch" | "critical" | "exhausted" | "reopened" | "measured" | "forecast";
                /** @description Left out: open and closed. */
                readonly state?: "open" | "closed";
                /** @description Only alerts that were recorded after this position: what a client of the stream missed. */
                readonly from?: number;
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The feed, newest first. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/atom+xml": string;
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly StreamController_open: {
        readonly parameters: {
            readonly query?: {
                /** @description Only this country, as AE. */
                readonly country?: string;
                /** @description `country`, `alert` or both with a comma; left out: both. */
                readonly types?: string;
            };
            readonly header?: {
                /** @description The last id seen before the connection broke. */
                readonly "Last-Event-ID"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The stream; it does not end. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": string;
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ObligationController_list: {
        readonly parameters: {
            readonly query?: {
                /** @description The exporter whose shipments give rise to it. */
                readonly exporter?: string;
                /** @description Who owes it: an exporter, or a company by any id or name that means it: aliases, former names, companies merged into it. */
                readonly party?: string;
                /** @description Kind that a rulebook asks for, as lpp-certification-copy. */
                readonly kind?: string;
                /** @description Route of the shipments. */
                readonly route?: "aia" | "aca" | "nac" | "acm" | "uveu" | "nveu" | "lpp" | "licence" | "tmp" | "rpl" | "gov" | "tsu" | "hbm";
                /** @description Left out: all. Overdue is what was not done by its due date, as of now. */
                readonly status?: "open" | "done" | "overdue";
                /** @description Due before this time. */
                readonly dueBefore?: string;
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page, the earliest due date first. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `rel="next"` while there is another page. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ObligationPage"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ObligationController_read: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Id of the obligation. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The obligation. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Obligation"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly FulfilmentController_fulfilMany: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["FulfilmentsDto"];
            };
        };
        readonly responses: {
            /** @description An answer for each id, in order. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FulfilmentList"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly FulfilmentController_fulfil: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path: {
                /** @description Id of the obligation. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["FulfilmentDto"];
            };
        };
        readonly responses: {
            /** @description The obligation, done. */
            readonly 201: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Obligation"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ReportController_list: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Every report with its parameters and columns. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReportList"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ReportController_make: {
        readonly parameters: {
            readonly query?: {
                /** @description The exporter. */
                readonly exporter?: string;
                /** @description A consignee, an ultimate parent or a validated end-user, by any id or name that means it. */
                readonly party?: string;
                /** @description Country, as AE. */
                readonly country?: string;
                /** @description Calendar year, as 2026: of the export, or of the due date of a period. */
                readonly year?: number;
                /** @description Left out: what `Accept` asks for, else json. */
                readonly format?: "json" | "csv";
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Name of the report. */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The report. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Report"];
                    readonly "text/csv": string;
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly CompanyController_list: {
        readonly parameters: {
            readonly query?: {
                /** @description Only companies headquartered there. */
                readonly headquarters?: string;
                /** @description Only companies with a name or alias that contains this, however it is written. */
                readonly name?: string;
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page, newest first, merged ones too. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `rel="next"` while there is another page. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CompanyPage"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly CompanyController_create: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CompanyDto"];
            };
        };
        readonly responses: {
            /** @description The company. */
            readonly 201: {
                headers: {
                    /** @description Path of what was created. */
                    readonly Location?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly CompanyController_read: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Id of the company. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The company as it stands. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly CompanyController_amend: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path: {
                /** @description Id of the company. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CompanyAmendmentDto"];
            };
        };
        readonly responses: {
            /** @description The company after it. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly CompanyController_merge: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path: {
                /** @description Id of the company. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CompanyMergerDto"];
            };
        };
        readonly responses: {
            /** @description The company that was merged; `mergedInto` is the one that goes on. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly AuthorisationController_list: {
        readonly parameters: {
            readonly query?: {
                /** @description Only of this kind. */
                readonly kind?: "uveu" | "nveu";
                /** @description Only of the company that this id or name means. */
                readonly company?: string;
                /** @description Only for this country. */
                readonly country?: string;
                /** @description Only with this status. */
                readonly status?: "planned" | "in-force" | "ended" | "revoked";
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page, newest first, ended ones too. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `rel="next"` while there is another page. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AuthorisationPage"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly AuthorisationController_create: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AuthorisationDto"];
            };
        };
        readonly responses: {
            /** @description The authorisation after it. */
            readonly 201: {
                headers: {
                    /** @description Path of what was created. */
                    readonly Location?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Authorisation"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly AuthorisationController_read: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Id of the authorisation. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The authorisation as it stands. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Authorisation"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly AuthorisationController_amend: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path: {
                /** @description Id of the authorisation. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AuthorisationAmendmentDto"];
            };
        };
        readonly responses: {
            /** @description The authorisation after it. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Authorisation"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly AuthorisationController_revoke: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path: {
                /** @description Id of the authorisation. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RevocationDto"];
            };
        };
        readonly responses: {
            /** @description The authorisation after it. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Authorisation"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly WeightExportController_list: {
        readonly parameters: {
            readonly query?: {
                /** @description The exporter acted for. */
                readonly exporter?: string;
                /** @description Left out: recorded and refused. */
                readonly status?: "recorded" | "refused";
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page, newest first. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `rel="next"` while there is another page. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WeightExportPage"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly WeightExportController_create: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["WeightExportDto"];
            };
        };
        readonly responses: {
            /** @description The export with its determination. */
            readonly 201: {
                headers: {
                    /** @description Path of what was created. */
                    readonly Location?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WeightExport"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly WeightExportController_read: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Id of the export. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The export. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WeightExport"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ChipController_list: {
        readonly parameters: {
            readonly query?: {
                /** @description Only what has this in its id or name. */
                readonly q?: string;
                /** @description Only chips or only systems. */
                readonly kind?: "chip" | "system";
                /** @description Only of this vendor, as NVIDIA; capitals do not matter. */
                readonly vendor?: string;
                /** @description Only of this ECCN, with all below it: 3A090, 3A090.a, 3A090.a.1, 4A090.a, none, unknown. */
                readonly eccn?: unknown;
                /** @description Only of this level; unknown: the performance density decides and is not known. */
                readonly level?: "a" | "b" | "c" | "uncontrolled" | "unknown";
                /** @description Only what is, or is not, designed or marketed for datacentres. Of a described item: whether it is; left out: true. */
                readonly datacenter?: "true" | "false";
                /** @description Describes an item in place of the catalogue, as one integrated circuit: dense TOPS, with bitLength. */
                readonly denseTops?: unknown;
                /** @description Describes an item: the largest bit length of the inputs to the multiply, with denseTops. */
                readonly bitLength?: number;
                /** @description Describes an item by several formats, separated by commas. Each is NAME:TOPS:BITS as FP8:1979:8, or UNIT/NAME:TOPS:BITS as tensor/FP8:1979:8. */
                readonly formats?: string;
                /** @description How many equal processing units the described item has; left out: 1. */
                readonly units?: number;
                /** @description Applicable die area of the described item in mm2; 0 if it has no die of a non-planar process. */
                readonly dieAreaMm2?: unknown;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Chips and systems, or the described item. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ChipList"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ChipController_one: {
        readonly parameters: {
            readonly query?: {
                /** @description Applicable die area in mm2, of a chip whose die area the catalogue does not know; 0 if it has no die of a non-planar process. */
                readonly dieAreaMm2?: unknown;
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the chip or system, as nvidia-h100-sxm5. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The chip or system. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Chip"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly RulebookController_list: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All of them, newest first; the first one is in force. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RulebookList"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly RulebookController_one: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path: {
                /** @description Id of the rulebook. */
                readonly id: string;
                /** @description Its version. */
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The rulebook with its whole document, as it was adopted last. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AdoptedRulebook"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly AdoptionController_adopt: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description New for each decision, the same for a retry. */
                readonly "Idempotency-Key": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AdoptionDto"];
            };
        };
        readonly responses: {
            /** @description The rulebook that was put in force. */
            readonly 201: {
                headers: {
                    /** @description Path of what was created. */
                    readonly Location?: string;
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `true` where this is the first answer again. */
                    readonly "Idempotency-Replayed"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RulebookAdoption"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly SimulationController_simulate: {
        readonly parameters: {
            readonly query?: {
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SimulationDto"];
            };
        };
        readonly responses: {
            /** @description Each line as recorded and as it would stand, and a page of the decisions that differ. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `rel="next"` while there is another page. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Simulation"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly EventController_list: {
        readonly parameters: {
            readonly query?: {
                /** @description Events after this position; left out: from the start. `cursor` goes first. */
                readonly from?: number;
                /** @description Only this stream, as quota-country:AE; a quota line, as country:AE, means its own stream. */
                readonly stream?: string;
                /** @description Only this type, as QuotaReserved or org.quotaledger.quota-reserved.v1. */
                readonly type?: string;
                /** @description How many at most; 1 to 200, left out: 50. */
                readonly limit?: number;
                /** @description `nextCursor` of the page before. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Wait up to two seconds until the answer reflects this position. */
                readonly "Min-Position"?: number;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of events, or with NDJSON all of them. */
            readonly 200: {
                headers: {
                    /** @description The position of the decision, or that the answer reflects. */
                    readonly "Ledger-Position"?: string;
                    /** @description `rel="next"` while there is another page. */
                    readonly Link?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventPage"];
                    readonly "application/x-ndjson": components["schemas"]["Event"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly AboutController_about: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What it is now. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["About"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly HealthController_live: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Yes. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly HealthController_ready: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Yes. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly MetricsController_read: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All metrics. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly ProblemController_problem: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The end of a problem's `type`. */
                readonly code: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Title, status and what to do. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                    readonly "application/json": components["schemas"]["ProblemKind"];
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly DashboardController_home: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            /** @description A problem. */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
