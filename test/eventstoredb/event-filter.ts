import { type EventRecord } from './event-record.js';
import { type ReadReq } from './protocol.js';

/** Which events of $all a subscription wants, and how often it hears of those that it does not. */
export interface EventFilter {
  matches(event: EventRecord): boolean;
  /** So many events are considered at once. */
  readonly searchWindow: number;
  /** A checkpoint is sent after so many events were considered. */
  readonly checkpointEvery: number;
}

const searchWindowDefault = 32;

/** @returns undefined where everything is wanted. */
export function filterOf(options: ReadReq.Options): EventFilter | undefined {
  const filter = options.getFilter();
  if (filter === undefined) return undefined;
  const byStream = filter.getStreamIdentifier();
  const expression = byStream ?? filter.getEventType();
  const matchesText = textMatcher(expression?.getRegex() ?? '', expression?.getPrefixList() ?? []);
  const window = filter.hasMax() ? filter.getMax() : searchWindowDefault;
  return {
    matches: byStream === undefined ? (event) => matchesText(event.type) : (event) => matchesText(event.stream),
    searchWindow: window,
    checkpointEvery: Math.max(1, filter.getCheckpointintervalmultiplier()) * window,
  };
}

function textMatcher(regex: string, prefixes: readonly string[]): (text: string) => boolean {
  if (regex !== '') {
    const expression = new RegExp(regex);
    return (text) => expression.test(text);
  }
  return (text) => prefixes.some((prefix) => text.startsWith(prefix));
}
