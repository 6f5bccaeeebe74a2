import { instant, type NoticeFacts } from '@ledger/domain';
import { noticeText } from './notice-text.js';

const E = instant('2024-09-01T10:00:00+08:00');
const LAPSED = instant('2024-09-02T10:00:00+08:00');
const expiry = {
  notice: 'expiry',
  appId: 'p1',
  product: 'standard',
  phase: 'running',
  endsAt: E,
  graceEndsAt: LAPSED,
  renewal: 'manual',
  month: '399.00',
  available: '12.00',
} as const;
const stopped = { appId: 'p1', holds: ['lapsed', 'arrears'], stoppedAt: LAPSED, reclaimAt: E, debt: '3.50' } as const;

const said = (facts: NoticeFacts): string => {
  const { subject, body } = noticeText('a1', 'USD', facts);
  return `${subject}\n\n${body}`;
};

describe('what a notice says', () => {
  it('before the end: when, what a renewal costs, what there is, and what happens without', () => {
    expect(said(expiry)).toBe(`App p1: the package standard ends on 2024-09-01 10:00 (UTC+08:00)

The package standard of the app p1 (account a1) ends on 2024-09-01 10:00 (UTC+08:00).
It is not renewed by itself. A further month costs 399.00 USD; the account has 12.00 USD.
Without a renewal the app is suspended on 2024-09-02 10:00 (UTC+08:00).
`);
  });

  it.each([
    [
      'one that renews itself',
      { renewal: 'automatic' },
      /It renews itself by a month if the account covers it\. A further/,
    ],
    ['one that never does', { renewal: 'never' }, /It is set never to be renewed/],
    ['one that is not offered any more', { month: null }, /It is not offered any more/],
    ['in grace', { phase: 'grace' }, /ended on 2024-09-01 10:00 .* It serves until 2024-09-02 10:00/],
    ['a day later', { phase: 'lapsed' }, /was not renewed within 24 hours: the app does not serve\.\nBuy a package/],
  ] as const)('%s', (_, more, pattern) => {
    expect(said({ ...expiry, ...more })).toMatch(pattern);
  });

  it('arrears: how much, and what happens when', () => {
    expect(said({ notice: 'arrears', debt: '3.50', suspendsAt: LAPSED }))
      .toBe(`Account a1 owes 3.50 USD: all its apps are suspended on 2024-09-02 10:00 (UTC+08:00)

The balance of the account a1 is -3.50 USD.
Top up at least 3.50 USD before then, or all its apps are suspended on 2024-09-02 10:00 (UTC+08:00).
`);
  });

  it('a suspension: since when, why, what is owed, and what is lost when', () => {
    expect(said({ notice: 'suspended', ...stopped })).toBe(`App p1 is suspended since 2024-09-02 10:00 (UTC+08:00)

The app p1 (account a1) is suspended since 2024-09-02 10:00 (UTC+08:00): its package has lapsed, and the account is in arrears.
The account owes 3.50 USD.
If it does not serve again before 2024-09-01 10:00 (UTC+08:00), its accounts, users, groups and messages are reclaimed then, for good.
`);
    expect(said({ notice: 'suspended', ...stopped, holds: ['disabled'], reclaimAt: null })).toMatch(
      /an operator has disabled it\.\nNothing of it is reclaimed/,
    );
  });

  it('a reclamation: when', () => {
    expect(said({ notice: 'reclaim', ...stopped })).toMatch(
      /^App p1 is reclaimed on 2024-09-01 10:00 \(UTC\+08:00\)\n/,
    );
  });
});
