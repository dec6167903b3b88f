/** What a problem code means: its HTTP status, its title and how a caller gets past it. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly explanation: string;
}

const kind = (status: number, title: string, explanation: string): ProblemKind => ({ status, title, explanation });

/** Every error that this API answers, by the code that is the end of its `type`. */
export const problemTable = {
  'invalid-request': kind(
    400,
    'The request is not valid',
    'Members, parameters or headers are missing, unknown or out of range. `errors` names each one.',
  ),
  'malformed-json': kind(
    400,
    'The body is not JSON',
    'The body must be one JSON value in UTF-8, without duplicate members and not nested deeper than 32 levels.',
  ),
  'malformed-request': kind(
    400,
    'The request is not HTTP',
    'The request line, the headers or the length of the body are not as HTTP wants them.',
  ),
  'malformed-url': kind(
    400,
    'The path is not valid',
    'The path or the query contains a percent escape that is not one.',
  ),
  'invalid-cursor': kind(
    400,
    'The cursor is not valid',
    'Use `nextCursor` of the previous page unchanged, with the same filters; or leave `cursor` out to begin anew.',
  ),
  'position-unknown': kind(
    400,
    'The log ends before this position',
    'Use a position that this ledger has answered, as `Ledger-Position`. After a restore from a backup, later positions are gone.',
  ),
  'idempotency-key-missing': kind(
    400,
    'An Idempotency-Key is needed',
    'Send `Idempotency-Key` with 8 to 200 printable ASCII characters: new for each decision, the same for a retry.',
  ),
  'idempotency-key-invalid': kind(
    400,
    'The Idempotency-Key is not valid',
    'An Idempotency-Key has 8 to 200 printable ASCII characters.',
  ),
  'not-found': kind(404, 'There is nothing at this path', 'See /v1/openapi.json for the paths of this API.'),
  'reservation-not-found': kind(404, 'No such reservation', 'No reservation has this id.'),
  'export-not-found': kind(404, 'No such export', 'No export has this id.'),
  'weight-export-not-found': kind(404, 'No such export of weights', 'No export of model weights has this id.'),
  'country-not-found': kind(404, 'No such country', 'Countries are ISO 3166-1 alpha-2 codes in capitals, as AE.'),
  'line-not-found': kind(404, 'No such quota line', 'Quota lines are named as country:AE, lpp:<company>:2026, nveu:<company>:AE and uveu:<company>.'),
  'chip-not-found': kind(404, 'No such chip', 'See /v1/chips for the chips and systems of the rulebook in force.'),
  'company-not-found': kind(404, 'No such company', 'No company has this id. See /v1/companies.'),
  'authorisation-not-found': kind(404, 'No such authorisation', 'No authorisation has this id. See /v1/authorisations.'),
  'rulebook-not-found': kind(404, 'No such rulebook', 'See /v1/rulebooks for the rulebooks that were adopted.'),
  'alert-not-found': kind(404, 'No such alert', 'No alert has this id.'),
  'obligation-not-found': kind(
    404,
    'No such obligation',
    'No obligation has this id, or the export that gave rise to it was reversed before it was fulfilled.',
  ),
  'report-not-found': kind(404, 'No such report', 'See /v1/reports for the reports that there are.'),
  'method-not-allowed': kind(
    405,
    'This method is not allowed here',
    'The header `Allow` lists the methods of this path.',
  ),
  'not-acceptable': kind(
    406,
    'Not available in the form asked for',
    'The header `Accept` rules out every form that this path can answer in.',
  ),
  'request-timeout': kind(
    408,
    'The request took too long',
    'The request did not arrive in full in time. Send it again.',
  ),
  'insufficient-quota': kind(
    409,
    'The quota does not suffice',
    '`available` is what the line has left; up to `largestThatFits` would have passed.',
  ),
  'line-suspended': kind(
    409,
    'The quota line is suspended',
    'No new holds and no direct exports until the line is resumed. Existing holds stay usable. A line that was closed by a merger stays so; `reasons` names the line that carries on.',
  ),
  'company-exists': kind(
    409,
    'The company is registered already',
    'Its name means a company that is registered. Use that one, or amend it.',
  ),
  'alias-taken': kind(
    409,
    'The name means another company',
    'A name means one company only. Are the two one company, merge them.',
  ),
  'company-merged': kind(
    409,
    'The company was merged into another one',
    'Its names mean the survivor now, which `detail` names.',
  ),
  'authorisation-exists': kind(
    409,
    'There is such an authorisation already',
    'A company has one authorisation of a kind for a country at a time. Amend or revoke it first.',
  ),
  'authorisation-ended': kind(
    409,
    'The authorisation has ended',
    'What has ended or was revoked stays so. Grant a new one.',
  ),
  'exceeds-hold': kind(
    409,
    'More than the reservation still holds',
    'Export at most what the reservation has left; report the rest as an export of its own.',
  ),
  'exceeds-installed': kind(
    409,
    'More than is counted as installed',
    'Attrition gives back at most what the line counts; what was taken over is given back on the closed line.',
  ),
  'attrition-not-credited': kind(
    409,
    'Attrition gives nothing back here',
    'Only lines of validated end users in a country (as nveu:falcon-cloud:AE) count what is installed at a time.',
  ),
  'reservation-closed': kind(
    409,
    'The reservation is closed',
    'It was exported, released, lapsed or refused, and stays so. Make a new reservation or a direct export.',
  ),
  'already-reversed': kind(409, 'The export is already reversed', 'An export can be reversed once.'),
  'itn-recorded': kind(
    409,
    'The export has another ITN',
    'An ITN is recorded once. If the recorded one is wrong, reverse the export and record it again.',
  ),
  'reversal-window-closed': kind(
    409,
    'The time for reversing this export is over',
    'An exporter may reverse its own export for a limited time only.',
  ),
  'nothing-to-change': kind(409, 'There is nothing to change', 'What was asked for is already the case.'),
  'version-mismatch': kind(
    412,
    'Changed in the meantime',
    'Read it again, look at what changed and send the new `ETag` as `If-Match`.',
  ),
  'body-too-large': kind(
    413,
    'The body is too large',
    'Bodies are at most 64 kB; rulebooks at most 256 KiB; bulk bodies at most 8 MiB and 10,000 lines.',
  ),
  'uri-too-long': kind(414, 'The path is too long', 'No id of this API is as long as this.'),
  'unsupported-media-type': kind(
    415,
    'The body is of a kind that is not read here',
    'Send `Content-Type: application/json` (bulk: `application/x-ndjson`) in UTF-8, without Content-Encoding.',
  ),
  'expectation-failed': kind(417, 'The expectation cannot be met', 'Only `Expect: 100-continue` is understood.'),
  'no-allocation': kind(
    422,
    'The destination has no allocation',
    'Exports to this destination or to companies headquartered there have no quota. `reasons` cites the rules.',
  ),
  'unknown-chip': kind(
    422,
    'The chip is not in the catalogue',
    'See /v1/chips for the ids, or describe the item with `description` and `tppPerUnit`.',
  ),
  'unknown-destination': kind(
    422,
    'The destination is no country',
    'Destinations are ISO 3166-1 alpha-2 codes in capitals, as AE.',
  ),
  'rulebook-invalid': kind(
    422,
    'The draft is no rulebook',
    '`errors` names each member at fault by JSON pointer. `quota rulebook check` says the same of a file.',
  ),
  'outside-quota-period': kind(422, 'Outside the quota period', 'The rulebook in force gives no allocation for this time.'),
  'route-not-applicable': kind(
    422,
    'The route asked for is not applicable',
    '`reasons` says which of its conditions are not met. Without `route` the rulebook picks one.',
  ),
  'not-an-export': kind(422, 'Not an export', 'The destination is the home country of this ledger.'),
  'classification-unknown': kind(
    422,
    'The item cannot be classified',
    'What decides is not known. Of a chip it is the performance density: give `dieAreaMm2`, or declare the `eccn`. ' +
      'Of model weights `errors` names the facts.',
  ),
  'invalid-merger': kind(
    422,
    'These companies cannot be merged',
    'A company is merged into another one, not into itself, and means 100 names at most, those of merged companies counted.',
  ),
  'authorisation-not-allowed': kind(
    422,
    'The rulebook allows no such authorisation',
    '`detail` says which condition of 15 CFR 748.15 is not met.',
  ),
  'contradictory-facts': kind(
    422,
    'The facts contradict each other',
    '`reasons` or `errors` names what cannot both be true. Nothing was recorded; correct the request and send it with the same key.',
  ),
  'not-in-this-rulebook': kind(
    422,
    'The rulebook in force has no such rule',
    'The rulebook says nothing of what was asked, so nothing is determined under it. Model weights need its `weights`.',
  ),
  'idempotency-key-reused': kind(
    422,
    'The Idempotency-Key was used for another request',
    'A key stands for one request for ever. Use a new key for a new request.',
  ),
  'report-too-large': kind(
    422,
    'The report would be too large',
    'It would be made of more shipments than one report may be. Read them page by page from /v1/exports.',
  ),
  'precondition-required': kind(
    428,
    'If-Match is needed',
    "Send the `ETag` of the reservation as `If-Match`, so that nobody's change is lost.",
  ),
  'headers-too-large': kind(431, 'The headers are too large', 'All headers together are at most 16 kB.'),
  'internal-error': kind(
    500,
    'A fault in the ledger',
    'Nothing is known to be wrong with the request. The operator finds the cause in the log.',
  ),
  'projection-behind': kind(
    503,
    'The views are behind',
    'What was asked for is not yet in the views of this instance. Try again.',
  ),
  busy: kind(
    503,
    'Too much at once',
    'The queue is full and nothing was decided. Try again with the same Idempotency-Key.',
  ),
  'simulation-running': kind(
    503,
    'Another simulation is running',
    'One draft at a time is replayed, in a thread of its own. Try again when `Retry-After` has passed.',
  ),
  'simulation-too-long': kind(
    503,
    'The simulation took too long',
    'The log is too long to be replayed in the time that `LEDGER_SIMULATION_SECONDS` gives. Replay a part: `until`.',
  ),
  'simulation-too-large': kind(
    503,
    'The simulation does not fit into memory',
    'What differs is kept in memory until the end, and the draft changes too much of this log. Replay a part: `until`.',
  ),
  'storage-full': kind(
    503,
    'The disk is full',
    'Nothing was recorded. The operator must free space; then try again with the same Idempotency-Key.',
  ),
  'store-unavailable': kind(
    503,
    'The event store does not answer',
    'Nothing is known to have been recorded. Try again with the same Idempotency-Key.',
  ),
  'not-ready': kind(503, 'Not ready yet', 'The ledger is starting, or its views are too far behind.'),
} as const satisfies Readonly<Record<string, ProblemKind>>;

export type ProblemCode = keyof typeof problemTable;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemTable, code);
}
