import { kindOfLine } from '#rulebook';

const quota = 'quota-';
const alerts = 'alerts-';
const weights = 'weights:';

/** The stream of the adopted rulebooks. */
export const rulebookStream = 'rulebook';

/** The stream of the register of companies and their authorisations: one, so that a name belongs to one company. */
export const companiesStream = 'companies';

/** The stream of losses of events that were accepted. */
export const lossesStream = 'losses';

/** One stream per line, so that one expected revision guards one cap. */
export function quotaStreamOf(line: string): string {
  return quota + line;
}

/** The stream of a line's alerts. */
export function alertsStreamOf(line: string): string {
  return alerts + line;
}

/** The stream of the exports of model weights by one exporter. */
export function weightsStreamOf(exporter: string): string {
  return weights + exporter;
}

/** The stream of an obligation's fulfilment: one event at most. */
export function obligationStreamOf(id: string): string {
  return `obligation-${id}`;
}

/** The stream of the choice between lines for one command. */
export function choiceStreamOf(commandId: string): string {
  return `choice-${commandId}`;
}

/** The line whose quota stream this is; undefined for any other stream. */
export function lineOfStream(stream: string): string | undefined {
  return stream.startsWith(quota) ? stream.slice(quota.length) : undefined;
}

/** Whether this names a quota line: `country:AE`, `lpp:falcon-cloud:2026`, `nveu:falcon-cloud:AE` or `uveu:falcon-cloud`. */
export function isLine(line: string): boolean {
  return kindOfLine(line) !== undefined;
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const otherStream = new RegExp(`^(${rulebookStream}|${companiesStream}|${lossesStream}|${weights}.+|obligation-${uuid}|choice-${uuid})$`, 's');

/** Whether a stream of the log can have this name. */
export function isStream(name: string): boolean {
  const line = lineOfStream(name) ?? (name.startsWith(alerts) ? name.slice(alerts.length) : undefined);
  return line === undefined ? otherStream.test(name) : isLine(line);
}
