import { hash } from 'node:crypto';

const scratch = Buffer.alloc(1024);

/** The namespace whose bytes `scratch` begins with: mostly the same few follow one another. */
let scratchNamespace = '';

/**
 * UUID version 5 (RFC 9562): the name-based UUID of `name` (UTF-8) in a namespace.
 * @param namespace a UUID in its textual form
 */
export function uuidV5(namespace: string, name: string): string {
  // In UTF-8 a UTF-16 code unit takes three bytes at most.
  if (name.length * 3 > scratch.length - 16) return formatted(longDigest(namespace, name));
  if (namespace !== scratchNamespace) {
    writeNamespace(scratch, namespace);
    scratchNamespace = namespace;
  }
  const length = 16 + scratch.write(name, 16);
  return formatted(hash('sha1', scratch.subarray(0, length), 'binary'));
}

function longDigest(namespace: string, name: string): string {
  const bytes = Buffer.alloc(16 + Buffer.byteLength(name));
  writeNamespace(bytes, namespace);
  bytes.write(name, 16);
  return hash('sha1', bytes, 'binary');
}

function writeNamespace(bytes: Buffer, namespace: string): void {
  bytes.write(namespace.replaceAll('-', ''), 0, 16, 'hex');
}

/** Written byte by byte: a text that is put together from slices costs more memory than it has characters. */
function formatted(digest: string): string {
  let at = 0;
  for (let index = 0; index < 16; index += 1) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text[at++] = dash;
    let byte = digest.charCodeAt(index);
    if (index === 6) byte = (byte & 0x0f) | 0x50;
    if (index === 8) byte = (byte & 0x3f) | 0x80;
    text[at++] = digits.charCodeAt(byte >> 4);
    text[at++] = digits.charCodeAt(byte & 0x0f);
  }
  return text.toString('latin1');
}

const text = Buffer.alloc(36);
const digits = '0123456789abcdef';
const dash = 0x2d;
