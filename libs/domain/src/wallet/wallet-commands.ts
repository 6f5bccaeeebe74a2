/** Money in and out of the wallet: top-ups, gifts, vouchers, charges of other services. P-2.7, P-2.14, P-5.9, P-8.4 */
import type { Account } from '../accounts/account.js';
import { clearArrears } from '../arrears/clear.js';
import { becomeOverdue } from '../arrears/overdue.js';
import type { Instant } from '../calendar.js';
import type { ChargeAccount, GrantGift, IssueVoucher, TopUp } from '../commands.js';
import { refuse, type Decision, type Refused } from '../decision.js';
import { Draft } from '../draft.js';
import { renewWhatWaits } from '../orders/renew-by-itself.js';
import { giftFirst, settled } from './wallet.js';

/** P-2.14 The same payment is not taken twice, whatever the command's id. */
const referenceUsed = (account: Account, reference: string | undefined): Refused | null =>
  reference !== undefined && account.wallet.references.has(reference) ? refuse('ReferenceUsed', { reference }) : null;

/** In order: the money, the end of the arrears, what serves again, the renewals that waited for it. */
const moneyCameIn = (draft: Draft): Decision => renewWhatWaits(clearArrears(draft)).decided();

export const topUp = (account: Account, { amount, reference }: TopUp, at: Instant): Decision =>
  referenceUsed(account, reference) ??
  moneyCameIn(
    new Draft(account, at).add(
      {
        type: 'FundsToppedUp',
        amount,
        settled: settled(account.wallet, amount),
        ...(reference !== undefined && { reference }),
      },
      'P-2.14',
      'P-5.9',
    ),
  );

export const grantGift = (account: Account, { amount }: GrantGift, at: Instant): Decision =>
  moneyCameIn(
    new Draft(account, at).add({ type: 'GiftGranted', amount, settled: settled(account.wallet, amount) }, 'P-5.9'),
  );

export const issueVoucher = (account: Account, command: IssueVoucher, at: Instant): Decision => {
  const { voucherId, amount, validFrom, validUntil, minimumOrder, products } = command;
  if (account.wallet.vouchers.has(voucherId)) return refuse('VoucherExists', { voucherId });
  return new Draft(account, at)
    .add(
      {
        type: 'VoucherIssued',
        voucherId,
        amount,
        ...(validFrom !== undefined && { validFrom }),
        validUntil,
        ...(minimumOrder !== undefined && { minimumOrder }),
        ...(products !== undefined && { products }),
      },
      'P-2.7',
    )
    .decided();
};

export const chargeAccount = (
  account: Account,
  { amount, service, reference }: ChargeAccount,
  at: Instant,
): Decision => {
  const used = referenceUsed(account, reference);
  if (used) return used;
  const draft = new Draft(account, at).add(
    {
      type: 'AccountCharged',
      amount,
      service,
      ...(reference !== undefined && { reference }),
      ...giftFirst(account.wallet, amount),
    },
    'P-8.1',
    'P-8.4',
  );
  return becomeOverdue(draft).decided();
};
