import { describe, expect, it } from '@jest/globals';
import type { MigratePriceBook } from '../commands.js';
import {
  banAccount,
  chargeAccount,
  createApp,
  disableApp,
  issueVoucher,
  migrate,
  openAccount,
  purchase,
  refund,
  topUp,
} from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T00:00:00+08:00';
const MIGRATED = '2024-08-15T10:00:00+08:00';

const to2024 = (more: Partial<MigratePriceBook>): MigratePriceBook => migrate('intl-2024', more);
const poor = given(BOUGHT, openAccount('USD'), createApp('intl-2022'), purchase('standard', { months: undefined }));
const standard = poor.and(BOUGHT, topUp('5000.00'));
const moved = { type: 'PriceBookMigrated', from: 'intl-2022', to: 'intl-2024', takesEffect: 'now' } as const;

describe('P-1.7 a postpaid app names months for its first prepaid order, paid and started in the same step', () => {
  it('P-1.7 of the same package', () => {
    const prepaid = standard.when(MIGRATED, to2024({ months: 3 })).then(moved, {
      type: 'Purchased',
      kind: 'package',
      renewal: 'manual',
      order: {
        orderId: 'p1-2',
        product: 'standard',
        priceBook: 'intl-2024',
        months: 3,
        listPrice: '399',
        amount: '1197.00',
        startsAt: '2024-08-15T02:00:00Z',
        endsAt: '2024-11-15T02:00:00Z',
        paid: { gift: '0.00', cash: '1197.00' },
      },
    });
    expect(prepaid.account().cash).toBe('3803.00');
    expect(prepaid.app()).toMatchObject({
      priceBook: 'intl-2024',
      package: 'standard',
      termStartedAt: '2024-08-15T02:00:00Z',
      termEndsAt: '2024-11-15T02:00:00Z',
      renewal: 'manual',
    });
  });

  it('P-1.7, P-7.11 its postpaid fee ends then', () => {
    // 14 days and 10 hours, 1,245,600 of 2,678,400 seconds: 399 × 1,245,600 / 2,678,400 = 185.556…
    const billed = standard.and(MIGRATED, to2024({ months: 3 })).until('2024-10-03T00:00:00+08:00');
    expect(billed.bill('2024-08')).toMatchObject({ lines: [{ meter: 'standard', amount: '185.56' }], total: '185.56' });
    expect(billed.bill('2024-09')).toMatchObject({ lines: [], total: '0.00' });
  });

  it('P-1.7, P-2.7 vouchers pay for it as for a purchase', () => {
    standard
      .and(BOUGHT, issueVoucher('v', '99.00', { products: ['standard'] }))
      .when(MIGRATED, to2024({ months: 1, vouchers: ['v'] }))
      .then(moved, {
        type: 'Purchased',
        order: { paid: { vouchers: [{ voucherId: 'v', amount: '99.00' }], cash: '300.00' } },
      });
  });

  it('P-1.7 premium becomes premium', () => {
    given(
      BOUGHT,
      openAccount('USD'),
      topUp('699.00'),
      createApp('intl-2022'),
      purchase('premium', { months: undefined }),
    )
      .when(MIGRATED, to2024({ months: 1 }))
      .then(moved, { type: 'Purchased', order: { product: 'premium', amount: '699.00' } });
  });
});

describe('P-1.7 one whose postpaid package was given up moves with its next purchase', () => {
  it('P-1.7 of any package of the new book', () => {
    const givenUp = standard.and(BOUGHT, refund('standard'));
    givenUp.when(MIGRATED, to2024({})).then({ ...moved, takesEffect: 'next-order' });
    const bought = givenUp
      .and(MIGRATED, to2024({}))
      .when(MIGRATED, purchase('premium'))
      .then({ type: 'Purchased', order: { priceBook: 'intl-2024', amount: '699.00' } }, { type: 'Resumed' });
    expect(bought.app()).toMatchObject({ priceBook: 'intl-2024', package: 'premium', status: 'active' });
  });
});

describe('P-1.7, P-1.6, P-2.2, P-2.6, P-2.7, P-2.5 the refusals of a postpaid migration, in their order', () => {
  const owing = poor.and(BOUGHT, chargeAccount('0.01'));

  it.each([
    ['P-6.6', 'AccountBanned', owing.and(BOUGHT, disableApp(), banAccount()), migrate('no-such-book')],
    ['P-1.6', 'AppDisabled', owing.and(BOUGHT, disableApp()), migrate('no-such-book')],
    ['P-1.7', 'BookUnknown', owing, migrate('no-such-book', { months: 0 })],
    ['P-1.7', 'NotMigratable', owing, migrate('cn-2023', { months: 0 })],
    ['P-1.7', 'NotMigratable', owing, migrate('intl-2022', { months: 0 })],
    ['P-2.2', 'MonthsOutOfRange', owing, to2024({ months: 0, vouchers: ['no-such'] })],
    ['P-2.2', 'MonthsOutOfRange', owing, to2024({ vouchers: ['no-such'] })],
    ['P-2.2', 'MonthsOutOfRange', owing, to2024({ months: null })],
    ['P-2.2', 'MonthsOutOfRange', standard, to2024({ months: 25 })],
    ['P-2.6', 'AccountInArrears', owing, to2024({ months: 1, vouchers: ['no-such'] })],
    ['P-2.7', 'VoucherUnknown', poor, to2024({ months: 1, vouchers: ['no-such'] })],
    ['P-2.5', 'InsufficientFunds', poor, to2024({ months: 1 })],
  ] as const)('%s %s', (clause, refusal, app, command) => {
    app.when('2024-08-01T10:00:00+08:00', command).thenRefused(refusal, clause);
  });

  it('P-1.7 a refused one changes nothing: it stays postpaid, in its book', () => {
    expect(poor.app()).toMatchObject({ priceBook: 'intl-2022', termEndsAt: null, renewal: null, status: 'active' });
    poor
      .and(BOUGHT, topUp('399.00'))
      .when(MIGRATED, to2024({ months: 1 }))
      .then(moved, { type: 'Purchased' });
  });
});
