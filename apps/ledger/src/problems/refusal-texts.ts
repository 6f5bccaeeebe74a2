/** What each refusal of the rules means and what one does; the clause itself is docs/pricing.md's. */
import type { RefusalName } from '@ledger/domain';
import type { ProblemText } from './problem-types.js';

export const REFUSAL_TEXTS: Readonly<Record<RefusalName, ProblemText>> = {
  AccountUnknown: {
    meaning: 'No account of this id was ever opened.',
    whatToDo: 'Check the id, or open the account with `OpenAccount`.',
  },
  AccountExists: {
    meaning: 'An account of this id was opened before.',
    whatToDo: 'Use it, or open another under an id of its own.',
  },
  AccountBanned: {
    meaning: 'The account is banned, for ever. Only usage, charges, contact and the deletion of apps are still taken.',
    whatToDo: 'Nothing brings it back: open another account.',
  },
  AccountInArrears: {
    meaning: 'The cash balance is negative: `balance`. Until it is not, nothing is ordered and no app is created.',
    whatToDo: 'Top up at least what is owed, then send the command again.',
  },
  AppUnknown: {
    meaning: 'The account has no app of this id; another may have.',
    whatToDo: 'Check both ids, or create the app with `CreateApp`.',
  },
  AppExists: {
    meaning: 'The app id is taken, by this account or another. It stays taken after the app is deleted.',
    whatToDo: 'Choose another app id.',
  },
  TooManyApps: {
    meaning: 'The account holds `most` apps that are not deleted.',
    whatToDo: 'Delete one that is not needed, or use another account.',
  },
  AppReclaimed: {
    meaning: 'The app was stopped for 90 days, and its data are gone. Nothing can happen to it but deletion.',
    whatToDo: 'Create a new app.',
  },
  AppDeleted: { meaning: 'The app was deleted. Nothing can happen to it.', whatToDo: 'Create a new app.' },
  AppDisabled: {
    meaning: 'An operator has disabled the app. Meanwhile nothing is bought or upgraded for it.',
    whatToDo: 'Enable it with `EnableApp`, then send the command again.',
  },
  AppServing: {
    meaning: 'The app serves, and an app that serves is not deleted.',
    whatToDo: 'Disable it with `DisableApp` first. A deletion cannot be undone.',
  },
  AlreadyDisabled: { meaning: 'An operator has disabled the app before.', whatToDo: 'Nothing: it is as you want it.' },
  NotDisabled: {
    meaning: 'No operator has disabled the app. If it does not serve, the cause is another.',
    whatToDo: 'Look at its `holds`: each cause is ended in its own way.',
  },
  TermRunning: {
    meaning: 'The paid term of the package still runs.',
    whatToDo: 'To have it longer, `Renew`; to have more, `Upgrade`; to end it, `Refund` first.',
  },
  TermNotRunning: {
    meaning: 'There is no running term of this product that could be renewed, set or upgraded.',
    whatToDo: 'Buy it with `Purchase`.',
  },
  RenewInstead: {
    meaning: 'The term has ended and the 24 hours of grace run: service goes on, and the way on is renewal.',
    whatToDo: 'Send `Renew`. After the grace the package is bought again.',
  },
  BuyAgain: {
    meaning: 'The package has lapsed or was refunded: there is no term left to extend or to upgrade.',
    whatToDo: 'Send `Purchase`: the new term starts then.',
  },
  NotHigher: {
    meaning: 'The package `to` is not above `from` in the price book.',
    whatToDo: 'To go down, refund the package, then buy the lower one.',
  },
  ProductUnknown: {
    meaning: 'The price book that the app follows has no such package or add-on.',
    whatToDo: 'Check the id, and which price book the app follows.',
  },
  NotOpenToPackage: {
    meaning: 'The add-on is not sold to the package that the app has.',
    whatToDo: 'Upgrade the package, or choose an add-on that is open to it.',
  },
  AlreadyIncluded: {
    meaning: 'The package has at least as much of everything that the add-on raises.',
    whatToDo: 'Nothing needs to be bought.',
  },
  FamilyRunning: {
    meaning: 'Another add-on of the same family runs: `running`.',
    whatToDo: 'Refund that one, then buy this one.',
  },
  NeedsPackage: {
    meaning: 'The add-on is sold only while a paid package runs, or with another product: `needs`.',
    whatToDo: 'Buy that first.',
  },
  CallTrialUsedUp: {
    meaning: 'The call trial is taken twice for an app and ten times for an account at most, deleted apps included.',
    whatToDo: 'Buy a call package.',
  },
  MonthsOutOfRange: {
    meaning: 'A term has whole months, from `least` to `most`.',
    whatToDo: 'Give such a number of `months`.',
  },
  FieldNotApplicable: {
    meaning: '`field` means nothing for this product or this step, and is refused rather than ignored.',
    whatToDo: 'Leave the field out.',
  },
  InsufficientFunds: {
    meaning:
      'Vouchers, gift balance and cash do not cover the order: `required` is left to pay, `available` is there. Nothing was taken.',
    whatToDo: 'Top up the difference, then send the command again.',
  },
  VoucherExists: {
    meaning: 'The account has a voucher of this id, used or not.',
    whatToDo: 'Issue it under an id of its own.',
  },
  VoucherUnknown: {
    meaning: 'The account has no voucher of this id.',
    whatToDo: 'Check the id; issue it, or leave it out.',
  },
  VoucherUsed: {
    meaning: 'The voucher has paid for an order, or is named twice in the command. A voucher is used once.',
    whatToDo: 'Leave it out.',
  },
  VoucherNotValid: {
    meaning: 'The voucher is not valid yet, or not any more.',
    whatToDo: 'Leave it out, or wait for its `validFrom`.',
  },
  VoucherNotApplicable: {
    meaning: 'The voucher is for other products, or the order is below its minimum: `minimumOrder`, against `amount`.',
    whatToDo: 'Leave it out.',
  },
  VoucherNotNeeded: {
    meaning: 'Nothing is left to pay when it is this voucher’s turn: it would be lost.',
    whatToDo: 'Leave it out.',
  },
  RenewalNever: {
    meaning: 'The renewal setting of the product is `never`, or it is a call trial, which cannot be renewed.',
    whatToDo: 'Set it to `manual` or `automatic` with `SetRenewal`; buy a call package after a trial.',
  },
  RefundsBlocked: {
    meaning: 'An operator has blocked refunds of the account or of the app: `of`.',
    whatToDo: 'Have the block looked at; `UnblockRefunds` ends it.',
  },
  NotRefundable: {
    meaning: 'The order `orderId` was placed under a promotion that is not paid back.',
    whatToDo: 'Let the term end; set its renewal to `never` if it is not to go on.',
  },
  NothingToRefund: {
    meaning: 'No term of the product runs: it was never bought, or has ended, grace included.',
    whatToDo: 'Nothing: there is nothing left to pay back.',
  },
  CurrencyMismatch: {
    meaning: 'The price book is of another currency than the account. CNY and USD never meet.',
    whatToDo: 'Choose a price book of the account’s currency, or an account of the other one.',
  },
  BookUnknown: {
    meaning: 'There is no such price book, or it does not cover the data centre, or none is the default there.',
    whatToDo: 'Name a price book that covers the data centre.',
  },
  NotMigratable: {
    meaning: 'The app’s price book does not lead to that one, or a migration is pending already.',
    whatToDo: 'Look which book the app follows; a pending migration ends with the package’s next order.',
  },
  TrialNotLimited: {
    meaning: 'In the app’s price book the Trial never ends.',
    whatToDo: 'Nothing: there is nothing to extend.',
  },
  TrialLeft: { meaning: 'The app has left Trial, and never returns to it.', whatToDo: 'Buy or renew a package.' },
  MeterUnknown: {
    meaning: 'The app’s price book has no such meter, or no such region of it.',
    whatToDo: 'Check the meter and the region of the sample that `sample` counts, from 0.',
  },
  UsageInFuture: {
    meaning: 'The day of a sample is after today in UTC+08:00: `today`.',
    whatToDo: 'Send it when the day has begun.',
  },
  UsageBeforeApp: {
    meaning: 'The day of a sample is before the app was created: `createdOn`, in UTC+08:00.',
    whatToDo: 'Check the day and the app id.',
  },
  MonthClosed: {
    meaning: 'The month of a sample takes no more usage: three months after it have been settled.',
    whatToDo: 'Settle the difference otherwise, for instance with a gift or a charge.',
  },
  TierNotOffered: {
    meaning: 'The app’s price book does not offer this history tier to its package, or no package runs.',
    whatToDo: 'Choose a tier that is offered, while a package runs or is in grace.',
  },
  ReferenceUsed: {
    meaning: 'A top-up or charge with this reference is in the account already: the same payment.',
    whatToDo: 'Nothing, if it is the same payment. Another one has a reference of its own.',
  },
};
