import { type LogRecord, Tail } from './tail.js';

const record = (position: number, size = 10): LogRecord => ({
  position,
  stream: 's',
  type: 't',
  response: Buffer.alloc(size),
});

const positions = (records: readonly LogRecord[] | undefined): number[] | undefined =>
  records?.map(({ position }) => position);

describe('the newest records', () => {
  it('knows nothing from before it was made', () => {
    const tail = new Tail(100);
    expect(tail.after(99, 10)).toBeUndefined();
    expect(tail.after(100, 10)).toEqual([]);
  });

  it('gives what stands behind a position, be the position an event or not', () => {
    const tail = new Tail(100);
    tail.add([record(110), record(130), record(150)]);
    expect(positions(tail.after(100, 10))).toEqual([110, 130, 150]);
    expect(positions(tail.after(110, 10))).toEqual([130, 150]);
    expect(positions(tail.after(120, 10))).toEqual([130, 150]);
    expect(positions(tail.after(100, 2))).toEqual([110, 130]);
    expect(positions(tail.after(150, 10))).toEqual([]);
  });

  it('drops the oldest when it grows too large, and says so to whoever needs them', () => {
    const tail = new Tail(0);
    const megabyte = 1024 * 1024;
    for (let position = 1; position <= 100; position += 1) tail.add([record(position, megabyte)]);
    expect(tail.after(0, 10)).toBeUndefined();
    expect(positions(tail.after(98, 10))).toEqual([99, 100]);
    const oldest = Array.from({ length: 100 }, (_, position) => position).find(
      (position) => tail.after(position, 1) !== undefined,
    );
    expect(positions(tail.after(oldest ?? 0, 1))).toEqual([(oldest ?? 0) + 1]);
  });
});
