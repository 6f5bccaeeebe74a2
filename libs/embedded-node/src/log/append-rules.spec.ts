import {
  type Decision,
  decideAppend,
  type Expected,
  type KnownIds,
  NO_STREAM,
  type StreamFacts,
} from './append-rules.js';

/** A stream by the ids of its events. */
const stream = (...ids: string[]): { facts: StreamFacts; known: KnownIds } => ({
  facts: { lastRevision: ids.length - 1, softDeleted: false, tombstoned: false },
  known: {
    idAt: (revision) => ids[revision],
    revisionOf: (id) => (ids.includes(id) ? ids.lastIndexOf(id) : undefined),
  },
});

const absent = stream();
const abc = stream('a', 'b', 'c');

const softDeleted = ({ facts, known }: typeof abc): typeof abc => ({ facts: { ...facts, softDeleted: true }, known });
const tombstoned = ({ facts, known }: typeof abc): typeof abc => ({ facts: { ...facts, tombstoned: true }, known });

const append: Decision = { is: 'append' };
const conflict: Decision = { is: 'wrong-expected-version' };
const deleted: Decision = { is: 'stream-deleted' };
const repeated = (lastRevision: number): Decision => ({ is: 'repeated', lastRevision });

type Row = [rule: string, stream: typeof abc, expected: Expected, ids: string[], decision: Decision];

const TABLE: Row[] = [
  ['tombstoned: any', tombstoned(abc), 'any', ['d'], deleted],
  ['tombstoned: exists', tombstoned(abc), 'exists', ['d'], deleted],
  ['tombstoned: no stream', tombstoned(abc), NO_STREAM, ['d'], deleted],
  ['tombstoned: the current revision', tombstoned(abc), 2, ['d'], deleted],
  ['tombstoned: even a repetition', tombstoned(abc), NO_STREAM, ['a'], deleted],

  ['exists: soft-deleted', softDeleted(abc), 'exists', ['d'], deleted],
  ['exists: soft-deleted, even a repetition', softDeleted(abc), 'exists', ['a'], deleted],
  ['exists: nothing there at all', absent, 'exists', ['d'], conflict],
  ['exists: first id unknown', abc, 'exists', ['d'], append],
  ['exists: all ids known', abc, 'exists', ['a', 'b'], repeated(1)],
  ['exists: a later id unknown', abc, 'exists', ['a', 'd'], conflict],

  ['any: nothing there', absent, 'any', ['d'], append],
  ['any: first id unknown', abc, 'any', ['d'], append],
  ['any: first id unknown, a later one known', abc, 'any', ['d', 'a'], append],
  ['any: all ids known', abc, 'any', ['b', 'c'], repeated(2)],
  ['any: all ids known, to be found at their last place', stream('a', 'b', 'a'), 'any', ['a'], repeated(2)],
  ['any: a later id unknown', abc, 'any', ['c', 'd'], conflict],
  ['any: soft-deleted', softDeleted(abc), 'any', ['d'], append],
  ['any: no ids', abc, 'any', [], append],

  ['no stream: nothing there', absent, NO_STREAM, ['d'], append],
  ['no stream: the same ids from the start', abc, NO_STREAM, ['a', 'b'], repeated(1)],
  ['no stream: all the stream', abc, NO_STREAM, ['a', 'b', 'c'], repeated(2)],
  ['no stream: first id differs', abc, NO_STREAM, ['d'], conflict],
  ['no stream: known ids at another place', abc, NO_STREAM, ['b', 'c'], conflict],
  ['no stream: a later id differs', abc, NO_STREAM, ['a', 'd'], conflict],
  ['no stream: longer than what is there', abc, NO_STREAM, ['a', 'b', 'c', 'd'], conflict],
  ['no stream: soft-deleted, first id differs', softDeleted(abc), NO_STREAM, ['d'], append],
  ['no stream: soft-deleted, the same ids', softDeleted(abc), NO_STREAM, ['a'], repeated(0)],
  ['no stream: soft-deleted before it was there', softDeleted(absent), NO_STREAM, ['d'], append],
  ['no stream: no ids', abc, NO_STREAM, [], conflict],

  ['behind: the same ids behind it', abc, 0, ['b', 'c'], repeated(2)],
  ['behind: first id differs', abc, 0, ['d'], conflict],
  ['behind: a later id differs', abc, 0, ['b', 'd'], conflict],
  ['behind: longer than what is there', abc, 1, ['c', 'd'], conflict],
  ['behind: soft-deleted, first id differs', softDeleted(abc), 0, ['d'], conflict],
  ['behind: no ids', abc, 1, [], conflict],

  ['current', abc, 2, ['d'], append],
  ['current: even with a known id', abc, 2, ['a'], append],
  ['current: soft-deleted', softDeleted(abc), 2, ['d'], append],
  ['ahead', abc, 3, ['d'], conflict],
  ['ahead: nothing there', absent, 0, ['d'], conflict],
];

describe('the expected revision', () => {
  it.each(TABLE)('%s', (_rule, { facts, known }, expected, ids, decision) => {
    expect(decideAppend(expected, ids, facts, known)).toEqual(decision);
  });

  it('costs no look-up where it is the current one', () => {
    const never = (): never => {
      throw new Error('looked up');
    };
    expect(decideAppend(2, ['d'], abc.facts, { idAt: never, revisionOf: never })).toEqual(append);
  });
});
