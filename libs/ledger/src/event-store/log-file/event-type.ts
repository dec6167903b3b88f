/**
 * The top-level member `type` of an event's canonical JSON, mostly without parsing it.
 *
 * A `"type":"` after `{` or `,` can only be a member of that name, for inside a string its quotes would be escaped; and
 * one that is followed by no `}` but the last character lies at the top level. Whatever looks different is parsed.
 * @returns an empty text for what is no event: a check must be able to name it
 */
export function typeOf(json: string): string {
  const name = json.lastIndexOf('"type":"');
  const start = name + 8;
  const end = json.indexOf('"', start);
  const before = json.charCodeAt(name - 1);
  const isMember = name > 0 && (before === 0x2c || before === 0x7b);
  if (isMember && json.indexOf('}', start) === json.length - 1) {
    const type = json.slice(start, end);
    if (!type.includes('\\')) return type;
  }
  return parsedType(json);
}

function parsedType(json: string): string {
  try {
    const event = JSON.parse(json) as { readonly type?: unknown } | null;
    return typeof event?.type === 'string' ? event.type : '';
  } catch {
    return '';
  }
}
