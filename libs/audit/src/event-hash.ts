import { hash } from 'node:crypto';

/** The namespace of event ids (RFC 9562, UUIDv5). */
const namespace = Buffer.from('3f0c4f0e6f0a5d7e9d532f7d3b1f6c11', 'hex');

/** SHA-256 (base64url) of an event's bytes: its successor in the stream names it as `prev`. */
export function hashOf(json: string): string {
  return hash('sha256', json, 'base64url');
}

/** The id that an event with this hash has in this place: UUIDv5 of `<stream>@<revision>:<hash>`. */
export function idOf(stream: string, revision: number, eventHash: string): string {
  const hex = hash('sha1', Buffer.concat([namespace, Buffer.from(`${stream}@${revision}:${eventHash}`)]), 'hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
