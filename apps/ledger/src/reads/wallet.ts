/** The vouchers of a wallet, which its account's state has whole, in pages by their ids. */
import { iso, type Account } from '@ledger/domain';
import { WRONG_CURSOR, type Page, type PageWanted } from '@ledger/read-models';

type Vouchers = Account['wallet']['vouchers'];

export type ShownVoucher = {
  readonly voucherId: string;
  readonly amount: string;
  readonly used: boolean;
  readonly validFrom: string | null;
  readonly validUntil: string;
  readonly minimumOrder: string | null;
  readonly products: readonly string[] | null;
};

const LIST = 'vouchers';

export const vouchersPage = (
  vouchers: Vouchers,
  { after, limit }: PageWanted,
): Page<ShownVoucher> | typeof WRONG_CURSOR => {
  const [list, seen = ''] = after ?? [LIST];
  if (list !== LIST) return WRONG_CURSOR;
  const ids = [...vouchers.keys()].filter((id) => id > seen).toSorted((a, b) => (a < b ? -1 : 1));
  const items = ids.slice(0, limit).flatMap((id) => shown(vouchers, id));
  const last = items.at(-1);
  return { items, next: last && ids.length > limit ? [LIST, last.voucherId] : null };
};

const shown = (vouchers: Vouchers, id: string): readonly ShownVoucher[] => {
  const voucher = vouchers.get(id);
  if (!voucher) return [];
  const { voucherId, amount, used, validFrom, validUntil, minimumOrder, products } = voucher;
  const from = validFrom === null ? null : iso(validFrom);
  return [{ voucherId, amount, used, validFrom: from, validUntil: iso(validUntil), minimumOrder, products }];
};
