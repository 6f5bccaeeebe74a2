/** Why a fact is so: the events, their clauses, prices, commands and actors, found from the fold. */
import { describe, expect, it } from '@jest/globals';
import { instant } from '@ledger/domain';
import { lived, SECOND_LIFE, THIRD_LIFE, WHOLE_LIFE, type Chapter } from '../testing/lives.js';
import { recorded } from '../testing/memory-streams.js';
import { why, type Because, type Why } from './why.js';

const ask = (chapters: readonly Chapter[], time: string, fact: string): Promise<Why> =>
  why(recorded(lived(chapters)), 'a1', fact, { end: { at: instant(time) }, knownAt: null });

/** The tree of types: a deadline in brackets behind the event that it brought; what was told before is left out. */
const tree = ({ reasons }: Because): string =>
  reasons
    .flatMap((reason) => {
      if (!('happening' in reason)) return [];
      const { happening, deadline, with: head } = reason;
      const armed = deadline ? ` (${deadline.fact}: ${tree(deadline)})` : '';
      return [`${happening.type}${head ? ` with ${head.happening.type}` : ''}${armed}`];
    })
    .join(', ');

const STOPPED = '2024-09-05T00:00:00+08:00';

describe('why an app is stopped', () => {
  it('for arrears: its suspension, the deadline of the overdue account, the bill that brought it', async () => {
    const found = await ask(WHOLE_LIFE, STOPPED, 'apps.p1.holds.arrears');
    expect(found).toMatchObject({ value: true, was: false, isMinimal: true });
    expect(tree(found)).toBe(
      'AccountOpened, AppCreated, Suspended (timers.suspend-arrears: Overdue with BillIssued (timers.settle-month/2024-08: Purchased))',
    );
  });

  it('names the metering facts behind the bill', async () => {
    const { metered } = await ask(WHOLE_LIFE, STOPPED, 'overdueSince');
    expect(metered).toMatchObject([
      {
        meter: 'mau',
        day: '2024-08-27',
        value: 30_000,
        stream: 'usage-p1-2024-08',
        revision: '0',
        actor: { subject: 'alice' },
      },
    ]);
  });

  it('since it was refunded: what came along with the refund, who asked and why', async () => {
    const found = await ask(WHOLE_LIFE, '2024-09-14T00:00:00+08:00', 'apps.p1.reclaimAt');
    expect(tree(found)).toBe('AccountOpened, AppCreated, Suspended with Refunded');
    expect(found.reasons.at(-1)).toMatchObject({
      happening: {
        actor: { subject: 'alice', role: 'ops' },
        command: { name: 'Refund', body: { product: 'premium' } },
        reason: 'closing down',
      },
    });
    expect(found.definedBy).toEqual([{ clause: 'P-6.4', text: expect.stringContaining('90 days after') }]);
  });

  it('because its package lapsed: the end of grace, the end of the term, the purchase', async () => {
    const found = await ask(SECOND_LIFE, '2024-03-10T00:00:00+08:00', 'apps.p1.status');
    expect(found).toMatchObject({ value: 'suspended', was: 'grace' });
    expect(tree(found)).toBe(
      'AccountOpened, AppCreated, Purchased, Expired (timers.term-end/p1/pro: ), Suspended (timers.suspend-lapsed/p1: )',
    );
  });
});

describe('why an app is not stopped any more', () => {
  it('the hold that was, and the top-up that lifted it', async () => {
    const found = await ask(WHOLE_LIFE, '2024-09-11T00:00:00+08:00', 'apps.p1.holds.arrears');
    expect(found).toMatchObject({ value: false, was: true });
    expect(tree(found)).toContain('ArrearsCleared with FundsToppedUp');
  });

  it('and of an earlier time when it was stopped too, nothing', async () => {
    const again: readonly Chapter[] = [
      ...WHOLE_LIFE.slice(0, 9),
      ['2024-09-12T10:00:00+08:00', { do: 'ChargeAccount', accountId: 'a1', amount: '900.00', service: 'sms' }],
      ['2024-09-20T10:00:00+08:00'],
    ];
    const found = await ask(again, '2024-09-20T00:00:00+08:00', 'apps.p1.holds.arrears');
    expect(found).toMatchObject({ value: true, was: false });
    expect(tree(found)).toBe(
      'AccountOpened, AppCreated, Suspended (timers.suspend-arrears: Overdue with AccountCharged)',
    );
  });
});

describe('why a figure is what it is', () => {
  it('a limit: the orders that gave it, and the row of the price book', async () => {
    const found = await ask(WHOLE_LIFE, STOPPED, 'apps.p1.entitlements.limits.membersPerGroup');
    expect(found).toMatchObject({ value: 2000, was: 200 });
    expect(tree(found)).toBe('AccountOpened, AppCreated, Purchased, Upgraded');
    expect(found.grants).toEqual([
      {
        by: 'package',
        book: 'intl-2024@1',
        product: 'premium',
        value: 2000,
        source: 'S4 comparison table, row members per group',
      },
    ]);
    expect(found.reasons.at(-1)).toMatchObject({ happening: { priceRows: ['intl-2024@1/premium/2024-07-22'] } });
  });

  it('a limit that add-ons raise: each of them', async () => {
    const found = await ask(THIRD_LIFE, '2024-09-20T00:00:00+08:00', 'apps.p1.entitlements.limits.deskSeats');
    expect(found.grants.map(({ product, value }) => [product, value])).toEqual([
      ['desk', 3],
      ['desk-seat', 3],
    ]);
    expect(tree(found)).toBe('AccountOpened, AppCreated, Purchased, Purchased');
  });

  it('the cash: every movement, and nothing else', async () => {
    const found = await ask(WHOLE_LIFE, STOPPED, 'cash');
    expect(found).toMatchObject({ value: '-244.94', was: '55.06' });
    expect(tree(found)).toBe(
      'AccountOpened, FundsToppedUp, Purchased, Renewed, Upgraded, BillIssued (timers.settle-month/2024-08: AppCreated)',
    );
  });

  it('what nobody has recorded yet: derived, and told as such', async () => {
    const { reasons } = await ask(WHOLE_LIFE, '2026-01-01T00:00:00Z', 'apps.p1.status');
    expect(reasons.at(-1)).toMatchObject({
      happening: { source: 'derived', type: 'ResourcesReclaimed', revision: null },
    });
  });
});

describe('a fact that is none', () => {
  it.each([
    ['spps.p1', 'A fact begins with one of: accountId, '],
    ['apps.p2.status', 'After apps comes one of: p1.'],
    ['apps.p1.stats', 'After apps.p1 comes one of: name, '],
    ['apps.p1', 'After apps.p1 comes one of: name, '],
    ['cash.x', 'There is no fact "cash.x": nothing comes after cash.'],
    [
      'apps.p1.holds.laps',
      'After apps.p1.holds comes one of: arrears, banned, disabled, lapsed, refunded, trial-over.',
    ],
    ['', 'A fact begins with one of'],
    ['apps.__proto__.status', 'After apps comes one of: p1.'],
  ])('%j: the error says what may follow', (fact, message) =>
    expect(ask(WHOLE_LIFE, STOPPED, fact)).rejects.toThrow(message),
  );
});
