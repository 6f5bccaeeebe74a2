import { describe, expect, it } from '@jest/globals';
import type { CreateApp } from '../commands.js';
import {
  ACCOUNT,
  APP,
  banAccount,
  chargeAccount,
  createApp,
  deleteApp,
  disableApp,
  openAccount,
  purchase,
  topUp,
} from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const usd = given(T, openAccount('USD'));

/** In the book that is in force. */
const inForce = (dataCentre: string): CreateApp => ({ do: 'CreateApp', accountId: ACCOUNT, appId: APP, dataCentre });

const many = (count: number, priceBook: string): readonly CreateApp[] =>
  Array.from({ length: count }, (_, i) => createApp(priceBook, { appId: `n${i}` }));

describe('P-1.1 an account holds at most 300 apps that are not deleted', () => {
  const full = usd.and(T, ...many(300, 'intl-2022'));

  it('P-1.1 the 300th is created, the 301st refused', () => {
    usd
      .and(T, ...many(299, 'intl-2022'))
      .when(T, createApp('intl-2022'))
      .then({ type: 'AppCreated' });
    full.when(T, createApp('intl-2022')).thenRefused('TooManyApps', 'P-1.1');
  });

  it('P-1.1 a deleted one does not count', () => {
    full
      .and(T, disableApp({ appId: 'n7' }), deleteApp({ appId: 'n7' }))
      .when(T, createApp('intl-2022'))
      .then({ type: 'AppCreated' });
  });

  it('P-1.1 a reclaimed one counts until it is deleted', () => {
    // Its Trial ends on 1 September, and 90 days later it is reclaimed.
    const reclaimed = usd
      .and(T, createApp('intl-2024', { appId: 'gone' }), ...many(299, 'intl-2022'))
      .until('2024-11-30T10:00:00+08:00');
    expect(reclaimed.app('gone').status).toBe('reclaimed');
    reclaimed.when('2024-11-30T10:00:00+08:00', createApp('intl-2022')).thenRefused('TooManyApps', 'P-1.1');
    reclaimed
      .and('2024-11-30T10:00:00+08:00', deleteApp({ appId: 'gone' }))
      .when('2024-11-30T10:00:00+08:00', createApp('intl-2022'))
      .then({ type: 'AppCreated' });
  });

  it('P-1.1 the apps of other accounts do not count', () => {
    full
      .and(T, openAccount('USD', { accountId: 'a2' }))
      .when(T, createApp('intl-2022', { accountId: 'a2' }))
      .then({ type: 'AppCreated', accountId: 'a2' });
  });
});

describe('P-1.2 a new app is on Trial and enabled', () => {
  it('P-1.2 it serves what Trial has, held by nothing', () => {
    expect(usd.and(T, createApp('intl-2022')).app()).toMatchObject({
      status: 'trial',
      package: 'trial',
      holds: [],
      suspendedSince: null,
      addOns: [],
      entitlements: { serving: true, limits: { users: 100, friendsPerUser: 20 } },
    });
  });

  it('P-1.2 its data centre is one of its book, and fixed when it is created', () => {
    usd
      .when(T, createApp('intl-2024', { dataCentre: 'frankfurt', name: 'chat' }))
      .then({ type: 'AppCreated', appId: APP, name: 'chat', dataCentre: 'frankfurt', priceBook: 'intl-2024' });
    usd.when(T, createApp('intl-2024', { dataCentre: 'mainland' })).thenRefused('BookUnknown', 'P-1.7');
    usd.when(T, createApp('intl-2024', { dataCentre: 'atlantis' })).thenRefused('BookUnknown', 'P-1.7');
  });
});

describe('P-1.3 an app id is one app of one account, for ever', () => {
  const two = usd.and(T, openAccount('USD', { accountId: 'a2' }), createApp('intl-2022'));

  it('P-1.3 it is taken in the account, in every other, and when the app is deleted', () => {
    two.when(T, createApp('intl-2022')).thenRefused('AppExists', 'P-1.3');
    two.when(T, createApp('intl-2022', { accountId: 'a2' })).thenRefused('AppExists', 'P-1.3');
    const deleted = two.and(T, disableApp(), deleteApp());
    deleted.when(T, createApp('intl-2022')).thenRefused('AppExists', 'P-1.3');
    deleted.when(T, createApp('intl-2022', { accountId: 'a2' })).thenRefused('AppExists', 'P-1.3');
  });
});

describe('P-1.7 an app gets the book of its data centre that is in force when it is created', () => {
  it.each([
    ['CNY', 'mainland', '2019-01-01T00:00:00+08:00', 'cn-2019'],
    ['CNY', 'mainland', '2022-12-31T23:59:59+08:00', 'cn-2019'],
    ['CNY', 'mainland', '2023-01-01T00:00:00+08:00', 'cn-2023'],
    ['CNY', 'mumbai', '2023-01-01T00:00:00+08:00', 'overseas-2023'],
    ['USD', 'seoul', '2022-12-26T00:00:00+08:00', 'intl-2022'],
    ['USD', 'seoul', '2024-07-21T23:59:59+08:00', 'intl-2022'],
    ['USD', 'seoul', '2024-07-22T00:00:00+08:00', 'intl-2024'],
    ['USD', 'silicon-valley', '2030-01-01T00:00:00+08:00', 'intl-2024'],
  ] as const)('P-1.7 in %s and %s at %s: %s', (currency, dataCentre, at, priceBook) => {
    given(at, openAccount(currency)).when(at, inForce(dataCentre)).then({ type: 'AppCreated', dataCentre, priceBook });
  });

  it.each([
    ['CNY', 'mainland', '2018-12-31T23:59:59+08:00'],
    ['CNY', 'mumbai', '2022-12-31T23:59:59+08:00'],
    ['USD', 'seoul', '2022-12-25T23:59:59+08:00'],
    ['USD', 'mainland', '2024-08-01T10:00:00+08:00'],
  ] as const)('P-1.7 in %s and %s at %s there is none', (currency, dataCentre, at) => {
    given(at, openAccount(currency)).when(at, inForce(dataCentre)).thenRefused('BookUnknown', 'P-1.7');
  });

  it('P-1.7 or the one that is named, of whatever date', () => {
    const early = '2019-06-01T00:00:00+08:00';
    given(early, openAccount('USD'))
      .when(early, createApp('intl-2024'))
      .then({ priceBook: 'intl-2024', type: 'AppCreated' });
    usd.when(T, createApp('intl-2022')).then({ priceBook: 'intl-2022', type: 'AppCreated' });
  });

  it('P-1.7 and keeps it when a newer one comes', () => {
    const created = '2022-12-31T23:59:59+08:00';
    given(created, openAccount('CNY'), topUp('999.00'), inForce('mainland'))
      .when('2024-06-01T10:00:00+08:00', purchase('pro'))
      .then({ type: 'Purchased', order: { priceBook: 'cn-2019', listPrice: '999', amount: '999.00' } });
  });
});

describe('P-1.1, P-1.3, P-1.7, P-0.3, P-2.6 the refusals of a creation, in their order', () => {
  const full = usd.and(T, ...many(300, 'intl-2022'), chargeAccount('0.01'));
  const owing = usd.and(T, chargeAccount('0.01'));
  const elsewhere = { dataCentre: 'mainland' };

  it.each([
    ['P-6.6', 'AccountBanned', full.and(T, banAccount()), createApp('no-such-book', { appId: 'n0' })],
    ['P-1.3', 'AppExists', full, createApp('no-such-book', { appId: 'n0' })],
    ['P-1.1', 'TooManyApps', full, createApp('no-such-book')],
    ['P-1.7', 'BookUnknown', owing, createApp('no-such-book')],
    ['P-1.7', 'BookUnknown', owing, inForce('mainland')],
    ['P-0.3', 'CurrencyMismatch', owing, createApp('cn-2023', { dataCentre: 'singapore' })],
    ['P-1.7', 'BookUnknown', owing, createApp('intl-2024', elsewhere)],
    ['P-2.6', 'AccountInArrears', owing, createApp('intl-2024')],
  ] as const)('%s %s', (clause, refusal, scenario, command) => scenario.when(T, command).thenRefused(refusal, clause));
});
