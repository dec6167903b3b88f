import type { Body } from './answers/body.js';

/** Where the events of this ledger come from; each stream is a source of its own. */
const sourcePrefix = '/v1/streams/';

/** An event as a log has it: `json` are its stored bytes, which are the member `data`. */
type Stored = Pick<Body<'Event'>, 'id' | 'stream' | 'revision' | 'type'> & { readonly json: string; readonly position: number };

/**
 * A stored event as a CloudEvent 1.0 in JSON. `data` is the stored bytes, unchanged, so that hashes over them can be
 * checked by whoever reads this.
 */
export function cloudEvent({ id, type, json, stream, revision, position }: Stored): string {
  const name = JSON.stringify(stream);
  return (
    `{"specversion":"1.0","id":"${id}","source":${JSON.stringify(sourcePrefix + encodeURIComponent(stream))},` +
    `"type":"${cloudEventType(type)}","subject":${JSON.stringify(subjectOf(stream))},"time":"${recordedAtOf(json)}",` +
    `"datacontenttype":"application/json","position":"${position}","stream":${name},"revision":${revision},` +
    `"data":${json}}`
  );
}

/** `QuotaReserved` becomes `org.quotaledger.quota-reserved.v1`. */
export function cloudEventType(type: string): string {
  return `org.quotaledger.${type.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}.v1`;
}

/** The quota line, for alerts too; else the stream. */
function subjectOf(stream: string): string {
  return stream.replace(/^(?:quota|alerts)-/, '');
}

/**
 * The member `recordedAt` of an event, without parsing the rest: members are sorted, no member after it holds another
 * one of this name, and within text its quotes would be escaped.
 */
function recordedAtOf(json: string): string {
  const start = json.lastIndexOf('"recordedAt":"') + '"recordedAt":"'.length;
  return json.slice(start, json.indexOf('"', start));
}
