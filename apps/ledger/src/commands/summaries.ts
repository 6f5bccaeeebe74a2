/** What each command does, in a sentence, for the OpenAPI document. */
import type { CommandName } from '@ledger/domain';

export const COMMAND_SUMMARIES: Readonly<Record<CommandName, string>> = {
  OpenAccount: 'Opens an account in one currency. P-0.3, P-1.1',
  SetContact: 'Sets where notices go. Personal data: kept apart from all events, and erased by EraseContact.',
  EraseContact: 'Erases the contact of an account for good.',
  TopUp:
    'Puts cash in. It settles a debt first, and may bring apps back and renew what is in grace. P-2.14, P-5.9, P-3.4',
  GrantGift: 'Grants gift balance, which is spent before cash and is never paid out. P-2.5',
  IssueVoucher: 'Issues a voucher that pays its face value once, within its validity. P-2.7',
  ChargeAccount: 'Charges what another service costs. The account may become overdue by it. P-8.4',
  BanAccount: 'Bans an account for ever and stops all its apps. P-6.6',
  BlockRefunds: 'Blocks refunds of the account, or of one app. P-5.8',
  UnblockRefunds: 'Ends a block of refunds. P-5.8',
  CreateApp: 'Creates an app on Trial, in a data centre and under a price book that stay. P-1.2, P-1.7',
  ExtendTrial: 'Makes the Trial of an app a month longer. P-1.4',
  DisableApp: 'Stops an app by hand. P-1.6',
  EnableApp: 'Ends a stop by hand; the app serves again if nothing else stops it. P-1.6',
  DeleteApp: 'Deletes a stopped app with all its data, irreversibly. P-1.6',
  MigratePriceBook: 'Moves an app to a newer price book, irreversibly. P-1.7',
  Purchase: 'Buys a package or an add-on: takes the money and starts the term in one step. P-2',
  Renew: 'Extends a term from its old end. P-3.1',
  RenewBatch: 'Renews many products of an account; each succeeds or fails on its own, in the order given. P-3.3',
  SetRenewal: 'Sets whether a product is renewed by hand, by itself or never. P-3.4',
  Upgrade: 'Lifts a running package to a higher one, for the difference of what is still to run. P-4',
  Refund: 'Gives up a product and pays back what was paid less what was used. P-5',
  SetHistoryTier: 'Sets for how many days an app keeps its messages. P-7.5',
  RecordUsage: 'Takes in what was measured. Of several samples of a day the highest counts. P-7',
  CorrectUsage: 'Sets the figure of a day, up or down. P-7.9',
};
