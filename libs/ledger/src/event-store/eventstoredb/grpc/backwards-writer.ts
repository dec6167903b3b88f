const continues = 0x80;
const varintBytesMax = 10;

/** How the value of a field is laid out; part of its tag. */
const asVarint = 0;
const asBytes = 2;

/**
 * Writes a message of protocol buffers from its end to its start: what is nested is there, with its length known, when
 * the field that holds it is begun. Fields are to be written in reverse order.
 */
export class BackwardsWriter {
  readonly #buffer: Buffer;
  #at: number;

  /** @param bytesMax as many as the message may have */
  constructor(bytesMax: number) {
    this.#buffer = Buffer.allocUnsafeSlow(bytesMax);
    this.#at = bytesMax;
  }

  /** What was written so far. */
  get message(): Buffer {
    return this.#buffer.subarray(this.#at);
  }

  /** How many bytes were written so far. */
  get length(): number {
    return this.#buffer.length - this.#at;
  }

  /** Four bytes of no field, the most significant first: the length of a message in front of it, say. */
  fixed32(value: number): void {
    this.#at -= 4;
    this.#buffer.writeUInt32BE(value, this.#at);
  }

  varint(field: number, value: number | bigint): void {
    this.#varint(value);
    this.#varint(field * 8 + asVarint);
  }

  bytes(field: number, value: Uint8Array): void {
    this.#at -= value.length;
    this.#buffer.set(value, this.#at);
    this.#begin(field, value.length);
  }

  text(field: number, value: string): void {
    const length = Buffer.byteLength(value);
    this.#at -= length;
    this.#buffer.write(value, this.#at);
    this.#begin(field, length);
  }

  /** A message within the message; `write` its fields, in reverse order. */
  nested(field: number, write: () => void): void {
    const end = this.#at;
    write();
    this.#begin(field, end - this.#at);
  }

  #begin(field: number, length: number): void {
    this.#varint(length);
    this.#varint(field * 8 + asBytes);
  }

  #varint(value: number | bigint): void {
    if (typeof value === 'bigint') return this.#put(septetsOf(BigInt.asUintN(64, value)));
    if (value < continues) {
      this.#buffer[(this.#at -= 1)] = value;
      return;
    }
    const septets: number[] = [];
    for (let left = value; left > 0; left = Math.floor(left / continues)) septets.push(left % continues);
    this.#put(septets);
  }

  /** Least significant first. */
  #put(septets: readonly number[]): void {
    this.#at -= septets.length;
    septets.forEach((septet, index) => (this.#buffer[this.#at + index] = index < septets.length - 1 ? septet + continues : septet));
  }
}

function septetsOf(value: bigint): readonly number[] {
  const septets: number[] = [];
  for (let left = value; septets.length === 0 || (left > 0n && septets.length < varintBytesMax); left >>= 7n) septets.push(Number(left & 0x7fn));
  return septets;
}
