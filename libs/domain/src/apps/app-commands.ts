/** An app's life but its orders: creation, Trial, disabling, deletion, history tier. P-1.1 to P-1.6, P-7.5 */
import type { Account } from '../accounts/account.js';
import { iso, type Instant } from '../calendar.js';
import type { CreateApp, DeleteApp, DisableApp, EnableApp, ExtendTrial, SetHistoryTier } from '../commands.js';
import { isRefused, NO_CHANGE, refuse, type Decision } from '../decision.js';
import { Draft } from '../draft.js';
import { inArrears, livingApp } from '../guards.js';
import { bookOf, defaultBook } from '../price-books/books.js';
import { resumeIfServing } from '../service/resume.js';
import { isHeldBy, serves } from '../service/service.js';
import { suspend } from '../service/suspend.js';
import { inGrace, knownBook, NO_TIER, packageRuns, priceBookAt, trialEnd } from './app.js';

const MOST_APPS = 300;

/** `claimedBy`: the account that has claimed the app id, in the stream `claim-{appId}`; an id belongs to one account for ever. */
export const createApp = (account: Account, command: CreateApp, at: Instant, claimedBy: string | null): Decision => {
  const { accountId, appId, name, dataCentre, priceBook } = command;
  if (account.apps.has(appId) || (claimedBy !== null && claimedBy !== accountId)) return refuse('AppExists', { appId });
  const held = [...account.apps.values()].filter(({ gone }) => gone !== 'deleted').length;
  if (held >= MOST_APPS) return refuse('TooManyApps', { most: MOST_APPS });
  const book = priceBook === undefined ? defaultBook(account.currency, dataCentre, at) : bookOf(priceBook);
  if (!book) return refuse('BookUnknown', { priceBook: priceBook ?? null, dataCentre });
  if (book.currency !== account.currency)
    return refuse('CurrencyMismatch', { priceBook: book.id, currency: account.currency });
  if (!book.dataCentres.includes(dataCentre)) return refuse('BookUnknown', { priceBook: book.id, dataCentre });
  const arrears = inArrears(account);
  if (arrears) return arrears;
  const endsAt = trialEnd(book, at);
  return new Draft(account, at)
    .add(
      {
        type: 'AppCreated',
        appId,
        ...(name !== undefined && { name }),
        dataCentre,
        priceBook: book.id,
        ...(endsAt !== null && { trialEndsAt: iso(endsAt) }),
      },
      'P-1.2',
      'P-1.7',
      ...(endsAt === null ? [] : (['P-1.4'] as const)),
    )
    .decided();
};

/** P-1.4 One month more: after the old end, or, when the Trial is over, from now on. */
export const extendTrial = (account: Account, { appId }: ExtendTrial, at: Instant): Decision => {
  const app = livingApp(account, appId);
  if (isRefused(app)) return app;
  if (!app.trial) return refuse('TrialLeft', { appId });
  const book = knownBook(app.priceBook);
  const over = app.trial.endsAt !== null && app.trial.endsAt <= at;
  const endsAt = over ? trialEnd(book, at) : trialEnd(book, app.trial.anchor, app.trial.months + 1);
  if (endsAt === null) return refuse('TrialNotLimited', { priceBook: book.id });
  const draft = new Draft(account, at).add({ type: 'TrialExtended', appId, trialEndsAt: iso(endsAt) }, 'P-1.4');
  return resumeIfServing(draft, app).decided();
};

export const disableApp = (account: Account, { appId }: DisableApp, at: Instant): Decision => {
  const app = livingApp(account, appId);
  if (isRefused(app)) return app;
  if (isHeldBy(app.service, 'disabled')) return refuse('AlreadyDisabled', { appId });
  return suspend(
    new Draft(account, at).add({ type: 'AppDisabled', appId }, 'P-1.6'),
    app,
    'disabled',
    'P-1.6',
  ).decided();
};

export const enableApp = (account: Account, { appId }: EnableApp, at: Instant): Decision => {
  const app = livingApp(account, appId);
  if (isRefused(app)) return app;
  if (!isHeldBy(app.service, 'disabled')) return refuse('NotDisabled', { appId });
  return resumeIfServing(new Draft(account, at).add({ type: 'AppEnabled', appId }, 'P-1.6'), app).decided();
};

/** P-1.6 Irreversible; of a stopped app without a paid term, of any app of a banned account, of a reclaimed one. */
export const deleteApp = (account: Account, { appId }: DeleteApp, at: Instant): Decision => {
  const app = account.apps.get(appId);
  if (app?.gone !== 'reclaimed') {
    const living = livingApp(account, appId);
    if (isRefused(living)) return living;
    if (serves(living.service)) return refuse('AppServing', { appId });
    if (packageRuns(living, at) && account.bannedAt === null) return refuse('TermRunning', { appId });
  }
  return new Draft(account, at).add({ type: 'AppDeleted', appId }, 'P-1.6').decided();
};

/** P-7.5 A tier that the book offers to the app's package, or none; while a package runs or is in grace. */
export const setHistoryTier = (account: Account, { appId, days }: SetHistoryTier, at: Instant): Decision => {
  const app = livingApp(account, appId);
  if (isRefused(app)) return app;
  const book = knownBook(priceBookAt(app, at));
  const paid = packageRuns(app, at) || inGrace(app);
  const offered = book.history.some((row) => row.package === app.package?.product && row.days === days);
  const sold = book.history.length > 0;
  if (!paid || !sold || (days !== NO_TIER && !offered))
    return refuse('TierNotOffered', { days, priceBook: book.id, package: app.package?.product ?? null });
  if (app.historyTier === days) return NO_CHANGE;
  return new Draft(account, at).add({ type: 'HistoryTierSet', appId, days }, 'P-7.5').decided();
};
