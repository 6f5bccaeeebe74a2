/**
 * May it? The questions a service asks before it lets a user act; the counts come from the caller. P-9.2 to P-9.4
 */
import type { App } from './apps/app.js';
import { shownPackage } from './apps/app.js';
import type { Instant } from './calendar.js';
import { atLeast, entitlements, type Entitlements } from './entitlements.js';
import type { Hold } from './events.js';
import type { Limit } from './price-books/price-book.js';

/** Groups created on a local day, and of those the ones dissolved again that day, which give their places back. */
export type DayCount = { readonly created: number; readonly dissolved: number };

export type Question =
  /** Whether a value is within a limit: `users` 100. */
  | { readonly ask: 'limit'; readonly limit: string; readonly wanted: number }
  | { readonly ask: 'feature'; readonly feature: string }
  /** Whether a group of a type may have so many members. */
  | { readonly ask: 'members'; readonly groupType: string; readonly wanted: number }
  /** Whether a user who has created and joined so many groups that still are may have one more. */
  | { readonly ask: 'group-of-user'; readonly created: number; readonly joined: number }
  /** Whether one more group may be created today, after those of the day. */
  | { readonly ask: 'new-group'; readonly today: DayCount; readonly broadcast?: DayCount };

export type Answer = {
  readonly allowed: boolean;
  /** The limit that decided, and its value; null for a feature, or while the app does not serve. */
  readonly limit: string | null;
  readonly value: Limit | null;
  /** Why the app does not serve; empty while it does. */
  readonly holds: readonly Hold[];
  readonly package: string;
};

/** P-9.2 Caps of a group type, below every limit of a package: S2, note on group types. */
const MEMBERS_BY_GROUP_TYPE: ReadonlyMap<string, number> = new Map([['private', 200]]);

const smaller = (a: Limit, b: Limit): Limit => (atLeast(a, b) ? b : a);

export const checkEntitlement = (app: App, question: Question, at: Instant): Answer => {
  const granted = entitlements(app, at);
  const base = { holds: app.service.holds.toSorted(), package: shownPackage(app) };
  if (!granted.serving) return { ...base, allowed: false, limit: null, value: null };
  return { ...base, ...verdictOn(granted, question) };
};

export type Verdict = Pick<Answer, 'allowed' | 'limit' | 'value'>;

/** What a question comes down to: a feature, or so much of a limit. */
export type Demand =
  | { readonly feature: string }
  | { readonly feature: null; readonly limit: string; readonly wanted: number; readonly cap: Limit };

const ofLimit = (limit: string, wanted: number, cap: Limit = 'unlimited'): Demand => ({
  feature: null,
  limit,
  wanted,
  cap,
});

/** All of them must be met. */
export const demandsOf = (question: Question): readonly Demand[] => {
  switch (question.ask) {
    case 'limit':
      return [ofLimit(question.limit, question.wanted)];
    case 'feature':
      return [{ feature: question.feature }];
    case 'members':
      return [ofLimit('membersPerGroup', question.wanted, MEMBERS_BY_GROUP_TYPE.get(question.groupType))];
    case 'group-of-user':
      return [ofLimit('groupsPerUser', question.created + question.joined + 1)];
    case 'new-group': {
      const { today, broadcast } = question;
      const all = ofLimit('newGroupsPerDay', net(today) + 1);
      return broadcast ? [all, ofLimit('broadcastGroupsPerDay', net(broadcast) + 1)] : [all];
    }
  }
};

/** P-9.4 What counts is the net of the day. */
const net = ({ created, dissolved }: DayCount): number => created - dissolved;

/** An unknown limit allows nothing. */
export const meets = ({ limits, features }: Entitlements, demand: Demand): Verdict => {
  if (demand.feature !== null) return { allowed: features.includes(demand.feature), limit: null, value: null };
  const { limit, wanted, cap } = demand;
  const own = Object.hasOwn(limits, limit) ? limits[limit] : undefined;
  const value = smaller(own ?? 0, cap);
  return { allowed: atLeast(value, wanted), limit, value };
};

/** The first demand that is not met decides, or else the last. */
const verdictOn = (granted: Entitlements, question: Question): Verdict => {
  let verdict: Verdict = { allowed: true, limit: null, value: null };
  for (const demand of demandsOf(question)) {
    verdict = meets(granted, demand);
    if (!verdict.allowed) return verdict;
  }
  return verdict;
};
