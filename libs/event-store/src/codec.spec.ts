import { describe, expect, it } from '@jest/globals';
import { ACCOUNT_EVENTS } from './catalogue.js';
import type { Catalogue } from './catalogue.js';
import { dataOf, decode, schemaOf } from './codec.js';
import type { JsonObject } from './json.js';
import type { RecordedEvent } from './port.js';

type Tea = { readonly type: 'TeaMade'; readonly effectiveAt: string; readonly leaves: string; readonly cups: number };

const effectiveAt = '2024-08-01T02:00:00Z';

/** Schema 1 knew no cups, schema 2 called the leaves a kind. */
const TEA: Catalogue<Tea> = {
  TeaMade: [
    (data) => ({ ...data, cups: 1 }),
    ({ kind = null, ...data }) => {
      if (kind === null) throw new Error('tea without a kind');
      return { ...data, leaves: kind };
    },
  ],
};

const recorded = (data: JsonObject, schema: number, type = 'TeaMade'): RecordedEvent => ({
  stream: 'tea-1',
  revision: 7n,
  position: { commit: 1n, prepare: 1n },
  id: 'i',
  type,
  data,
  metadata: { schema, commandId: 'c:k', recordedAt: '2024-08-01T02:00:00.000Z' },
});

describe('reading an event', () => {
  it.each([
    ['1', 1, { effectiveAt, kind: 'oolong' }, 1],
    ['2', 2, { effectiveAt, kind: 'oolong', cups: 4 }, 4],
    ['3, today', 3, { effectiveAt, leaves: 'oolong', cups: 4 }, 4],
  ])('lifts schema %s to the shape of today', (_, schema, data, cups) => {
    const decoded = decode(TEA, recorded(data, schema));
    expect(decoded).toMatchObject({ kind: 'event', event: { type: 'TeaMade', effectiveAt, leaves: 'oolong', cups } });
    expect(decoded).not.toHaveProperty('event.kind');
  });

  it.each([
    ['an unknown type', recorded({ effectiveAt }, 1, 'CoffeeMade'), 'unknown type'],
    ['a name that every object has', recorded({ effectiveAt }, 1, 'toString'), 'unknown type'],
    ['a schema of tomorrow', recorded({ effectiveAt }, 4), 'schema 4 of 3'],
    ['a broken upcast', recorded({ effectiveAt }, 1), 'Error: tea without a kind'],
    ['no instant', recorded({ leaves: 'oolong', cups: 1 }, 3), 'no effectiveAt'],
    ['no metadata', { ...recorded({ effectiveAt }, 3), metadata: undefined }, 'no metadata of ours'],
    ['data that are no object', { ...recorded({ effectiveAt }, 3), data: 'tea' }, 'data is no object'],
  ])('names the stream, the revision and the reason: %s', (_, event, reason) => {
    const unreadable = { kind: 'unreadable', stream: 'tea-1', revision: 7n, type: event.type, reason };
    expect(decode(TEA, event)).toEqual(unreadable);
  });
});

describe('writing an event', () => {
  it('says which schema it has', () => {
    expect(schemaOf(TEA, 'TeaMade')).toBe(3);
    expect(schemaOf(ACCOUNT_EVENTS, 'BillIssued')).toBe(1);
  });

  it('keeps the type out of the data', () => {
    const data = { a: '1', b: [null, true, { c: 2 }] };
    expect(dataOf({ type: 'T', ...data })).toEqual(data);
  });

  it.each<[string, object]>([
    ['a.b is 0.5, no safe integer', { a: { b: 0.5 } }],
    ['a is 9007199254740992, no safe integer', { a: 2 ** 53 }],
    ['a is NaN, no safe integer', { a: Number.NaN }],
    ['a.1 is a undefined', { a: [1, undefined] }],
    ['a is a bigint', { a: 1n }],
    ['a is a function', { a: () => 1 }],
    ['a is not well-formed Unicode', { a: '\ud800' }],
  ])('refuses what other readers would not see alike: %s', (reason, data) => {
    expect(() => dataOf({ type: 'T', ...data })).toThrow(`not storable: T.${reason}`);
  });
});
