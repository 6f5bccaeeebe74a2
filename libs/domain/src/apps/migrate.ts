/**
 * Migration to a newer price book: explicit, irreversible, one at a time. P-1.7
 *
 * A Trial moves at once; a prepaid app with its package's next order; a postpaid one buys its first prepaid term in the step.
 */
import type { Account } from '../accounts/account.js';
import { iso, type Instant } from '../calendar.js';
import type { MigratePriceBook } from '../commands.js';
import { isRefused, refuse, type Decision } from '../decision.js';
import { Draft } from '../draft.js';
import { livingApp } from '../guards.js';
import { purchaseInNewBook } from '../orders/purchase.js';
import { bookOf } from '../price-books/books.js';
import { isHeldBy } from '../service/service.js';
import { hasLeftTrial, isPostpaidApp, knownBook, priceBookAt, trialEnd } from './app.js';

export const migratePriceBook = (account: Account, command: MigratePriceBook, at: Instant): Decision => {
  const { appId, to } = command;
  const app = livingApp(account, appId);
  if (isRefused(app)) return app;
  const postpaid = isPostpaidApp(app);
  if (postpaid && isHeldBy(app.service, 'disabled')) return refuse('AppDisabled', { appId });
  const from = priceBookAt(app, at);
  const book = bookOf(to);
  if (!book) return refuse('BookUnknown', { priceBook: to });
  const pending = app.migratingTo !== null && from !== app.migratingTo;
  if (pending || knownBook(from).migratesTo?.value !== to) return refuse('NotMigratable', { from, to });
  // P-2.13 Months are for the first prepaid order of a postpaid app; elsewhere somebody expects an order that will not be.
  const field = (['months', 'vouchers'] as const).find((name) => (command[name] ?? null) !== null);
  if (!postpaid && field)
    return refuse('FieldNotApplicable', { field, takesEffect: hasLeftTrial(app) ? 'next-order' : 'now' });

  const draft = new Draft(account, at);
  if (!hasLeftTrial(app)) {
    const endsAt = trialEnd(book, at);
    const moved = { from, to, takesEffect: 'now', ...(endsAt !== null && { trialEndsAt: iso(endsAt) }) } as const;
    return draft.add({ type: 'PriceBookMigrated', appId, ...moved }, 'P-1.7', 'P-1.4').decided();
  }
  if (!postpaid)
    return draft.add({ type: 'PriceBookMigrated', appId, from, to, takesEffect: 'next-order' }, 'P-1.7').decided();
  draft.add({ type: 'PriceBookMigrated', appId, from, to, takesEffect: 'now' }, 'P-1.7', 'P-7.11');
  return purchaseInNewBook(draft, app, book, command);
};
