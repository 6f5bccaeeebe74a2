import { describe, expect, it } from '@jest/globals';
import {
  createApp,
  disableApp,
  issueVoucher,
  migrate,
  openAccount,
  purchase,
  recordUsage,
  refund,
  renew,
  setRenewal,
  topUp,
} from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-03-10T12:00:00+08:00';
const MIGRATED = '2024-03-20T12:00:00+08:00';
const E = '2024-04-10T00:00:00+08:00';
const BEFORE_E = '2024-04-09T23:59:59+08:00';
const LAPSED = '2024-04-11T00:00:00+08:00';

const cny = given(BOUGHT, openAccount('CNY'), topUp('9000.00'), createApp('cn-2019'));
/** Pro at 999 in `cn-2019`; in `cn-2023` it is 1499 since 2024. */
const pro = cny.and(BOUGHT, purchase('pro'));
const moving = pro.and(MIGRATED, migrate('cn-2023'));
const moved = { type: 'PriceBookMigrated', from: 'cn-2019', to: 'cn-2023' } as const;

describe('P-1.7 a Trial moves at once', () => {
  it('P-1.7 all it may do is by the new book', () => {
    cny.when(MIGRATED, migrate('cn-2023')).then({ ...moved, takesEffect: 'now' });
    expect(cny.app().entitlements.limits['ordinaryGroups']).toBe('unlimited');
    const trial = cny.and(MIGRATED, migrate('cn-2023'));
    expect(trial.app()).toMatchObject({ priceBook: 'cn-2023', status: 'trial', trialEndsAt: null });
    expect(trial.app().entitlements.limits['ordinaryGroups']).toBe(100);
    trial
      .when(MIGRATED, purchase('flagship'))
      .then({ type: 'Purchased', order: { priceBook: 'cn-2023', listPrice: '2999' } });
  });

  it('P-1.7, P-1.4 where the new book limits it, its month starts then', () => {
    const trial = given('2024-01-31T10:00:00+08:00', openAccount('USD'), createApp('intl-2022'));
    const at = '2024-08-31T09:00:00+08:00';
    trial
      .when(at, migrate('intl-2024'))
      .then({ type: 'PriceBookMigrated', takesEffect: 'now', trialEndsAt: '2024-09-30T01:00:00Z' })
      .until('2024-09-30T08:59:59+08:00')
      .whenTimeIs('2024-09-30T09:00:00+08:00')
      .thenAmong({ type: 'Suspended', cause: 'trial-over' });
  });
});

describe('P-1.7 a prepaid app keeps its book until its first order after the migration starts', () => {
  it('P-1.7 the migration waits', () => {
    pro.when(MIGRATED, migrate('cn-2023')).then({ ...moved, takesEffect: 'next-order' });
    expect(moving.app()).toMatchObject({ priceBook: 'cn-2019', status: 'active', package: 'pro' });
  });

  it('P-1.7 that order is the package of the same name, priced by the new book', () => {
    moving.when(MIGRATED, renew('pro', 2)).then({
      type: 'Renewed',
      order: {
        product: 'pro',
        priceBook: 'cn-2023',
        listPrice: '1499',
        amount: '2998.00',
        startsAt: '2024-04-09T16:00:00Z',
        endsAt: '2024-06-09T16:00:00Z',
      },
    });
  });

  it('P-1.7 until it starts all else follows the old book, from then on the new', () => {
    const renewed = moving.and(MIGRATED, renew('pro', 2));
    const [before, after] = [renewed.until(BEFORE_E), renewed.until(E)];
    expect(before.app()).toMatchObject({ priceBook: 'cn-2019', entitlements: { limits: { groupsPerUser: 200 } } });
    expect(after.app()).toMatchObject({ priceBook: 'cn-2023', entitlements: { limits: { groupsPerUser: 500 } } });
    before.when(BEFORE_E, purchase('safety')).thenRefused('ProductUnknown', 'P-10');
    before.when(BEFORE_E, purchase('groups-per-user-400')).then({ type: 'Purchased', order: { priceBook: 'cn-2019' } });
    after.when(E, purchase('safety')).then({ type: 'Purchased', order: { priceBook: 'cn-2023' } });
    after.when(E, purchase('groups-per-user-400')).thenRefused('ProductUnknown', 'P-10');
  });

  it('P-1.7 the automatic renewal is such an order', () => {
    const automatic = moving.and(MIGRATED, setRenewal('pro', 'automatic')).until(BEFORE_E);
    const renewed = automatic
      .whenTimeIs(E)
      .then({ type: 'Renewed', automatic: true, order: { priceBook: 'cn-2023', amount: '1499.00' } });
    expect(renewed.app().priceBook).toBe('cn-2023');
  });

  it('P-1.7 so is a renewal in grace: it starts at the old expiry', () => {
    const renewed = moving
      .when('2024-04-10T23:59:59+08:00', renew('pro', 1))
      .then({ type: 'Renewed', order: { priceBook: 'cn-2023', startsAt: '2024-04-09T16:00:00Z' } });
    expect(renewed.app()).toMatchObject({ priceBook: 'cn-2023', status: 'active' });
  });

  it('P-1.7 if it is refunded before it starts, the migration waits for the next', () => {
    // 999.00, of which nothing is used, and 1499.00 not yet started.
    const refunded = pro
      .and(BOUGHT, migrate('cn-2023'), renew('pro', 1))
      .when(BOUGHT, refund('pro'))
      .thenAmong({ type: 'Refunded', amount: '2498.00' }, { type: 'Suspended', cause: 'refunded' });
    expect(refunded.app().priceBook).toBe('cn-2019');
    refunded.when(MIGRATED, migrate('cn-2023')).thenRefused('NotMigratable', 'P-1.7');
    const bought = refunded.and(MIGRATED, purchase('flagship'));
    expect(bought.app()).toMatchObject({ priceBook: 'cn-2023', package: 'flagship', status: 'active' });
  });

  it('P-1.7 if it is refunded after it started, the app has moved', () => {
    const refunded = moving.and(MIGRATED, renew('pro', 1)).and(E, refund('pro'));
    expect(refunded.app().priceBook).toBe('cn-2023');
    refunded.when(E, purchase('flagship')).thenAmong({ type: 'Purchased', order: { priceBook: 'cn-2023' } });
  });

  it('P-1.7 the month of the change is billed by the book at its end', () => {
    // 15,000 users: within the 100,000 of cn-2019, and one unit of 10,000 above the 10,000 of cn-2023.
    const used = (app: typeof pro): typeof pro =>
      app
        .and(E, renew('pro', 1))
        .and('2024-04-12T12:00:00+08:00', recordUsage([{ meter: 'dau', day: '2024-04-05', value: 15_000 }]))
        .until('2024-05-03T00:00:00+08:00');
    expect(used(pro).bill('2024-04')).toMatchObject({ total: '0.00', lines: [] });
    expect(used(moving).bill('2024-04')).toMatchObject({
      total: '1000.00',
      lines: [{ meter: 'dau', book: 'cn-2023', units: 1, amount: '1000.00' }],
    });
  });
});

describe('P-1.7 a lapsed or refunded app moves with its next purchase, of any package of the new book', () => {
  const flagship = {
    type: 'Purchased',
    order: { product: 'flagship', priceBook: 'cn-2023', amount: '2999.00' },
  } as const;

  it.each([
    ['lapsed before', pro.until(LAPSED).and(LAPSED, migrate('cn-2023'))],
    ['lapsed while it waited', moving],
    ['refunded before', pro.and(MIGRATED, refund('pro')).and(LAPSED, migrate('cn-2023'))],
    ['refunded while it waited', moving.and(MIGRATED, refund('pro'))],
  ])('P-1.7 %s', (_, app) => {
    expect(app.until(LAPSED).app()).toMatchObject({ priceBook: 'cn-2019', status: 'suspended' });
    const bought = app.when(LAPSED, purchase('flagship')).then(flagship, { type: 'Resumed' });
    expect(bought.app()).toMatchObject({ priceBook: 'cn-2023', package: 'flagship', status: 'active' });
  });

  it('P-1.7 without a migration flagship is unknown to it', () => {
    pro.when(LAPSED, purchase('flagship')).thenRefused('ProductUnknown', 'P-10');
  });
});

describe('P-1.7 one migration at a time, and none back', () => {
  it.each([
    ['P-1.7', 'BookUnknown', pro, 'no-such-book'],
    ['P-1.7', 'BookUnknown', moving, 'no-such-book'],
    ['P-1.7', 'NotMigratable', moving, 'cn-2023'],
    ['P-1.7', 'NotMigratable', pro, 'cn-2019'],
    ['P-1.7', 'NotMigratable', pro, 'intl-2024'],
    ['P-1.7', 'NotMigratable', cny.and(BOUGHT, migrate('cn-2023')), 'cn-2019'],
    ['P-1.7', 'NotMigratable', cny.and(BOUGHT, migrate('cn-2023')), 'cn-2023'],
  ] as const)('%s %s', (clause, refusal, app, to) =>
    app.when('2024-03-20T12:00:01+08:00', migrate(to)).thenRefused(refusal, clause),
  );

  it('P-1.7 nor is one offered to an app that has moved with its renewal', () => {
    const renewed = moving.and(MIGRATED, renew('pro', 1)).until(E);
    renewed.when(E, migrate('cn-2023')).thenRefused('NotMigratable', 'P-1.7');
    renewed.when(E, migrate('cn-2019')).thenRefused('NotMigratable', 'P-1.7');
  });

  it('P-1.7 a disabled app that is not postpaid may move', () => {
    pro.and(MIGRATED, disableApp()).when(MIGRATED, migrate('cn-2023')).then(moved);
  });

  it('P-2.13 months and vouchers are for a postpaid app only', () => {
    pro.when(MIGRATED, migrate('cn-2023', { months: 1 })).thenRefused('FieldNotApplicable', 'P-2.13');
    cny
      .and(MIGRATED, issueVoucher('v', '1.00'))
      .when(MIGRATED, migrate('cn-2023', { vouchers: ['v'] }))
      .thenRefused('FieldNotApplicable', 'P-2.13');
    moving.when(MIGRATED, migrate('cn-2023', { months: 1 })).thenRefused('NotMigratable', 'P-1.7');
  });
});

describe('P-1.7 until the first order under the new book starts, all else follows the old one', () => {
  it.each([purchase('safety'), renew('safety', 1), setRenewal('safety', 'automatic'), refund('safety')])(
    'P-1.7 an add-on of the new book only is no product yet: $do',
    (command) => moving.when(MIGRATED, command).thenRefused('ProductUnknown', 'P-10'),
  );
});
