import { describe, expect, it } from '@jest/globals';
import type { Purchase } from '../commands.js';
import {
  banAccount,
  chargeAccount,
  createApp,
  grantGift,
  issueVoucher,
  migrate,
  openAccount,
  purchase,
  refund,
  renew,
  setRenewal,
  topUp,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const BEFORE_E = '2024-09-01T09:59:59+08:00';
const E = '2024-09-01T10:00:00+08:00';
const GRACE = '2024-09-01T20:00:00+08:00';
const LAST_OF_GRACE = '2024-09-02T09:59:59+08:00';
const GRACE_ENDS = '2024-09-02T10:00:00+08:00';

const AUTOMATIC = { renewal: 'automatic' } as const;
/** An account that has spent all it had. */
const usd = given(T, openAccount('USD'), topUp('399.00'), createApp('intl-2024'));
const automatic = usd.and(T, purchase('standard', AUTOMATIC));
const manual = usd.and(T, purchase('standard'));

const renewed = {
  type: 'Renewed',
  automatic: true,
  order: {
    months: 1,
    startsAt: '2024-09-01T02:00:00Z',
    endsAt: '2024-10-01T02:00:00Z',
    amount: '399.00',
    paid: { vouchers: [], gift: '0.00', cash: '399.00' },
  },
} as const;
const failed = { type: 'AutoRenewalFailed', product: 'standard', effectiveAt: '2024-09-01T02:00:00Z' } as const;
const notice = (daysLeft: number): { type: 'NoticeIssued'; daysLeft: number } => ({ type: 'NoticeIssued', daysLeft });
const atE = (app: Scenario): ReturnType<Scenario['whenTimeIs']> => app.until(BEFORE_E).whenTimeIs(E);

describe('P-3.4 automatic renews by one month at expiry if the wallet covers it', () => {
  it('P-3.4 without grace and without a notice of that day', () => {
    const app = atE(automatic.and(T, topUp('399.00'))).then(renewed);
    expect(app.app()).toMatchObject({ status: 'active', renewal: 'automatic', graceEndsAt: null });
    expect(app.account().cash).toBe('0.00');
  });

  it('P-3.4, P-2.5 gift before cash', () => {
    atE(automatic.and(T, topUp('300.00'), grantGift('99.00'))).then({
      type: 'Renewed',
      order: { paid: { gift: '99.00', cash: '300.00' } },
    });
  });

  it('P-3.4, P-2.4 again and again, counted from the first anchor', () => {
    const at = '2025-01-31T10:00:00+08:00';
    const app = given(
      at,
      openAccount('USD'),
      topUp('1596.00'),
      createApp('intl-2024'),
      purchase('standard', AUTOMATIC),
    );
    const ends = app.until('2025-05-01T00:00:00+08:00').result.events.filter(({ type }) => type === 'Renewed');
    expect(ends.map(({ data }) => data)).toMatchObject([
      { effectiveAt: '2025-02-28T02:00:00Z', order: { endsAt: '2025-03-31T02:00:00Z' } },
      { effectiveAt: '2025-03-31T02:00:00Z', order: { endsAt: '2025-04-30T02:00:00Z' } },
      { effectiveAt: '2025-04-30T02:00:00Z', order: { endsAt: '2025-05-31T02:00:00Z' } },
    ]);
  });

  it('P-3.4 manual and never wait for somebody', () => {
    const rich = manual.and(T, topUp('999.00'));
    atE(rich).then({ type: 'Expired' }, notice(0));
    atE(rich.and(T, setRenewal('standard', 'never'))).then({ type: 'Expired' }, notice(0));
  });
});

describe('P-3.4 otherwise it has failed, once, and grace begins', () => {
  it('P-3.4 one cent short', () => {
    atE(automatic.and(T, topUp('398.99'))).then(
      { ...failed, cause: 'funds', required: '399.00', available: '398.99' },
      { type: 'Expired' },
      notice(0),
    );
  });

  it('P-3.4 no voucher is taken', () => {
    atE(automatic.and(T, issueVoucher('v', '399.00'))).thenAmong({ ...failed, cause: 'funds', available: '0.00' });
  });

  it('P-3.4 not in arrears', () => {
    const owing = automatic.and('2024-09-01T00:00:00+08:00', chargeAccount('0.01'));
    atE(owing).thenAmong({ ...failed, cause: 'arrears', available: '-0.01' }, { type: 'Expired' });
  });

  it('P-3.4 a banned account ends like one without money; of two causes the ban is named', () => {
    const at = '2024-09-01T00:00:00+08:00';
    const banned = automatic.and(at, topUp('399.00'), banAccount());
    atE(banned).thenAmong({ ...failed, cause: 'banned', required: '399.00' }, { type: 'Expired' });
    atE(automatic.and(at, chargeAccount('1.00'), banAccount())).thenAmong({ ...failed, cause: 'banned' });
    banned.until(LAST_OF_GRACE).whenTimeIs(GRACE_ENDS).thenAmong({ type: 'Suspended', cause: 'lapsed' });
  });

  it('P-3.4 it is not said again: not at a top-up too small, not at the suspension', () => {
    automatic.when(GRACE, topUp('398.99')).then({ type: 'FundsToppedUp' });
    automatic
      .until(LAST_OF_GRACE)
      .whenTimeIs(GRACE_ENDS)
      .then({ type: 'Suspended', cause: 'lapsed' }, { type: 'NoticeIssued', notice: 'suspended' }, notice(-1));
  });
});

describe('P-3.4 it is tried again at every top-up or gift in grace', () => {
  it('P-3.4 a top-up', () => {
    automatic.when(GRACE, topUp('399.00')).then({ type: 'FundsToppedUp' }, renewed);
    automatic.and(GRACE, topUp('398.99')).when(LAST_OF_GRACE, topUp('0.01')).then({ type: 'FundsToppedUp' }, renewed);
  });

  it('P-3.4 a gift', () => {
    automatic
      .when(GRACE, grantGift('399.00'))
      .then({ type: 'GiftGranted' }, { ...renewed, order: { paid: { gift: '399.00', cash: '0.00' } } });
  });

  it('P-3.4 by the setting of that moment', () => {
    automatic.and(GRACE, setRenewal('standard', 'manual')).when(GRACE, topUp('999.00')).then({ type: 'FundsToppedUp' });
    automatic.and(GRACE, setRenewal('standard', 'never')).when(GRACE, topUp('999.00')).then({ type: 'FundsToppedUp' });
    manual
      .and(GRACE, setRenewal('standard', 'automatic'))
      .when(GRACE, topUp('399.00'))
      .then({ type: 'FundsToppedUp' }, renewed);
  });

  it('P-3.4 not by one that leaves the account in arrears; after one that ends them', () => {
    const owing = automatic.and('2024-08-31T15:00:00+08:00', chargeAccount('100.00'));
    owing.when(GRACE, topUp('99.99')).then({ type: 'FundsToppedUp' });
    owing
      .when(GRACE, topUp('499.00'))
      .then({ type: 'FundsToppedUp' }, { type: 'ArrearsCleared' }, { type: 'Resumed' }, renewed);
  });

  it('P-3.4, P-5.9 a refund is no top-up', () => {
    const two = automatic.and(
      BEFORE_E,
      topUp('699.00'),
      createApp('intl-2024', { appId: 'p2' }),
      purchase('premium', { appId: 'p2' }),
    );
    two
      .when(E, refund('premium', { appId: 'p2' }))
      .then({ type: 'Refunded', amount: '699.00' }, { type: 'Suspended' }, { type: 'NoticeIssued' });
  });

  it('P-3.4 after the lapse it comes too late', () => {
    automatic.when(GRACE_ENDS, topUp('399.00')).then({ type: 'FundsToppedUp' });
  });
});

describe('P-3.4 and once more at E + 24 h, before the suspension', () => {
  it('P-3.4 by the setting of that moment', () => {
    const later = manual.and(GRACE, topUp('399.00'), setRenewal('standard', 'automatic'));
    later
      .until(LAST_OF_GRACE)
      .whenTimeIs(GRACE_ENDS)
      .then({ ...renewed, effectiveAt: '2024-09-02T02:00:00Z' });
    later
      .and(LAST_OF_GRACE, setRenewal('standard', 'manual'))
      .whenTimeIs(GRACE_ENDS)
      .thenAmong({ type: 'Suspended', cause: 'lapsed' });
  });
});

describe('P-3.4 oldest expiry first, then app, each that the wallet still covers', () => {
  const buy = (appId: string, product = 'standard'): Purchase => purchase(product, { appId, ...AUTOMATIC });
  const apps = given(
    T,
    openAccount('USD'),
    topUp('1098.00'),
    createApp('intl-2024'),
    createApp('intl-2024', { appId: 'p2' }),
  );
  const orderOf = (appId: string): object => ({ type: 'Renewed', appId });

  it('P-3.4 a top-up pays one of two: the older expiry', () => {
    const two = apps.and(T, buy('p2')).and('2024-08-01T10:00:01+08:00', buy('p1'), chargeAccount('300.00'));
    const paid = two.when(GRACE, topUp('400.00')).then({ type: 'FundsToppedUp' }, { type: 'Renewed', appId: 'p2' });
    expect([paid.app('p1').status, paid.app('p2').status]).toEqual(['grace', 'active']);
  });

  it('P-3.4 of one expiry the app that comes first', () => {
    const two = apps.and(T, buy('p2'), buy('p1'), chargeAccount('300.00'));
    two.when(GRACE, topUp('400.00')).then({ type: 'FundsToppedUp' }, { type: 'Renewed', appId: 'p1' });
  });

  it('P-3.4 one that is too dear does not stand in the way', () => {
    const two = apps.and(T, buy('p1', 'premium')).and('2024-08-01T10:00:01+08:00', buy('p2'));
    two.when(GRACE, topUp('400.00')).then({ type: 'FundsToppedUp' }, { type: 'Renewed', appId: 'p2' });
    const paid = two.when(GRACE, topUp('1098.00'));
    expect(paid.events).toMatchObject([{ type: 'FundsToppedUp' }, orderOf('p1'), orderOf('p2')]);
  });
});

describe('P-3.4 an add-on is renewed only at its expiry', () => {
  const withDesk = manual.and(T, topUp('299.00'), purchase('desk', AUTOMATIC));
  const running = withDesk.and(T, topUp('399.00'), renew('standard', 1));

  it('P-3.4 by one month, if the wallet covers it', () => {
    atE(running.and(T, topUp('299.00'))).then({
      type: 'Renewed',
      automatic: true,
      order: { product: 'desk', months: 1 },
    });
  });

  it('P-3.4 whether the package runs or has lapsed', () => {
    const later = manual.and('2024-08-15T10:00:00+08:00', topUp('598.00'), purchase('desk', AUTOMATIC));
    later
      .until('2024-09-15T09:59:59+08:00')
      .whenTimeIs('2024-09-15T10:00:00+08:00')
      .then({ type: 'Renewed', order: { product: 'desk', amount: '299.00' } });
  });

  it('P-3.4 else it is over, and no top-up brings it back', () => {
    const ended = atE(running).then(
      { type: 'AutoRenewalFailed', product: 'desk', cause: 'funds', required: '299.00', available: '0.00' },
      { type: 'AddOnEnded', product: 'desk' },
    );
    ended.when(GRACE, topUp('999.00')).then({ type: 'FundsToppedUp' });
  });

  it('P-3.4 one that is not open any more ends like one without money', () => {
    const at = '2024-03-10T10:00:00+08:00';
    given(at, openAccount('CNY'), topUp('9000.00'), createApp('cn-2019'))
      .and(
        at,
        purchase('pro'),
        purchase('members-6000', { months: 2, ...AUTOMATIC }),
        migrate('cn-2023'),
        renew('pro', 3),
      )
      .until('2024-05-09T23:59:59+08:00')
      .whenTimeIs('2024-05-10T00:00:00+08:00')
      .then(
        { type: 'AutoRenewalFailed', product: 'members-6000', cause: 'not-open' },
        { type: 'AddOnEnded', product: 'members-6000' },
      );
  });
});
