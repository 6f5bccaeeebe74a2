import { MalformedMessage, WireReader } from './reader.js';
import { encode } from './writer.js';

const onlyField = (message: Buffer): WireReader => {
  const reader = new WireReader(message);
  reader.next();
  return reader;
};

describe('the wire', () => {
  it.each([0, 1, 127, 128, 300, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1])('carries the number %d', (value) => {
    expect(onlyField(encode((out) => out.uint(7, value))).uint()).toBe(value);
  });

  it('writes numbers beyond 2^53 exactly', () => {
    // 63 ones, in groups of seven bits.
    expect(encode((out) => out.uint(1, 2n ** 63n - 1n)).toString('hex')).toBe('08ffffffffffffffff7f');
  });

  it('reads the largest number, if roundly', () => {
    expect(onlyField(Buffer.from('08ffffffffffffffffff01', 'hex')).uint()).toBe(2 ** 64);
  });

  it('carries text of any script, and nested messages last field first', () => {
    const message = encode((out) => {
      out.string(3, 'zuletzt');
      out.message(2, () => {
        out.entry(6, 'clé', '价值');
        out.empty(1);
      });
      out.uint(1, 5);
    });
    const reader = new WireReader(message);
    expect(reader.next() && reader.field).toBe(1);
    expect(reader.uint()).toBe(5);
    expect(reader.next() && reader.field).toBe(2);
    const nested = reader.nested();
    expect(nested.next() && nested.field).toBe(1);
    nested.skip();
    expect(nested.next() && nested.field).toBe(6);
    const entry = nested.nested();
    entry.next();
    expect(entry.string()).toBe('clé');
    entry.next();
    expect(entry.string()).toBe('价值');
    expect(nested.next()).toBe(false);
    expect(reader.next() && reader.field).toBe(3);
    expect(reader.string()).toBe('zuletzt');
    expect(reader.next()).toBe(false);
  });

  it('grows with its messages and forgets the ones before', () => {
    const large = Buffer.alloc(3_000_000, 7);
    expect(
      onlyField(encode((out) => out.message(1, () => out.bytes(1, large))))
        .nested()
        .next(),
    ).toBe(true);
    expect(
      onlyField(encode((out) => out.bytes(1, large)))
        .bytes()
        .equals(large),
    ).toBe(true);
    expect(encode((out) => out.empty(1))).toHaveLength(2);
  });

  it('forgets what a failed encoder left behind', () => {
    const failing = (): Buffer =>
      encode((out) => {
        out.string(1, 'half');
        throw new Error('failed');
      });
    expect(failing).toThrow('failed');
    expect(encode((out) => out.empty(1))).toHaveLength(2);
  });

  it('skips what it does not know', () => {
    const unknown = Buffer.from('09' + '00'.repeat(8) + '15' + '00'.repeat(4) + '1a0161' + '2005' + '2802', 'hex');
    const reader = new WireReader(unknown);
    for (const field of [1, 2, 3, 4]) {
      expect(reader.next() && reader.field).toBe(field);
      reader.skip();
    }
    expect(reader.next() && reader.uint()).toBe(2);
  });

  it.each([
    ['a length beyond the end', '0a05616263', (reader: WireReader) => reader.bytes()],
    ['a number without an end', '08ffff', (reader: WireReader) => reader.uint()],
    ['text for a number', '0a0161', (reader: WireReader) => reader.uint()],
    ['a number for text', '0805', (reader: WireReader) => reader.string()],
    ['an unknown wire type', '0b', (reader: WireReader) => reader.skip()],
  ])('refuses %s', (_what, hex, read) => {
    const reader = onlyField(Buffer.from(hex, 'hex'));
    expect(() => read(reader)).toThrow(MalformedMessage);
  });
});
