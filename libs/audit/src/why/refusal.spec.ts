/** Why a command was refused: the check, the values it saw, and the same decision again. */
import { describe, expect, it } from '@jest/globals';
import { instant, iso, type Command } from '@ledger/domain';
import * as say from '../../../domain/src/testing/commands.js';
import { played, type Ledger } from '../../../domain/src/properties/ledger.js';
import { stepsOf, WHOLE_LIFE, type Chapter } from '../testing/lives.js';
import { recorded, type MemoryStreams } from '../testing/memory-streams.js';
import { whyRefused } from './refusal.js';

/** The refusals of a life as the write path keeps them, with the ids `c:r0`, `c:r1` … */
const refusedIn = (ledger: Ledger): MemoryStreams => {
  const streams = recorded(ledger);
  for (const [i, { at, command, refused }] of ledger.refusals.entries()) {
    const { do: name, ...body } = command;
    const actor = { subject: 'alice', role: 'ops' };
    const { refusal, clause, details } = refused;
    const data = { effectiveAt: iso(at), accountId: 'a1', command: { name, body }, refusal, clause, details, actor };
    streams.put('refusals-a1', 'CommandRefused', data, { schema: 1, commandId: `c:r${i}`, recordedAt: iso(at), actor });
  }
  return streams;
};

const life = (...more: readonly Chapter[]): MemoryStreams =>
  refusedIn(played(stepsOf([...WHOLE_LIFE.slice(0, 6), ...more])));

const AT = '2024-08-22T10:00:00+08:00';

describe('why a command was refused', () => {
  it('for want of money: what was required, what was there, what the command met', async () => {
    const streams = life([AT, say.renew('standard', 2)]);
    const found = await whyRefused(streams, 'a1', 'r0');
    expect(found).toMatchObject({
      commandId: 'c:r0',
      command: { name: 'Renew', body: { product: 'standard', months: 2 } },
      refusal: 'InsufficientFunds',
      clause: { clause: 'P-2.5', text: expect.stringContaining('cash') },
      details: { required: '798.00', available: '422.00' },
      met: { revision: '5', account: { cash: '422.00' }, app: { status: 'active', package: 'standard' } },
      again: { kind: 'refused', refusal: 'InsufficientFunds', details: { required: '798.00', available: '422.00' } },
    });
    expect(await whyRefused(streams, 'a1', 'c:r0')).toEqual(found);
    expect(await whyRefused(streams, 'a1', '0')).toEqual(found);
  });

  it.each<[string, Command]>([
    ['TermRunning', say.purchase('standard')],
    ['NotHigher', say.upgrade('standard')],
    ['UsageInFuture', say.recordUsage([{ meter: 'mau', day: '2024-08-23', value: 1 }])],
    ['AppExists', say.createApp('intl-2024')],
  ])('%s is decided again alike', async (refusal, command) => {
    const found = await whyRefused(life([AT, command]), 'a1', 'r0');
    expect(found).toMatchObject({ refusal, again: { kind: 'refused', refusal, clause: found.clause?.clause } });
  });

  it('on the state before it: what was recorded later does not count', async () => {
    const streams = life([AT, say.renew('standard', 2)], ['2024-08-22T10:00:01+08:00', say.topUp('1000.00')]);
    expect(await whyRefused(streams, 'a1', 'r0')).toMatchObject({ again: { refusal: 'InsufficientFunds' } });
  });

  it('says so when the rules of today would accept', async () => {
    const streams = life();
    const data = {
      effectiveAt: iso(instant(AT)),
      accountId: 'a1',
      command: { name: 'TopUp', body: { accountId: 'a1', amount: '1.00' } },
      refusal: 'AccountInArrears',
      clause: 'P-2.6',
      details: {},
      actor: { subject: 'alice', role: 'ops' },
    };
    streams.put('refusals-a1', 'CommandRefused', data, { schema: 1, commandId: 'c:x', recordedAt: iso(instant(AT)) });
    expect(await whyRefused(streams, 'a1', 'x')).toMatchObject({ again: { kind: 'accepted' } });
    const forbidden = { ...data, refusal: 'Forbidden', clause: null };
    streams.put('refusals-a1', 'CommandRefused', forbidden, {
      schema: 1,
      commandId: 'c:y',
      recordedAt: iso(instant(AT)),
    });
    expect(await whyRefused(streams, 'a1', 'y')).toMatchObject({ clause: null, again: null });
  });

  it('of one that is not kept there is no answer', () =>
    expect(whyRefused(life(), 'a1', 'r0')).rejects.toThrow('No refusal "r0" is kept for the account'));
});
