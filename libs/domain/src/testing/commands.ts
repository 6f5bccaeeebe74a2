/** Short ways to say a command: of account `a1` and app `p1`, unless the fields given say otherwise. */
import type * as C from '../commands.js';

export const ACCOUNT = 'a1';
export const APP = 'p1';

const a = { accountId: ACCOUNT };
const p = { accountId: ACCOUNT, appId: APP };

/** What may be said besides; the ids too. */
type More<T> = Partial<Omit<T, 'do'>>;

export const openAccount = (currency: C.OpenAccount['currency'], more: More<C.OpenAccount> = {}): C.OpenAccount => ({
  do: 'OpenAccount',
  ...a,
  currency,
  ...more,
});
export const topUp = (amount: string, more: More<C.TopUp> = {}): C.TopUp => ({ do: 'TopUp', ...a, amount, ...more });
export const grantGift = (amount: string, more: More<C.GrantGift> = {}): C.GrantGift => ({
  do: 'GrantGift',
  ...a,
  amount,
  ...more,
});
export const issueVoucher = (voucherId: string, amount: string, more: More<C.IssueVoucher> = {}): C.IssueVoucher => ({
  do: 'IssueVoucher',
  ...a,
  voucherId,
  amount,
  validUntil: '2099-01-01T00:00:00Z',
  ...more,
});
export const chargeAccount = (amount: string, more: More<C.ChargeAccount> = {}): C.ChargeAccount => ({
  do: 'ChargeAccount',
  ...a,
  amount,
  service: 'cloud-disk',
  ...more,
});
export const banAccount = (more: More<C.BanAccount> = {}): C.BanAccount => ({ do: 'BanAccount', ...a, ...more });
/** Of the account, unless an app is named. */
export const blockRefunds = (more: More<C.BlockRefunds> = {}): C.BlockRefunds => ({
  do: 'BlockRefunds',
  ...a,
  ...more,
});
export const unblockRefunds = (more: More<C.UnblockRefunds> = {}): C.UnblockRefunds => ({
  do: 'UnblockRefunds',
  ...a,
  ...more,
});
export const eraseContact = (more: More<C.EraseContact> = {}): C.EraseContact => ({
  do: 'EraseContact',
  ...a,
  ...more,
});
export const setContact = (more: More<C.SetContact> = {}): C.SetContact => ({ do: 'SetContact', ...a, ...more });

const HOME: Record<string, string> = { 'cn-2019': 'mainland', 'cn-2023': 'mainland' };

/** In a data centre of the book. */
export const createApp = (priceBook: string, more: More<C.CreateApp> = {}): C.CreateApp => ({
  do: 'CreateApp',
  ...p,
  dataCentre: HOME[priceBook] ?? 'singapore',
  priceBook,
  ...more,
});
export const extendTrial = (more: More<C.ExtendTrial> = {}): C.ExtendTrial => ({ do: 'ExtendTrial', ...p, ...more });
export const disableApp = (more: More<C.DisableApp> = {}): C.DisableApp => ({ do: 'DisableApp', ...p, ...more });
export const enableApp = (more: More<C.EnableApp> = {}): C.EnableApp => ({ do: 'EnableApp', ...p, ...more });
export const deleteApp = (more: More<C.DeleteApp> = {}): C.DeleteApp => ({ do: 'DeleteApp', ...p, ...more });
export const migrate = (to: string, more: More<C.MigratePriceBook> = {}): C.MigratePriceBook => ({
  do: 'MigratePriceBook',
  ...p,
  to,
  ...more,
});
/** For one month, unless `months` says otherwise; `months: undefined` for what has none. */
export const purchase = (product: string, more: More<C.Purchase> | { months: undefined } = {}): C.Purchase => {
  const { months, ...rest } = { months: 1, ...more };
  return { do: 'Purchase', ...p, product, ...(months !== undefined && { months }), ...rest };
};
export const renew = (product: string, months: number, more: More<C.Renew> = {}): C.Renew => ({
  do: 'Renew',
  ...p,
  product,
  months,
  ...more,
});
export const renewBatch = (...items: readonly C.BatchItem[]): C.RenewBatch => ({ do: 'RenewBatch', ...a, items });
export const setRenewal = (product: string, mode: C.RenewalMode, more: More<C.SetRenewal> = {}): C.SetRenewal => ({
  do: 'SetRenewal',
  ...p,
  product,
  mode,
  ...more,
});
export const upgrade = (to: string, more: More<C.Upgrade> = {}): C.Upgrade => ({ do: 'Upgrade', ...p, to, ...more });
export const refund = (product: string, more: More<C.Refund> = {}): C.Refund => ({
  do: 'Refund',
  ...p,
  product,
  ...more,
});
export const setHistoryTier = (days: number, more: More<C.SetHistoryTier> = {}): C.SetHistoryTier => ({
  do: 'SetHistoryTier',
  ...p,
  days,
  ...more,
});
export const recordUsage = (samples: readonly C.Sample[], more: More<C.RecordUsage> = {}): C.RecordUsage => ({
  do: 'RecordUsage',
  ...p,
  samples,
  ...more,
});
export const correctUsage = (sample: C.Sample, more: More<C.CorrectUsage> = {}): C.CorrectUsage => ({
  do: 'CorrectUsage',
  ...p,
  ...sample,
  ...more,
});
