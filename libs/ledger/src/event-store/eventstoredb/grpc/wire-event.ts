/** An event as the server sends it: what the ledger needs of `ReadResp.ReadEvent.RecordedEvent`. */
export interface WireEvent {
  readonly id: string;
  /** The name of its stream in the cluster. */
  readonly name: string;
  readonly revision: number;
  readonly commit: number;
  readonly prepare: number;
  readonly data: Buffer;
  /** The value of a header, as of `type`; an empty text if there is none. */
  header(name: string): string;
}

/** How the value of a field is laid out; part of its tag. */
const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const nothing: Buffer = Buffer.alloc(0);

/** One after another the fields of a message of protocol buffers. */
class Fields {
  #at: number;
  /** Where the bytes of a text or of a message begin and end. */
  #from = 0;
  #end = 0;
  field = 0;
  /** Of a number. */
  value = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly start = 0,
    private readonly to = bytes.length,
  ) {
    this.#at = start;
  }

  /** The same, from the first one on. */
  get again(): Fields {
    return new Fields(this.bytes, this.start, this.to);
  }

  /** Goes on to the next field. @returns whether there is one */
  next(): boolean {
    if (this.#at >= this.to) return false;
    const tag = this.#varint();
    this.field = tag >>> 3;
    switch (tag & 7) {
      case wireTypes.varint:
        this.value = this.#varint();
        break;
      case wireTypes.bytes:
        this.#skip(this.#varint());
        break;
      case wireTypes.fixed64:
        this.#skip(8);
        break;
      case wireTypes.fixed32:
        this.#skip(4);
        break;
      default:
        throw new RangeError('The server sent an event of a form that protocol buffers do not have.');
    }
    return true;
  }

  get text(): string {
    return this.bytes.toString('utf8', this.#from, this.#end);
  }

  get data(): Buffer {
    return this.bytes.subarray(this.#from, this.#end);
  }

  /** The message in this field. */
  get nested(): Fields {
    return new Fields(this.bytes, this.#from, this.#end);
  }

  #skip(length: number): void {
    this.#from = this.#at;
    this.#end = this.#at += length;
    if (this.#end > this.to) throw new RangeError('The server sent an event that ends before its end.');
  }

  /** Exact up to 2^53, which no position reaches. */
  #varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.#at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
}

/**
 * The event in an answer to a read, undefined if it is another answer. The generated code makes eight objects of an event
 * and copies its content: half of the time that the feed takes.
 * @throws RangeError for what is no message
 */
export function wireEventIn(answer: Buffer): WireEvent | undefined {
  const read = fieldOf(new Fields(answer), 1);
  const recorded = read && fieldOf(read, 1);
  return recorded && eventOf(recorded);
}

function eventOf(fields: Fields): WireEvent {
  let [id, name, revision, commit, prepare, data] = ['', '', 0, 0, 0, nothing];
  const headers: Fields[] = [];
  while (fields.next()) {
    switch (fields.field) {
      case 1:
        id = textOf(fields.nested, 2);
        break;
      case 2:
        name = textOf(fields.nested, 3);
        break;
      case 3:
        revision = fields.value;
        break;
      case 4:
        prepare = fields.value;
        break;
      case 5:
        commit = fields.value;
        break;
      case 6:
        headers.push(fields.nested);
        break;
      case 8:
        data = fields.data;
        break;
    }
  }
  return { id, name, revision, commit, prepare, data, header: (wanted) => headerOf(headers, wanted) };
}

function fieldOf(fields: Fields, wanted: number): Fields | undefined {
  while (fields.next()) if (fields.field === wanted) return fields.nested;
  return undefined;
}

function textOf(fields: Fields, wanted: number): string {
  while (fields.next()) if (fields.field === wanted) return fields.text;
  return '';
}

function headerOf(headers: readonly Fields[], wanted: string): string {
  const header = headers.find((fields) => textOf(fields.again, 1) === wanted);
  return header === undefined ? '' : textOf(header.again, 2);
}
