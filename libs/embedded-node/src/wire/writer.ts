/**
 * A protobuf writer that works from the end of a message to its start: when a nested message's header is due, its body
 * is complete and its length known, so nothing is measured twice. Fields are therefore given last one first.
 */
export class WireWriter {
  private buffer = Buffer.allocUnsafeSlow(64 * 1024);
  private start = this.buffer.length;

  /** What was written, copied out of the buffer, which the next message uses again. */
  take(): Buffer {
    const message = Buffer.copyBytesFrom(this.buffer, this.start);
    this.clear();
    return message;
  }

  /** Forgets what an encoder that threw half way has left behind. */
  clear(): void {
    this.start = this.buffer.length;
  }

  message(field: number, write: () => void): void {
    const before = this.written;
    write();
    this.header(field, this.written - before);
  }

  bytes(field: number, value: Uint8Array): void {
    this.reserve(value.length);
    this.buffer.set(value, this.start);
    this.header(field, value.length);
  }

  string(field: number, value: string): void {
    const length = Buffer.byteLength(value);
    this.reserve(length);
    this.buffer.write(value, this.start, 'utf8');
    this.header(field, length);
  }

  /** An entry of a `map<string, string>`. */
  entry(field: number, key: string, value: string): void {
    this.message(field, () => {
      this.string(2, value);
      this.string(1, key);
    });
  }

  /** `google.protobuf.Empty` and its like: in these messages presence alone says something. */
  empty(field: number): void {
    this.header(field, 0);
  }

  /** uint64, uint32, int64, enum and bool alike. A bigint is needed beyond 2^53 only: the tombstone's revision. */
  uint(field: number, value: number | bigint): void {
    if (typeof value === 'bigint') this.bigVarint(value);
    else this.varint(value);
    this.varint(field * 8);
  }

  private get written(): number {
    return this.buffer.length - this.start;
  }

  private header(field: number, length: number): void {
    this.varint(length);
    this.varint(field * 8 + 2);
  }

  private varint(value: number): void {
    let length = 1;
    for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length += 1;
    this.reserve(length);
    let rest = value;
    for (let at = this.start; at < this.start + length - 1; at += 1) {
      this.buffer[at] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.buffer[this.start + length - 1] = rest;
  }

  private bigVarint(value: bigint): void {
    const groups: number[] = [];
    for (let rest = value; rest > 0n; rest >>= 7n) groups.push(Number(rest & 127n));
    const last = groups.length - 1;
    this.reserve(groups.length);
    groups.forEach((group, index) => (this.buffer[this.start + index] = index < last ? group + 128 : group));
  }

  /** Room for `length` bytes in front of what is there. Events of a megabyte are rare, so it grows only when it must. */
  private reserve(length: number): void {
    if (length > this.start) {
      const written = this.written;
      const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, written + length + 64 * 1024));
      this.buffer.copy(larger, larger.length - written, this.start);
      this.buffer = larger;
      this.start = larger.length - written;
    }
    this.start -= length;
  }
}

const shared = new WireWriter();

/** Encodes one message. Encoding is synchronous, so one writer and its buffer serve all. */
export const encode = (write: (out: WireWriter) => void): Buffer => {
  shared.clear();
  write(shared);
  return shared.take();
};
