/**
 * One story that every command has a part in: sent in this order to an empty ledger, from 5 August 2024 on, all of it is
 * accepted. The OpenAPI document shows each command with its parts.
 */
import type { CommandName } from '@ledger/domain';

export type Example = {
  readonly command: CommandName;
  /** What it is an example of. */
  readonly title: string;
  readonly body: object;
};

const acme = { accountId: 'acme' };
const chat = { ...acme, appId: '1400000001' };
const game = { ...acme, appId: '1400000002' };
const acmeCn = { accountId: 'acme-cn' };
const shop = { ...acmeCn, appId: '1400000003' };

export const EXAMPLES: readonly Example[] = [
  { command: 'OpenAccount', title: 'an account in US dollars', body: { ...acme, currency: 'USD' } },
  {
    command: 'SetContact',
    title: 'by e-mail and SMS',
    body: { ...acme, email: 'ops@acme.example', phone: '+65 6000 0000' },
  },
  { command: 'TopUp', title: 'a bank transfer', body: { ...acme, amount: '5000.00', reference: 'wire-7731' } },
  { command: 'GrantGift', title: 'a welcome', body: { ...acme, amount: '50.00', reason: 'T-1001: welcome' } },
  {
    command: 'IssueVoucher',
    title: 'for a large order of one product',
    body: {
      ...acme,
      voucherId: 'spring-50',
      amount: '50.00',
      validUntil: '2099-01-01T00:00:00+08:00',
      minimumOrder: '300.00',
      products: ['standard'],
    },
  },
  {
    command: 'CreateApp',
    title: 'under the price book that is in force',
    body: { ...chat, name: 'Chat', dataCentre: 'singapore' },
  },
  { command: 'ExtendTrial', title: 'a month more', body: chat },
  {
    command: 'Purchase',
    title: 'a package, partly paid by a voucher',
    body: { ...chat, product: 'standard', months: 3, vouchers: ['spring-50'] },
  },
  { command: 'Renew', title: 'a month more', body: { ...chat, product: 'standard', months: 1 } },
  {
    command: 'RenewBatch',
    title: 'of one app or of three hundred',
    body: { ...acme, items: [{ appId: chat.appId, product: 'standard', months: 1 }] },
  },
  { command: 'SetRenewal', title: 'by itself from now on', body: { ...chat, product: 'standard', mode: 'automatic' } },
  { command: 'Upgrade', title: 'to the highest package', body: { ...chat, to: 'premium' } },
  {
    command: 'RecordUsage',
    title: 'the active users of a day so far',
    body: { ...chat, samples: [{ meter: 'mau', day: '2024-08-05', value: 12_000 }] },
  },
  {
    command: 'CorrectUsage',
    title: 'too many were counted',
    body: { ...chat, meter: 'mau', day: '2024-08-05', value: 11_500 },
  },
  {
    command: 'ChargeAccount',
    title: 'of another service',
    body: { ...acme, amount: '12.50', service: 'sms', reference: 'sms-2024-08' },
  },
  { command: 'BlockRefunds', title: 'of one app', body: { ...chat, reason: 'T-1002: looks abnormal' } },
  { command: 'UnblockRefunds', title: 'of one app', body: { ...chat, reason: 'T-1002: it was not' } },
  { command: 'Refund', title: 'a package and its add-ons', body: { ...chat, product: 'premium' } },
  { command: 'DisableApp', title: 'by hand', body: { ...chat, reason: 'T-1003: asked for' } },
  { command: 'EnableApp', title: 'by hand', body: chat },
  { command: 'DeleteApp', title: 'an app that was given up', body: chat },
  {
    command: 'CreateApp',
    title: 'under an older price book',
    body: { ...game, dataCentre: 'frankfurt', priceBook: 'intl-2022' },
  },
  { command: 'MigratePriceBook', title: 'a Trial, which moves at once', body: { ...game, to: 'intl-2024' } },
  { command: 'OpenAccount', title: 'an account in yuan', body: { ...acmeCn, currency: 'CNY' } },
  { command: 'TopUp', title: 'without a reference', body: { ...acmeCn, amount: '10000.00' } },
  { command: 'CreateApp', title: 'in mainland China', body: { ...shop, dataCentre: 'mainland', priceBook: 'cn-2023' } },
  { command: 'Purchase', title: 'a package for a month', body: { ...shop, product: 'flagship', months: 1 } },
  { command: 'SetHistoryTier', title: 'ninety days', body: { ...shop, days: 90 } },
  { command: 'BanAccount', title: 'for violations', body: { ...acmeCn, reason: 'T-1004: fraud' } },
  { command: 'EraseContact', title: 'whoever asks to be forgotten', body: acme },
];

/** Ids of the story, for the parameters of reads. */
export const EXAMPLE_IDS = {
  accountId: acme.accountId,
  appId: chat.appId,
  billId: 'acme-2024-08',
} as const;
