import { hash } from 'node:crypto';

const scratch = Buffer.alloc(1024);

/**
 * UUID version 5 (RFC 9562): the name-based UUID of `name` (UTF-8) in a namespace.
 * @param namespace a UUID in its textual form
 */
export function uuidV5(namespace: string, name: string): string {
  const length = 16 + Buffer.byteLength(name);
  const bytes = length <= scratch.length ? scratch : Buffer.alloc(length);
  bytes.write(namespace.replaceAll('-', ''), 0, 16, 'hex');
  bytes.write(name, 16);
  const sha1 = hash('sha1', bytes.subarray(0, length), 'hex');
  const variant = ((Number.parseInt(sha1.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${sha1.slice(0, 8)}-${sha1.slice(8, 12)}-5${sha1.slice(13, 16)}-${variant}${sha1.slice(17, 20)}-${sha1.slice(20, 32)}`;
}
