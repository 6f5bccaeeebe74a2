/** The bytes are no message of the kind expected; to the caller a bad request. */
export class MalformedMessage extends Error {}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/**
 * Reads a protobuf message field by field: `next()` moves to a field, then exactly one of the value methods or
 * `skip()` consumes it. Byte values are views on the message, not copies; whoever keeps them copies them.
 */
export class WireReader {
  field = 0;
  private type = 0;
  private offset = 0;
  private readonly message: Buffer;

  constructor(message: Buffer) {
    this.message = message;
  }

  next(): boolean {
    if (this.offset >= this.message.length) return false;
    const key = this.varint();
    this.field = Math.floor(key / 8);
    this.type = key % 8;
    return true;
  }

  /** Exact up to 2^53; beyond that rounded, which is enough for "later than everything". */
  uint(): number {
    this.expect(VARINT);
    return this.varint();
  }

  bytes(): Buffer {
    this.expect(BYTES);
    return this.take(this.varint());
  }

  string(): string {
    return this.bytes().toString('utf8');
  }

  nested(): WireReader {
    return new WireReader(this.bytes());
  }

  skip(): void {
    switch (this.type) {
      case VARINT:
        this.varint();
        return;
      case FIXED64:
        this.take(8);
        return;
      case BYTES:
        this.take(this.varint());
        return;
      case FIXED32:
        this.take(4);
        return;
      default:
        throw new MalformedMessage(`Field ${this.field} has the unknown wire type ${this.type}.`);
    }
  }

  private expect(type: number): void {
    if (this.type !== type) throw new MalformedMessage(`Field ${this.field} has the wire type ${this.type}.`);
  }

  private take(length: number): Buffer {
    const end = this.offset + length;
    if (end > this.message.length) throw new MalformedMessage(`Field ${this.field} ends behind its message.`);
    const value = this.message.subarray(this.offset, end);
    this.offset = end;
    return value;
  }

  private varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 70; scale *= 128) {
      const byte = this.message[this.offset];
      if (byte === undefined) break;
      this.offset += 1;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
    throw new MalformedMessage('A number has no end.');
  }
}
