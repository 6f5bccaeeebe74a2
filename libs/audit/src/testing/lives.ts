/** Lives to audit: each has what an auditor is asked about. */
import { instant, type Step } from '@ledger/domain';
import { played, type Ledger } from '../../../domain/src/properties/ledger.js';
import * as say from '../../../domain/src/testing/commands.js';
import type { Command } from '@ledger/domain';

export type Chapter = readonly [time: string, command?: Command];

export const lived = (chapters: readonly Chapter[]): Ledger => played(stepsOf(chapters));

export const stepsOf = (chapters: readonly Chapter[]): readonly Step[] =>
  chapters.map(([time, command]) => ({ at: instant(time), ...(command && { command }) }));

/** Bought, renewed, upgraded, used beyond its quota, overdue, stopped, topped up, given back. */
export const WHOLE_LIFE: readonly Chapter[] = [
  ['2024-08-01T10:00:00+08:00', say.openAccount('USD')],
  ['2024-08-01T10:00:00+08:00', say.createApp('intl-2024')],
  ['2024-08-01T10:00:01+08:00', say.topUp('1200.00', { reason: 'wire 17' })],
  ['2024-08-01T10:00:02+08:00', say.issueVoucher('v1', '20.00')],
  ['2024-08-01T10:00:03+08:00', say.purchase('standard', { vouchers: ['v1'], reason: 'launch' })],
  ['2024-08-20T10:00:00+08:00', say.renew('standard', 1)],
  ['2024-08-25T12:00:00+08:00', say.upgrade('premium')],
  ['2024-08-28T10:00:00+08:00', say.recordUsage([{ meter: 'mau', day: '2024-08-27', value: 30_000 }])],
  ['2024-09-10T10:00:00+08:00', say.topUp('400.00')],
  ['2024-09-12T10:00:00+08:00', say.refund('premium', { reason: 'closing down' })],
  ['2024-10-05T10:00:00+08:00'],
];

/** A book by months to the day before, with add-ons; disabled and enabled, lapsed, bought again, banned. */
export const SECOND_LIFE: readonly Chapter[] = [
  ['2024-01-31T09:00:00+08:00', say.openAccount('CNY')],
  ['2024-01-31T09:00:00+08:00', say.topUp('9000.00')],
  ['2024-01-31T09:00:00+08:00', say.createApp('cn-2023')],
  ['2024-01-31T09:00:01+08:00', say.purchase('pro')],
  ['2024-02-10T09:00:00+08:00', say.disableApp({ reason: 'court order' })],
  ['2024-02-11T09:00:00+08:00', say.enableApp()],
  ['2024-03-20T09:00:00+08:00', say.purchase('pro', { renewal: 'automatic' })],
  ['2024-06-25T09:00:00+08:00', say.chargeAccount('9000.00', { service: 'sms' })],
  ['2024-06-27T09:00:00+08:00', say.grantGift('9500.00')],
  ['2024-07-01T09:00:00+08:00', say.banAccount()],
  ['2024-10-05T10:00:00+08:00'],
];

/** Stopped when its Trial is over, extended, moved on by an upgrade of add-ons; deleted in the end. */
export const THIRD_LIFE: readonly Chapter[] = [
  ['2024-08-01T10:00:00+08:00', say.openAccount('USD')],
  ['2024-08-01T10:00:00+08:00', say.createApp('intl-2024')],
  ['2024-09-05T10:00:00+08:00', say.extendTrial()],
  ['2024-09-06T10:00:00+08:00', say.topUp('2000.00')],
  ['2024-09-06T10:00:00+08:00', say.purchase('standard', { renewal: 'automatic' })],
  ['2024-09-06T10:00:00+08:00', say.purchase('desk')],
  ['2024-09-06T10:00:01+08:00', say.purchase('desk-seat', { quantity: 3 })],
  ['2024-11-20T10:00:00+08:00', say.setRenewal('standard', 'never')],
  ['2025-06-01T10:00:00+08:00'],
];
