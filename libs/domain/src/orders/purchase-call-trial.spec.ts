import { describe, expect, it } from '@jest/globals';
import type { Purchase } from '../commands.js';
import {
  createApp,
  deleteApp,
  disableApp,
  migrate,
  openAccount,
  purchase,
  refund,
  renew,
  setRenewal,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const T = '2024-01-01T10:00:00+08:00';
const NONE = { months: undefined };

const callTrial = (appId = 'p1', accountId = 'a1'): Purchase => ({
  do: 'Purchase',
  accountId,
  appId,
  product: 'call-trial',
});

const inUse = (book: string): Scenario => given(T, openAccount('USD'), createApp(book), callTrial());

/** Taken on 1 January and, at its end, on 1 March. */
const twice = inUse('intl-2022').and('2024-03-01T10:00:00+08:00', callTrial());

describe('P-2.10 a call trial is free, for exact days', () => {
  it.each([
    ['intl-2022', '2024-03-01T02:00:00Z'], // 60 days: 31 of January, 29 of February
    ['intl-2024', '2024-01-08T02:00:00Z'], // 7 days
  ])('P-2.10 in %s to %s', (book, endsAt) => {
    const [bought] = given(T, openAccount('USD'), createApp(book)).when(T, callTrial()).events;
    expect(bought).toMatchObject({
      type: 'Purchased',
      kind: 'add-on',
      renewal: 'never',
      order: {
        quantity: 1,
        listPrice: '0',
        amount: '0.00',
        endsAt,
        paid: { vouchers: [], gift: '0.00', cash: '0.00' },
      },
    });
    expect(bought).not.toHaveProperty('order.months');
  });

  it('P-2.10 beside a package too', () => {
    given(T, openAccount('USD'), createApp('intl-2022'), purchase('premium', NONE))
      .when(T, callTrial())
      .then({ type: 'Purchased', renewal: 'never' });
  });

  it('P-2.10 at its end it is over', () => {
    const trial = inUse('intl-2022').until('2024-03-01T09:59:59+08:00');
    expect(trial.app().entitlements.features).toContain('call');
    const ended = trial.whenTimeIs('2024-03-01T10:00:00+08:00').then({ type: 'AddOnEnded', product: 'call-trial' });
    expect(ended.app()).toMatchObject({ status: 'trial', addOns: [] });
  });

  it('P-2.10 its renewal setting is never, for good', () => {
    const trial = inUse('intl-2024');
    expect(trial.app().addOns).toMatchObject([{ product: 'call-trial', renewal: 'never' }]);
    trial.when(T, setRenewal('call-trial', 'automatic')).thenRefused('RenewalNever', 'P-3.4');
    trial.when(T, setRenewal('call-trial', 'manual')).thenRefused('RenewalNever', 'P-3.4');
    trial.when(T, renew('call-trial', 1)).thenRefused('RenewalNever', 'P-3.4');
  });

  it('P-2.10 the CNY books have none', () => {
    given(T, openAccount('CNY'), createApp('cn-2023')).when(T, callTrial()).thenRefused('ProductUnknown', 'P-10');
  });
});

describe('P-2.10 twice per app', () => {
  const third = '2024-04-30T10:00:00+08:00';

  it('P-2.10 a third is refused', () => {
    twice.when(third, callTrial()).thenRefused('CallTrialUsedUp', 'P-2.10');
  });

  it('P-2.10 also in intl-2024', () => {
    inUse('intl-2024')
      .and('2024-01-08T10:00:00+08:00', callTrial())
      .when('2024-01-15T10:00:00+08:00', callTrial())
      .thenRefused('CallTrialUsedUp', 'P-2.10');
  });

  it('P-2.10 one given back counts', () => {
    inUse('intl-2022')
      .and(T, refund('call-trial'), callTrial(), refund('call-trial'))
      .when(T, callTrial())
      .thenRefused('CallTrialUsedUp', 'P-2.10');
  });

  it('P-2.10 they count over all books', () => {
    const at = '2024-08-01T10:00:00+08:00';
    twice.and(at, migrate('intl-2024')).when(at, callTrial()).thenRefused('CallTrialUsedUp', 'P-2.10');
    inUse('intl-2022').and(at, migrate('intl-2024')).when(at, callTrial()).then({ type: 'Purchased' });
  });
});

describe('P-2.10 ten times per account', () => {
  const ids = ['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7', 'b8'];
  const account = given(T, openAccount('USD'), ...ids.map((appId) => createApp('intl-2022', { appId })));
  const nine = account.and(T, ...ids.map((appId) => callTrial(appId)), createApp('intl-2024'));
  const ten = nine.and(T, callTrial());
  const eleventh = createApp('intl-2022', { appId: 'c' });

  it('P-2.10 the tenth is given, the eleventh refused, of whatever app', () => {
    nine.when(T, callTrial()).then({ type: 'Purchased' });
    ten.and(T, eleventh).when(T, callTrial('c')).thenRefused('CallTrialUsedUp', 'P-2.10');
    ten.when('2024-03-01T10:00:00+08:00', callTrial('b0')).thenRefused('CallTrialUsedUp', 'P-2.10');
  });

  it('P-2.10 those of deleted apps count', () => {
    ten
      .and(T, disableApp({ appId: 'b3' }), deleteApp({ appId: 'b3' }), eleventh)
      .when(T, callTrial('c'))
      .thenRefused('CallTrialUsedUp', 'P-2.10');
  });

  it('P-2.10 another account has its own', () => {
    ten
      .and(T, openAccount('USD', { accountId: 'a2' }), createApp('intl-2022', { accountId: 'a2', appId: 'd' }))
      .when(T, callTrial('d', 'a2'))
      .then({ type: 'Purchased', accountId: 'a2' });
  });
});
