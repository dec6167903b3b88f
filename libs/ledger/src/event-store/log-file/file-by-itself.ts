import type { FileByItself } from './known-file.js';
import { fstatSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { headFileOf, identityOf, type Head } from './head-file.js';
import { type EventPlace } from './known-event.js';
import { hasContent } from './log-file.js';
import { LogUnreadable, restoreAdvice } from './log-unreadable.js';
import { uuidText } from './uuid-text.js';

// Of the file format of SQLite (sqlite.org/fileformat2.html), section 1.6: pages of b-trees.
const interiorPage = 0x05;
const leafPage = 0x0d;
const fileHeaderBytes = 100;
const idColumn = 3;

/**
 * The newest event in the file of a log by itself, and when that was written. Not by SQLite, which cannot be told to
 * leave a -wal alone. After a checkpoint that did not move everything it is some event; it is the same one again as
 * long as nobody writes to the file.
 * @returns undefined if that cannot be made out
 */
export function fileByItself(descriptor: number): FileByItself | undefined {
  try {
    const root = rootPageOf('events', pageAt(descriptor, 1));
    const { mtimeNs } = fstatSync(descriptor, { bigint: true });
    return { ...newestBelow(descriptor, root), modifiedNs: String(mtimeNs) };
  } catch {
    return undefined;
  }
}

/**
 * A -wal belongs to one file. Beside a backup it would bring back some events or all, or tear the log.
 * @param descriptor of the log's file, which nobody has opened by SQLite
 * @throws LogUnreadable if the file is another than the one that the -wal belongs to
 */
export function assertOwnWal(file: string, descriptor: number, head: Head | undefined): void {
  if (!head?.file || !hasContent(`${file}-wal`)) return;
  const found = fileByItself(descriptor);
  const { position, id, modifiedNs } = head.file;
  const isSame = found?.position === position && found.id === id;
  // Where all files were copied together with the head, their times say nothing.
  if (isSame && (found.modifiedNs === modifiedNs || head.self !== identityOf(headFileOf(file)))) return;
  const name = basename(file);
  const problem = `this file was put in the place of another, to which ${name}-wal beside it belongs`;
  throw new LogUnreadable(file, `${problem}. ${whatIsMissing(file, found, head)}${restoreAdvice(file)}`);
}

function whatIsMissing(file: string, found: EventPlace | undefined, { newest }: Head): string {
  if (found === undefined || found.position >= newest.position) return '';
  const known = `${headFileOf(file)} knows events up to position ${newest.position}`;
  return `By itself it ends at position ${found.position}; ${known}, so the first that is missing is ${found.position + 1}. `;
}

function newestBelow(descriptor: number, root: number): EventPlace {
  for (let number = root, depth = 0; depth < 20; depth += 1) {
    const page = pageAt(descriptor, number);
    if (page[0] === interiorPage) {
      // The right-most child has the highest row ids.
      number = page.readUInt32BE(8);
      continue;
    }
    const cells = cellsOf(page, 0);
    const last = cells.at(-1);
    if (last === undefined) return { position: 0, id: '' };
    const { rowId, columns } = rowAt(page, last);
    const { start, bytes } = columns[idColumn] as Column;
    return { position: rowId, id: uuidText(page.toString('hex', start, start + bytes)) };
  }
  throw new RangeError('The b-tree has no leaves.');
}

function rootPageOf(table: string, first: Buffer): number {
  for (const cell of cellsOf(first, fileHeaderBytes)) {
    const [, name, , root] = rowAt(first, cell).columns as [Column, Column, Column, Column];
    if (first.toString('utf8', name.start, name.start + name.bytes) === table) return first.readUIntBE(root.start, root.bytes);
  }
  throw new RangeError(`There is no table ${table}.`);
}

function pageAt(descriptor: number, number: number): Buffer {
  const header = Buffer.alloc(fileHeaderBytes);
  readSync(descriptor, header, 0, fileHeaderBytes, 0);
  const bytes = header.readUInt16BE(16);
  const page = Buffer.alloc(bytes);
  if (readSync(descriptor, page, 0, bytes, (number - 1) * bytes) !== bytes) throw new RangeError(`The file has no page ${number}.`);
  return page;
}

/** Where the cells of a leaf page begin, in the order of their row ids. */
function cellsOf(page: Buffer, header: number): readonly number[] {
  if (page[header] !== leafPage) throw new RangeError('This is no leaf page of a table.');
  const count = page.readUInt16BE(header + 3);
  return Array.from({ length: count }, (_, index) => page.readUInt16BE(header + 8 + 2 * index));
}

/** A column's place in its page. */
interface Column {
  readonly start: number;
  readonly bytes: number;
}

/** Only the first bytes of a long row are in its page; an event's id is. */
function rowAt(page: Buffer, cell: number): { readonly rowId: number; readonly columns: readonly Column[] } {
  const payload = varintAt(page, cell);
  const rowId = varintAt(page, payload.end);
  const header = varintAt(page, rowId.end);
  const columns: Column[] = [];
  let start = rowId.end + header.value;
  for (let at = header.end; at < rowId.end + header.value; ) {
    const serial = varintAt(page, at);
    const bytes = bytesOf(serial.value);
    columns.push({ start, bytes });
    start += bytes;
    at = serial.end;
  }
  return { rowId: rowId.value, columns };
}

function varintAt(page: Buffer, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = page.readUInt8(at + index);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  return { value: value * 256 + page.readUInt8(at + 8), end: at + 9 };
}

/** Bytes of a value by its serial type. */
function bytesOf(serial: number): number {
  if (serial >= 12) return (serial - (serial % 2 === 0 ? 12 : 13)) / 2;
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][serial] as number;
}
