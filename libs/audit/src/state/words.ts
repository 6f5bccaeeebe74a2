/**
 * Changes in words. What came or went as a whole (a bill, an order, an add-on, a voucher, an app) is one sentence, and so are
 * the seven and two expiry notices of an app.
 */
import type { Change } from './changes.js';
import type { Fact } from './facts.js';

/** A change with the places of the events that made it. */
type Caused = Change & { readonly because: readonly number[] };

export type Sentence = { readonly words: string; readonly because: readonly number[] };

/** Things with many facts each, which come and go as a whole. */
const THINGS: readonly RegExp[] = [
  /^(bills)\.([^.]+)\./,
  /^(vouchers)\.([^.]+)\./,
  /^apps\.[^.]+\.(orders)\.([^.]+)\./,
  /^apps\.[^.]+\.(addOns)\.([^.]+)\./,
  /^(apps)\.([^.]+)\./,
];

const EXPIRY_NOTICE = /^timers\.notice\/([^/]+)\/-?\d+$/;

/** `had` says whether there was a thing before: some of its facts may be new though it is not. */
export const sentencesOf = (
  changes: readonly Caused[],
  had: (thing: string) => boolean,
  has: (thing: string) => boolean,
): readonly Sentence[] => {
  const groups = new Map<string, Caused[]>();
  for (const change of changes) {
    const key = groupOf(change.path, had, has);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups].map(([key, grouped]) => ({
    words: wordsOfGroup(key, grouped, had),
    because: [...new Set(grouped.flatMap(({ because }) => because))].toSorted((a, b) => a - b),
  }));
};

/** The largest thing that came or went with the fact, else the fact itself. */
const groupOf = (path: string, had: (thing: string) => boolean, has: (thing: string) => boolean): string => {
  const [, notified] = EXPIRY_NOTICE.exec(path) ?? [];
  if (notified !== undefined) return `notices ${notified}`;
  const things = THINGS.flatMap((thing) => thing.exec(path)?.[0].slice(0, -1) ?? []);
  return things.toReversed().find((thing) => had(thing) !== has(thing)) ?? path;
};

const NOUNS: { readonly [list: string]: string } = {
  bills: 'bill',
  vouchers: 'voucher',
  orders: 'order',
  addOns: 'add-on',
  apps: 'app',
};

/** What is said of a thing that is new. */
const TOLD: ReadonlySet<string> = new Set([
  'total',
  'amount',
  'product',
  'startsAt',
  'endsAt',
  'termEndsAt',
  'validUntil',
  'listPrice',
  'quantity',
  'priceBook',
  'status',
  'trialEndsAt',
]);

const wordsOfGroup = (key: string, changes: readonly Caused[], had: (thing: string) => boolean): string => {
  const [first] = changes;
  if (!first) return '';
  const notified = /^notices (.+)$/.exec(key)?.[1];
  if (notified !== undefined) return noticesOf(notified, changes);
  if (key === first.path) return wordsOf(first);
  const [, list = '', id = ''] =
    THINGS.map((thing) => thing.exec(`${key}.`)).find((match) => match?.[0] === `${key}.`) ?? [];
  const thing = `${NOUNS[list] ?? list} ${id}`;
  if (had(key)) return `${thing} is gone`;
  const about = changes.flatMap(({ path, to }) => {
    const name = path.slice(key.length + 1);
    return to !== null && TOLD.has(name) ? [`${name} ${shown(to)}`] : [];
  });
  return `${thing} is new: ${about.join(', ')}`;
};

const noticesOf = (appId: string, changes: readonly Caused[]): string => {
  const armed = changes.flatMap(({ to }) => (typeof to === 'string' ? [to] : [])).toSorted();
  const gone = changes.filter(({ to }) => to === null).length;
  if (armed.length === 0)
    return `${gone} expiry ${gone === 1 ? 'notice' : 'notices'} of ${appId} ${gone === 1 ? 'is' : 'are'} issued or void`;
  return `${armed.length} expiry ${armed.length === 1 ? 'notice' : 'notices'} of ${appId} will come from ${shown(armed[0] ?? null)} to ${shown(armed.at(-1) ?? null)}`;
};

const shown = (fact: Fact): string => (fact === null ? 'nothing' : String(fact));

const NAMES: { readonly [path: string]: string } = {
  cash: 'the cash balance',
  gift: 'the gift balance',
  overdueSince: 'the beginning of the arrears',
  suspendsAt: 'the stop for arrears',
  banned: 'the ban',
  refundsBlocked: 'the block of refunds',
  settledThrough: 'the last month settled',
  settledDay: 'the last day settled',
};

const HELD = /^apps\.([^.]+)\.holds\.([^.]+)$/;
const LIMIT = /^apps\.([^.]+)\.entitlements\.limits\.([^.]+)$/;
const FEATURE = /^apps\.([^.]+)\.entitlements\.features\.([^.]+)$/;
const PART = /^(?:apps\.[^.]+\.(orders|addOns)|(bills|vouchers))\.([^.]+)\.(.+)$/;
const OF_APP = /^apps\.([^.]+)\.(.+)$/;
const TIMER = /^timers\.(.+)$/;

/** One change of one fact. */
export const wordsOf = ({ path, from, to }: Change): string => {
  const [, heldApp, hold] = HELD.exec(path) ?? [];
  if (heldApp !== undefined) return `${heldApp} is ${to === true ? 'stopped by' : 'no longer stopped by'} ${hold}`;
  const [, featureApp, feature] = FEATURE.exec(path) ?? [];
  if (featureApp !== undefined) return `${featureApp} ${to === true ? 'has' : 'no longer has'} ${feature}`;
  const [, limitApp, limit] = LIMIT.exec(path) ?? [];
  if (limitApp !== undefined) return turned(`the limit ${limit} of ${limitApp}`, from, to);
  const [, timer] = TIMER.exec(path) ?? [];
  if (timer !== undefined) return deadline(timer, from, to);
  const [, ofApp, ofAccount, id, name] = PART.exec(path) ?? [];
  if (id !== undefined) return turned(`${name} of ${NOUNS[ofApp ?? ofAccount ?? ''] ?? ''} ${id}`, from, to);
  const [, app, fact] = OF_APP.exec(path) ?? [];
  if (app !== undefined) return turned(`${fact} of ${app}`, from, to);
  return turned(NAMES[path] ?? path, from, to);
};

const turned = (what: string, from: Fact, to: Fact): string => {
  if (from === null) return `${what} is now ${shown(to)}`;
  return to === null ? `${what} was ${shown(from)} and is gone` : `${what} was ${shown(from)} and is now ${shown(to)}`;
};

const deadline = (timer: string, from: Fact, to: Fact): string => {
  if (to === null) return `the deadline ${timer} of ${shown(from)} has come or is void`;
  if (from === null) return `the deadline ${timer} is set for ${shown(to)}`;
  return `the deadline ${timer} moves from ${shown(from)} to ${shown(to)}`;
};
