import { describe, expect, it } from '@jest/globals';
import { createApp, openAccount, purchase, refund, renew, setHistoryTier, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const LATER = '2024-08-10T10:00:00+08:00';
const P2 = { appId: 'p2' };

describe('P-1.3 a package or add-on counts for one app', () => {
  const two = given(T, openAccount('USD'), topUp('5000.00'), createApp('intl-2024'), createApp('intl-2024', P2));

  it('P-1.3 of two apps of an account only the one it was bought for has it', () => {
    const bought = two.and(T, purchase('premium'), purchase('call-1v1'));
    expect(bought.app()).toMatchObject({ status: 'active', entitlements: { limits: { liveGroups: 'unlimited' } } });
    expect(bought.app().entitlements.features).toContain('call');
    expect(bought.app('p2')).toMatchObject({
      status: 'trial',
      addOns: [],
      entitlements: { limits: { liveGroups: 50 } },
    });
    expect(bought.app('p2').entitlements.features).not.toContain('call');
  });

  it('P-1.3 neither a package nor the family of another app matters to an order', () => {
    const bought = two.and(T, purchase('premium'), purchase('call-1v1'));
    bought.when(LATER, purchase('call-1v1', P2)).thenRefused('NeedsPackage', 'P-2.8');
    bought.when(LATER, renew('premium', 1, P2)).thenRefused('TermNotRunning', 'P-3.1');
    bought.and(LATER, purchase('standard', P2)).when(LATER, purchase('call-1v1', P2)).then({ type: 'Purchased' });
  });

  it('P-1.3 one is refunded alone', () => {
    const both = two.and(T, purchase('premium'), purchase('standard', P2), refund('premium'));
    expect([both.app().status, both.app('p2').status]).toEqual(['suspended', 'active']);
  });
});

describe('P-1.9 after a lapse the last package is shown, without features', () => {
  const premium = given(T, openAccount('USD'), topUp('5000.00'), createApp('intl-2024'), purchase('premium'));
  const E = '2024-09-01T10:00:00+08:00';

  it('P-1.9 its name, its terms and its limits stay', () => {
    const lapsed = premium.until('2024-09-02T10:00:00+08:00').app();
    expect(lapsed).toMatchObject({
      status: 'suspended',
      package: 'premium',
      termStartedAt: '2024-08-01T02:00:00Z',
      termEndsAt: '2024-09-01T02:00:00Z',
      graceEndsAt: null,
      renewal: 'manual',
      entitlements: { serving: false, limits: { membersPerGroup: 2000, historyDays: 30 }, features: [] },
    });
    expect(premium.until(E).app().entitlements.features).toContain('community');
  });

  it('P-1.9 after a refund its limits stay too, but not its name', () => {
    expect(premium.and(LATER, refund('premium')).app()).toMatchObject({
      status: 'suspended',
      package: null,
      termStartedAt: null,
      termEndsAt: null,
      renewal: null,
      entitlements: { serving: false, limits: { membersPerGroup: 2000 }, features: [] },
    });
  });

  it('P-1.9 features are none while it does not serve for whatever cause', () => {
    const over = given(T, openAccount('USD'), createApp('intl-2024')).until(E).app();
    expect(over.entitlements).toMatchObject({ serving: false, limits: { liveGroups: 50 }, features: [] });
  });
});

describe('P-7.5 the refusals of a history tier', () => {
  const pro = given(T, openAccount('CNY'), topUp('9000.00'), createApp('cn-2023'), purchase('pro'));
  const standard = given(T, openAccount('USD'), topUp('9000.00'), createApp('intl-2024'), purchase('standard'));
  const flagship = given(T, openAccount('CNY'), topUp('9000.00'), createApp('cn-2023'), purchase('flagship'));
  const trial = given(T, openAccount('CNY'), createApp('cn-2023'));
  const offered = [30, 90, 180, 360];

  it.each(offered)('P-7.5 %i days are offered to pro', (days) => {
    pro.when(LATER, setHistoryTier(days)).then({ type: 'HistoryTierSet', days });
  });

  it.each([
    ['on Trial', trial, 30, LATER],
    ['of days that nobody offers', pro, 45, LATER],
    ['that flagship includes', flagship, 30, LATER],
    ['in a book that sells none', standard, 30, LATER],
    ['back to none in a book that sells none', standard, 7, LATER],
    ['after a refund', pro.and(T, refund('pro')), 30, LATER],
    ['after a lapse', pro, 30, '2024-09-02T00:00:00+08:00'],
    ['back to none after a lapse', pro.and(T, setHistoryTier(30)), 7, '2024-09-02T00:00:00+08:00'],
  ] as const)('P-7.5 none %s', (_, app, days, at) =>
    app.when(at, setHistoryTier(days)).thenRefused('TierNotOffered', 'P-7.5'),
  );

  it('P-7.5 it can be set in grace, and set back; a tier already set is no change', () => {
    const grace = '2024-09-01T23:59:59+08:00';
    pro.when(grace, setHistoryTier(30)).then({ type: 'HistoryTierSet', days: 30 });
    pro.and(T, setHistoryTier(30)).when(LATER, setHistoryTier(7)).then({ type: 'HistoryTierSet', days: 7 });
    pro.and(T, setHistoryTier(30)).when(LATER, setHistoryTier(30)).thenNothing();
  });
});
