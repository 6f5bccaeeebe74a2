/** An event as subscribers need it: where it is, what filters look at, and the answer that carries it. */
export type LogRecord = {
  readonly position: number;
  readonly stream: string;
  readonly type: string;
  readonly response: Buffer;
};

const MAX_BYTES = 8 * 1024 * 1024;

/**
 * The newest records, kept in memory: subscribers that keep up are fed from here and cost the database nothing.
 * One that has fallen behind reads pages from the database until it gets here again.
 */
export class Tail {
  private records: LogRecord[] = [];
  private bytes = 0;
  /** Everything behind this position is here. */
  private base: number;

  constructor(lastPosition: number) {
    this.base = lastPosition;
  }

  add(records: readonly LogRecord[]): void {
    for (const record of records) {
      this.records.push(record);
      this.bytes += record.response.length;
    }
    if (this.bytes > MAX_BYTES) this.dropOlderHalf();
  }

  /** Up to `limit` records behind `position`, or `undefined` if that is longer ago than is kept here. */
  after(position: number, limit: number): readonly LogRecord[] | undefined {
    if (position < this.base) return undefined;
    const from = this.indexAfter(position);
    return this.records.slice(from, from + limit);
  }

  /** Half at a time, so that dropping from the front of an array is paid for once in many additions. */
  private dropOlderHalf(): void {
    let dropped = 0;
    for (const record of this.records) {
      if (this.bytes <= MAX_BYTES / 2) break;
      this.bytes -= record.response.length;
      this.base = record.position;
      dropped += 1;
    }
    this.records = this.records.slice(dropped);
  }

  private indexAfter(position: number): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const record = this.records[middle];
      if (record !== undefined && record.position <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
