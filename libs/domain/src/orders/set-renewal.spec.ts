import { describe, expect, it } from '@jest/globals';
import { createApp, disableApp, openAccount, purchase, renew, setRenewal, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const LATER = '2024-08-10T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';

const standard = given(
  T,
  openAccount('USD'),
  topUp('5000.00'),
  createApp('intl-2024'),
  purchase('standard'),
  purchase('desk'),
);

describe('P-3.4 each package and add-on has a renewal setting', () => {
  it('P-3.4 manual, unless the purchase says otherwise', () => {
    expect(standard.app()).toMatchObject({ renewal: 'manual', addOns: [{ product: 'desk', renewal: 'manual' }] });
    const said = given(T, openAccount('USD'), topUp('5000.00'), createApp('intl-2024'))
      .when(T, purchase('standard', { renewal: 'never' }))
      .then({ type: 'Purchased', renewal: 'never' });
    expect(said.app().renewal).toBe('never');
    expect(said.and(T, purchase('desk', { renewal: 'automatic' })).app().addOns).toMatchObject([
      { renewal: 'automatic' },
    ]);
  });

  it('P-3.4 each its own', () => {
    const desk = standard
      .when(LATER, setRenewal('desk', 'automatic'))
      .then({ type: 'RenewalSettingChanged', product: 'desk', mode: 'automatic' });
    expect(desk.app()).toMatchObject({ renewal: 'manual', addOns: [{ renewal: 'automatic' }] });
    const both = desk
      .when(LATER, setRenewal('standard', 'never'))
      .then({ type: 'RenewalSettingChanged', product: 'standard', mode: 'never' });
    expect(both.app()).toMatchObject({ renewal: 'never', addOns: [{ renewal: 'automatic' }] });
  });

  it.each([
    ['while it runs', standard, LATER],
    ['in grace', standard, E],
    ['while the app is disabled', standard.and(T, disableApp()), LATER],
  ] as const)('P-3.4 it can be changed %s', (_, app, at) => {
    app.when(at, setRenewal('standard', 'automatic')).thenAmong({ type: 'RenewalSettingChanged' });
  });

  it('P-3.4 what it is already is no change', () => {
    standard.when(LATER, setRenewal('standard', 'manual')).thenNothing();
    standard.and(T, setRenewal('desk', 'never')).when(LATER, setRenewal('desk', 'never')).thenNothing();
  });

  it('P-3.4 it outlasts a renewal', () => {
    expect(standard.and(T, setRenewal('standard', 'automatic'), renew('standard', 1)).app().renewal).toBe('automatic');
  });
});

describe('P-3.4 never refuses manual renewal too, until it is changed', () => {
  const never = standard.and(T, setRenewal('standard', 'never'), setRenewal('desk', 'never'));

  it.each([LATER, E])('P-3.4 at %s', (at) => {
    never.when(at, renew('standard', 1)).thenRefused('RenewalNever', 'P-3.4');
    never.and(at, setRenewal('standard', 'manual')).when(at, renew('standard', 1)).then({ type: 'Renewed' });
  });

  it('P-3.4 of an add-on likewise', () => {
    never.when(LATER, renew('desk', 1)).thenRefused('RenewalNever', 'P-3.4');
    never.and(LATER, setRenewal('desk', 'automatic')).when(LATER, renew('desk', 1)).then({ type: 'Renewed' });
  });

  it('P-3.4 automatic does not refuse it', () => {
    standard.and(T, setRenewal('standard', 'automatic')).when(LATER, renew('standard', 2)).then({ type: 'Renewed' });
  });
});
