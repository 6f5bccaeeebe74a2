/**
 * How an event changes its shape, from end to end, with a catalogue of this spec's own: a loan that once named its due day
 * alone, and since schema 2 its due day and how often it was extended. What was stored is not touched: its chain is that of
 * the old bytes, and everybody but the codec knows only the new shape.
 */
import { describe, expect, it } from '@jest/globals';
import type { Catalogue } from './catalogue.js';
import { verifyChain } from './chain.js';
import { dataOf, decode, schemaOf } from './codec.js';
import { emptyFold, foldEvent } from './fold.js';
import type { Fold } from './fold.js';
import type { RecordedEvent } from './port.js';
import { seal } from './seal.js';
import type { Origin } from './seal.js';

/** Schema 1. */
type LentOnce = { readonly type: 'Lent'; readonly effectiveAt: string; readonly due: string };
/** Schema 2, today's. */
type Lent = {
  readonly type: 'Lent';
  readonly effectiveAt: string;
  readonly until: { readonly day: string; readonly extended: number };
};

const BEFORE: Catalogue<LentOnce> = { Lent: [] };

/** The one line that a change of shape costs: what schema 1 said, as schema 2 says it. */
const TODAY: Catalogue<Lent> = { Lent: [({ due = '', ...data }) => ({ ...data, until: { day: due, extended: 0 } })] };

const origin: Origin = {
  commandId: 'c:k',
  actor: { subject: 's', role: 'ops' },
  correlationId: 'c:k',
  causationId: 'c:k',
  recordedAt: '2024-08-01T02:00:00.000Z',
  rules: 1,
  clauses: [],
  asked: { bodyHash: 'h' },
};
const STREAM = 'loan-1';
const effectiveAt = '2024-08-01T02:00:00Z';

const lastLoan = (_: Lent | null, event: Lent): Lent => event;

/** A stream that yesterday's program began and today's goes on with. */
const stored = (): readonly RecordedEvent[] => {
  const [old] = seal(BEFORE, true, emptyFold(STREAM), [{ type: 'Lent', effectiveAt, due: '2024-09-01' }], origin);
  if (!old) throw new Error('nothing was sealed');
  const place: Fold<Lent> = { ...emptyFold(STREAM), chain: old.metadata.chain ?? '' };
  const event: Lent = { type: 'Lent', effectiveAt, until: { day: '2024-10-01', extended: 1 } };
  const [fresh] = seal(TODAY, true, place, [event], origin);
  if (!fresh) throw new Error('nothing was sealed');
  return [old, fresh].map((sealed, index) => ({
    ...sealed.stored,
    stream: STREAM,
    revision: BigInt(index),
    position: { commit: 0n, prepare: 0n },
  }));
};

const foldOf = (events: readonly RecordedEvent[]): readonly (Lent | null)[] => {
  let fold = emptyFold<Lent>(STREAM);
  return events.map((recorded) => {
    const decoded = decode(TODAY, recorded);
    if (decoded.kind === 'unreadable') throw new Error(decoded.reason);
    fold = foldEvent(fold, decoded.event, decoded.metadata, recorded.revision, lastLoan);
    return fold.state;
  });
};

describe('an event at schema 2, with its upcast from 1', () => {
  it('says which schema it was written in', () => {
    expect(stored().map(({ metadata }) => Object(metadata)['schema'])).toEqual([1, 2]);
    expect([schemaOf(BEFORE, 'Lent'), schemaOf(TODAY, 'Lent')]).toEqual([1, 2]);
  });

  it('folds from either to the same shape', () => {
    expect(foldOf(stored())).toEqual([
      { type: 'Lent', effectiveAt, until: { day: '2024-09-01', extended: 0 } },
      { type: 'Lent', effectiveAt, until: { day: '2024-10-01', extended: 1 } },
    ]);
  });

  it('leaves what was stored as it was: the chain is that of the old bytes, and goes on', async () => {
    const [old] = stored();
    const written: LentOnce = { type: 'Lent', effectiveAt, due: '2024-09-01' };
    expect(old?.data).toEqual(dataOf(written));
    expect(await verifyChain(STREAM, stored())).toMatchObject({ broken: null });
  });

  it('cannot be read by a program of yesterday, which says so and stops there', () => {
    const [, fresh] = stored();
    expect(fresh && decode(BEFORE, fresh)).toMatchObject({ kind: 'unreadable', reason: 'schema 2 of 1' });
  });
});
