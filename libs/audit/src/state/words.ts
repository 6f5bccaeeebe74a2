/** A change of a fact in words. */
import type { Change } from './changes.js';
import type { Fact } from './facts.js';

const shown = (fact: Fact): string => (fact === null ? 'nothing' : String(fact));

/** What a path is called; what stands in brackets is the key. */
const NAMES: { readonly [name: string]: string } = {
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
const OF_APP = /^apps\.([^.]+)\.([^.]+)$/;
const TIMER = /^timers\.(.+)$/;

export const wordsOf = ({ path, from, to }: Change): string => {
  const [, heldApp, hold] = HELD.exec(path) ?? [];
  if (heldApp !== undefined) return `${heldApp} is ${to === true ? 'stopped by' : 'no longer stopped by'} ${hold}`;
  const [, featureApp, feature] = FEATURE.exec(path) ?? [];
  if (featureApp !== undefined) return `${featureApp} ${to === true ? 'has' : 'no longer has'} ${feature}`;
  const [, limitApp, limit] = LIMIT.exec(path) ?? [];
  if (limitApp !== undefined) return turned(`the limit ${limit} of ${limitApp}`, from, to);
  const [, timer] = TIMER.exec(path) ?? [];
  if (timer !== undefined) return deadline(timer, from, to);
  const [, app, name] = OF_APP.exec(path) ?? [];
  if (app !== undefined) return turned(`${name} of ${app}`, from, to);
  return turned(NAMES[path] ?? path.replaceAll('.', ' '), from, to);
};

const turned = (what: string, from: Fact, to: Fact): string =>
  from === null
    ? `${what} is now ${shown(to)}`
    : to === null
      ? `${what} was ${shown(from)} and is gone`
      : `${what} was ${shown(from)} and is now ${shown(to)}`;

const deadline = (timer: string, from: Fact, to: Fact): string => {
  if (to === null) return `the deadline ${timer} of ${shown(from)} has come or is void`;
  return from === null
    ? `the deadline ${timer} is set for ${shown(to)}`
    : `the deadline ${timer} moves from ${shown(from)} to ${shown(to)}`;
};
