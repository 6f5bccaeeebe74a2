/** What a notice says: what happens and when, with the money that it takes. */
import { iso, type Currency, type Hold, type Instant, type NoticeFacts } from '@ledger/domain';

export type NoticeText = { readonly subject: string; readonly body: string };

type Expiry = Extract<NoticeFacts, { notice: 'expiry' }>;
type Stopped = Extract<NoticeFacts, { holds: unknown }>;

export const noticeText = (accountId: string, currency: Currency, facts: NoticeFacts): NoticeText => {
  switch (facts.notice) {
    case 'expiry':
      return expiry(accountId, currency, facts);
    case 'arrears': {
      const debt = `${facts.debt} ${currency}`;
      const stops = `all its apps are suspended on ${time(facts.suspendsAt)}`;
      return {
        subject: `Account ${accountId} owes ${debt}: ${stops}`,
        body: `The balance of the account ${accountId} is -${debt}.\nTop up at least ${debt} before then, or ${stops}.\n`,
      };
    }
    case 'suspended':
      return {
        subject: `App ${facts.appId} is suspended since ${time(facts.stoppedAt)}`,
        body: `${stopped(accountId, currency, facts)}${reclaims(facts.reclaimAt)}`,
      };
    case 'reclaim':
      return {
        subject: `App ${facts.appId} is reclaimed on ${facts.reclaimAt === null ? 'no day' : time(facts.reclaimAt)}`,
        body: `${stopped(accountId, currency, facts)}${reclaims(facts.reclaimAt)}`,
      };
  }
};

const expiry = (accountId: string, currency: Currency, facts: Expiry): NoticeText => {
  const { appId, product, phase, endsAt, graceEndsAt } = facts;
  const of = `The package ${product} of the app ${appId} (account ${accountId})`;
  const named = `App ${appId}: the package ${product}`;
  switch (phase) {
    case 'running':
      return {
        subject: `${named} ends on ${time(endsAt)}`,
        body: `${of} ends on ${time(endsAt)}.\n${whatHelps(facts, currency)}Without a renewal the app is suspended on ${time(graceEndsAt)}.\n`,
      };
    case 'grace':
      return {
        subject: `${named} has ended; the app is suspended on ${time(graceEndsAt)}`,
        body: `${of} ended on ${time(endsAt)}. It serves until ${time(graceEndsAt)}; without a renewal it is suspended then.\n${whatHelps(facts, currency)}`,
      };
    case 'lapsed':
      return {
        subject: `${named} ended on ${time(endsAt)} and was not renewed`,
        body: `${of} ended on ${time(endsAt)} and was not renewed within 24 hours: the app does not serve.\nBuy a package to go on.\n`,
      };
  }
};

const whatHelps = ({ renewal, month, available }: Expiry, currency: Currency): string => {
  if (month === null) return 'It is not offered any more, so it cannot be renewed.\n';
  const money = `A further month costs ${month} ${currency}; the account has ${available} ${currency}.\n`;
  switch (renewal) {
    case 'automatic':
      return `It renews itself by a month if the account covers it. ${money}`;
    case 'manual':
      return `It is not renewed by itself. ${money}`;
    case 'never':
      return `It is set never to be renewed. ${money}`;
  }
};

const CAUSES: { readonly [hold in Hold]: string } = {
  arrears: 'the account is in arrears',
  banned: 'the account is banned',
  disabled: 'an operator has disabled it',
  lapsed: 'its package has lapsed',
  refunded: 'its package was refunded',
  'trial-over': 'its trial is over',
};

const stopped = (accountId: string, currency: Currency, { appId, holds, stoppedAt, debt }: Stopped): string => {
  const causes = holds.map((hold) => CAUSES[hold]).join(', and ');
  const owed = holds.includes('arrears') ? `The account owes ${debt} ${currency}.\n` : '';
  return `The app ${appId} (account ${accountId}) is suspended since ${time(stoppedAt)}: ${causes}.\n${owed}`;
};

const reclaims = (at: Instant | null): string =>
  at === null
    ? 'Nothing of it is reclaimed as long as that is the only cause.\n'
    : `If it does not serve again before ${time(at)}, its accounts, users, groups and messages are reclaimed then, for good.\n`;

const LOCAL_OFFSET = 8 * 3600;

/** P-0.1 In the time of business, which says so. */
const time = (at: Instant): string =>
  `${iso(at + LOCAL_OFFSET)
    .slice(0, 16)
    .replace('T', ' ')} (UTC+08:00)`;
