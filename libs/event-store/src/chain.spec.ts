import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { chainAfter, contentOf, eventId, genesis, verifyChain } from './chain.js';
import { ACCOUNT_EVENTS } from './catalogue.js';
import { emptyFold } from './fold.js';
import type { RecordedEvent } from './port.js';
import { seal } from './seal.js';
import type { Origin } from './seal.js';

const sha = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const origin: Origin = {
  commandId: 'c:k',
  actor: { subject: 's', role: 'ops' },
  correlationId: 'c:k',
  causationId: 'c:k',
  recordedAt: '2024-08-01T02:00:00.000Z',
  rules: 1,
  clauses: ['P-2.14'],
  asked: { bodyHash: 'h' },
};
const topped = { type: 'FundsToppedUp', accountId: 'a', effectiveAt: '2024-08-01T02:00:00Z', settled: '0.00' } as const;

const stream = 'account-a';
const recorded = (): readonly RecordedEvent[] =>
  seal(
    ACCOUNT_EVENTS,
    true,
    emptyFold(stream),
    ['1.00', '2.00', '3.00'].map((amount) => ({ ...topped, amount })),
    origin,
  ).map(({ stored }, i) => ({ ...stored, stream, revision: BigInt(i), position: { commit: 0n, prepare: 0n } }));

describe('the chain', () => {
  it('is SHA-256 of the chain before and the canonical event, and begins with the name of the stream', () => {
    expect(genesis(stream)).toBe(sha('account-a'));
    const content = contentOf('T', { z: 1, a: 'ä' }, { schema: 1 });
    const canonical = '{"data":{"a":"ä","z":1},"id":"i","metadata":{"schema":1},"type":"T"}';
    expect(chainAfter(genesis(stream), 'i', content)).toBe(sha(sha('account-a') + canonical));
  });

  it('holds for what was sealed', async () => {
    const events = recorded();
    const last = events.at(-1)?.metadata;
    expect(await verifyChain(stream, events)).toEqual({ chain: Object(last)['chain'], broken: null });
    const middle = Object(events[0]?.metadata)['chain'];
    expect(await verifyChain(stream, events.slice(1), middle)).toMatchObject({ broken: null });
  });

  it.each<[string, (events: RecordedEvent[]) => RecordedEvent[], bigint]>([
    ['its data are changed', ([a, b, c]) => [a!, { ...b!, data: { ...Object(b!.data), amount: '9.00' } }, c!], 1n],
    ['its metadata are', ([a, b, c]) => [a!, b!, { ...c!, metadata: { ...Object(c!.metadata), reason: 'x' } }], 2n],
    ['its type is', ([a, b, c]) => [{ ...a!, type: 'GiftGranted' }, b!, c!], 0n],
    ['one is left out', ([a, , c]) => [a!, c!], 2n],
    ['two are exchanged', ([a, b, c]) => [a!, c!, b!], 2n],
  ])('breaks at the event where %s', async (_, change, revision) => {
    expect(await verifyChain(stream, change([...recorded()]))).toMatchObject({ broken: { stream, revision } });
  });
});

describe('the id of an event', () => {
  const content = contentOf('T', { a: 1 }, { m: 1 });
  const id = eventId(stream, 'c:k', 0, content);

  it('is the same for the same content, so that a repeated append is recognised', () => {
    expect(eventId(stream, 'c:k', 0, contentOf('T', { a: 1 }, { m: 1 }))).toBe(id);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it.each([
    ['stream', eventId('account-b', 'c:k', 0, content)],
    ['command', eventId(stream, 'c:l', 0, content)],
    ['index', eventId(stream, 'c:k', 1, content)],
    ['type', eventId(stream, 'c:k', 0, contentOf('U', { a: 1 }, { m: 1 }))],
    ['data', eventId(stream, 'c:k', 0, contentOf('T', { a: 2 }, { m: 1 }))],
    ['metadata', eventId(stream, 'c:k', 0, contentOf('T', { a: 1 }, { m: 2 }))],
  ])('is another for another %s', (_, other) => {
    expect(other).not.toBe(id);
  });
});
