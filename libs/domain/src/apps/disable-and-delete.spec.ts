import { describe, expect, it } from '@jest/globals';
import {
  banAccount,
  chargeAccount,
  createApp,
  deleteApp,
  disableApp,
  enableApp,
  openAccount,
  purchase,
  refund,
  renew,
  topUp,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const LATER = '2024-08-10T10:00:00+08:00';
const GRACE = '2024-09-01T10:00:00+08:00';
const LAPSED = '2024-09-02T10:00:00+08:00';

const trial = given(T, openAccount('USD'), topUp('5000.00'), createApp('intl-2024'));
const active = trial.and(T, purchase('standard'));
const postpaid = given(T, openAccount('USD'), createApp('intl-2022'), purchase('standard', { months: undefined }));
const inArrears = active.and(T, chargeAccount('9000.00'));

const appOf = (scenario: Scenario, at: string): ReturnType<Scenario['app']> => scenario.until(at).app();

describe('P-1.6 an operator may disable any app that is not reclaimed', () => {
  it.each([
    ['on Trial', trial, LATER, 'trial'],
    ['with a package', active, LATER, 'active'],
    ['in grace', active, GRACE, 'grace'],
  ] as const)('P-1.6 %s it stops, and no clock of 90 days runs', (_, app, at, status) => {
    expect(appOf(app, at).status).toBe(status);
    const disabled = app
      .when(at, disableApp())
      .then(
        { type: 'AppDisabled' },
        { type: 'Suspended', cause: 'disabled', reclaimAt: null },
        { type: 'NoticeIssued', notice: 'suspended' },
      );
    expect(disabled.app()).toMatchObject({
      status: 'suspended',
      holds: ['disabled'],
      reclaimAt: null,
      entitlements: { serving: false, features: [] },
    });
    disabled.when(at, enableApp()).then({ type: 'AppEnabled' }, { type: 'Resumed' });
    expect(disabled.and(at, enableApp()).app()).toMatchObject({ status, holds: [], suspendedSince: null });
  });

  it.each([
    ['whose package lapsed', active, 'lapsed'],
    ['whose Trial is over', trial, 'trial-over'],
  ] as const)('P-1.6 one %s too, and enabling it lifts only that', (_, app, hold) => {
    const disabled = app
      .when(LAPSED, disableApp())
      .then({ type: 'AppDisabled' }, { type: 'Suspended', cause: 'disabled' });
    expect(disabled.app().holds).toEqual(['disabled', hold]);
    disabled.when(LAPSED, enableApp()).then({ type: 'AppEnabled' });
    expect(disabled.and(LAPSED, enableApp()).app()).toMatchObject({ status: 'suspended', holds: [hold] });
  });

  it('P-1.6 what is disabled is not disabled again, nor enabled what is not', () => {
    active.and(T, disableApp()).when(LATER, disableApp()).thenRefused('AlreadyDisabled', 'P-1.6');
    active.when(LATER, enableApp()).thenRefused('NotDisabled', 'P-1.6');
    active.when(LAPSED, enableApp()).thenRefused('NotDisabled', 'P-1.6');
  });
});

describe('P-1.6 only a disabled or suspended app may be deleted', () => {
  it.each([
    ['on Trial', trial, LATER],
    ['with a package that runs', active, LATER],
    ['with a postpaid package', postpaid, LATER],
    ['in grace', active, GRACE],
    ['in arrears, before it stops', inArrears, '2024-08-02T09:59:59+08:00'],
  ] as const)('P-1.6 one %s serves', (_, app, at) => app.when(at, deleteApp()).thenRefused('AppServing', 'P-1.6'));

  it.each([
    ['disabled while its paid term runs', active.and(T, disableApp()), LATER],
    ['disabled before a renewed term', active.and(T, renew('standard', 1), disableApp()), GRACE],
    ['disabled with a postpaid package', postpaid.and(T, disableApp()), LATER],
    ['stopped for arrears while its paid term runs', inArrears, '2024-08-02T10:00:00+08:00'],
  ] as const)('P-1.6 one %s is refunded first', (_, app, at) =>
    app.when(at, deleteApp()).thenRefused('TermRunning', 'P-2.1'),
  );

  it.each([
    ['disabled on Trial', trial.and(T, disableApp()), LATER],
    ['whose Trial is over', trial, LAPSED],
    ['refunded', active.and(T, refund('standard')), LATER],
    ['disabled in grace', active.and(T, disableApp()), GRACE],
    ['whose package lapsed', active, LAPSED],
    ['whose postpaid package was given up', postpaid.and(T, refund('standard')), LATER],
  ] as const)('P-1.6 one %s is deleted', (_, app, at) => {
    app.when(at, deleteApp()).then({ type: 'AppDeleted' });
  });

  it('P-1.6 in a banned account one whose paid term runs too, and nothing is paid back', () => {
    const banned = active.and(T, banAccount());
    const { cash } = banned.account();
    expect(banned.when(LATER, deleteApp()).then({ type: 'AppDeleted' }).account().cash).toBe(cash);
    postpaid.and(T, banAccount()).when(LATER, deleteApp()).then({ type: 'AppDeleted' });
  });

  it('P-1.6 a reclaimed one', () => {
    const reclaimed = trial.until('2024-11-30T10:00:00+08:00');
    expect(reclaimed.app().status).toBe('reclaimed');
    reclaimed.when('2024-11-30T10:00:00+08:00', deleteApp()).then({ type: 'AppDeleted' });
  });
});

describe('P-1.6 deletion is irreversible and all its data goes', () => {
  const withAddOn = active.and(T, purchase('desk', { months: 12 })).until(LAPSED);

  it('P-1.6 add-ons left over are lost', () => {
    expect(withAddOn.app().addOns).toHaveLength(1);
    const { cash } = withAddOn.account();
    const deleted = withAddOn.when(LAPSED, deleteApp()).then({ type: 'AppDeleted' });
    expect(deleted.account().cash).toBe(cash);
    expect(deleted.app()).toMatchObject({
      status: 'deleted',
      package: null,
      holds: [],
      addOns: [],
      reclaimAt: null,
      entitlements: { serving: false, limits: {}, features: [] },
    });
  });

  it('P-1.6 nothing happens to it any more, and nothing can be asked of it', () => {
    const deleted = withAddOn.and(LAPSED, deleteApp());
    expect(deleted.result.timers.filter(({ appId }) => appId !== null)).toEqual([]);
    const types = deleted.whenTimeIs('2025-09-01T00:00:00+08:00').events.map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['BillIssued']));
    deleted.when(LAPSED, deleteApp()).thenRefused('AppDeleted', 'P-1.6');
    deleted.when(LAPSED, enableApp()).thenRefused('AppDeleted', 'P-1.6');
  });
});
