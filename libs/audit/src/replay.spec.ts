/** An account as of an instant, by what was known at another. P-0.4, P-0.7 */
import { describe, expect, it } from '@jest/globals';
import { instant, iso } from '@ledger/domain';
import { replay, replaySteps } from './replay.js';
import { factsOf, type Fact } from './state/facts.js';
import { factAt, leavesOf } from './state/paths.js';
import { evolved, NOTHING } from './history/situation.js';
import { lived, SECOND_LIFE, THIRD_LIFE, WHOLE_LIFE, type Chapter } from './testing/lives.js';
import { recorded } from './testing/memory-streams.js';

const LIVES: readonly (readonly [string, readonly Chapter[]])[] = [
  ['purchase, renewal, upgrade, overage, arrears, suspension, top-up, refund', WHOLE_LIFE],
  ['disabled, lapsed, bought again, overdue, banned', SECOND_LIFE],
  ['Trial over, extended, add-ons, renewed by itself, lapsed, reclaimed', THIRD_LIFE],
];

const all = { knownAt: null } as const;

/**
 * By no event, but as time passes, settlements to come move into sight, and the stop for arrears is over. What is null is
 * not there.
 */
const seen = (facts: ReadonlyMap<string, Fact>): object =>
  Object.fromEntries(
    [...facts]
      .filter(([path, fact]) => fact !== null && !/^timers\.(?:settle-|suspend-arrears)/.test(path))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

describe('a replay as of an instant', () => {
  it.each(LIVES)('equals the state then, at every boundary second: %s', async (_, chapters) => {
    const ledger = lived(chapters);
    const streams = recorded(ledger);
    const events = ledger.accountEvents('a1');
    const boundaries = [...new Set(events.map(({ effectiveAt }) => instant(effectiveAt)))];
    expect(boundaries.length).toBeGreaterThan(10);
    for (const boundary of boundaries)
      for (const at of [boundary - 1, boundary, boundary + 1]) {
        const then = events.filter(({ effectiveAt }) => instant(effectiveAt) <= at);
        const { state, revision, derived } = await replay(streams, 'a1', { end: { at }, ...all });
        expect({ at: iso(at), revision, derived, state }).toEqual({
          at: iso(at),
          revision: then.length === 0 ? null : String(then.length - 1),
          derived: [],
          state: factsOf(then.reduce(evolved, NOTHING), at),
        });
      }
  });

  it('shows as derived what time has brought and nobody has recorded', async () => {
    const ledger = lived(WHOLE_LIFE);
    const [lastTopUp] = ledger.appends.filter(({ command }) => command?.do === 'TopUp').slice(-1);
    const inTime = lastTopUp?.at ?? 0;
    // The clock was away: all that time brought was recorded by the next command that came.
    const late = recorded(ledger, (at) => Math.max(at, Math.ceil(at / 1e6) * 1e6));
    for (const at of [inTime - 86_400, inTime - 1]) {
      const known = await replay(late, 'a1', { end: { at }, knownAt: at });
      const told = await replay(late, 'a1', { end: { at }, ...all });
      expect(known.state).toEqual(told.state);
      expect(known.derived.length).toBeGreaterThan(0);
      expect(told.derived).toEqual([]);
      expect(known.derived.every(({ source, revision }) => source === 'derived' && revision === null)).toBe(true);
    }
  });

  it('gives the older view of what was recorded late: the usage of a month, and what it costs', async () => {
    const ledger = lived(WHOLE_LIFE);
    const streams = recorded(ledger, (at, command) => (command?.do === 'RecordUsage' ? at + 10 * 86_400 : at));
    const at = instant('2024-09-04T00:00:00+08:00');
    const before = await replay(streams, 'a1', { end: { at }, knownAt: instant('2024-09-02T00:00:00+08:00') });
    const since = await replay(streams, 'a1', { end: { at }, ...all });
    expect(factAt(since.usage, 'p1.2024-08.mau.2024-08-27')).toBe(30_000);
    expect(factAt(before.usage, 'p1.2024-08.mau.2024-08-27')).toBeUndefined();
    expect(factAt(since.state, 'bills.a1-2024-08.total')).toBe('300.00');
    expect(factAt(before.state, 'bills.a1-2024-08.total')).toBe('0.00');
    expect(before.derived.map(({ type }) => type)).toContain('BillIssued');
  });

  it('is empty before the account was opened, and refuses an account that never was', async () => {
    const streams = recorded(lived(WHOLE_LIFE));
    const before = await replay(streams, 'a1', { end: { at: 0 }, ...all });
    expect(before).toMatchObject({ revision: null, state: {}, usage: {} });
    await expect(replay(streams, 'a2', { end: { at: 0 }, ...all })).rejects.toMatchObject({
      obstacle: { kind: 'unknown-account' },
    });
  });

  it('goes ahead of the last event, but not without end', async () => {
    const streams = recorded(lived(THIRD_LIFE.slice(0, 5)));
    const year = await replay(streams, 'a1', { end: { at: instant('2025-09-06T10:00:00+08:00') }, ...all });
    expect(year.state).toMatchObject({ apps: { p1: { status: 'reclaimed' } } });
    const rich = recorded(
      lived([
        ...THIRD_LIFE.slice(0, 3),
        ['2024-09-06T10:00:00+08:00', { do: 'TopUp', accountId: 'a1', amount: '900000.00' }],
        ...THIRD_LIFE.slice(4, 5),
      ]),
    );
    await expect(replay(rich, 'a1', { end: { at: instant('2199-01-01T00:00:00Z') }, ...all })).rejects.toMatchObject({
      obstacle: { kind: 'too-far' },
    });
  });
});

describe('a replay up to a revision', () => {
  it('is the state right after that event, at its instant', async () => {
    const ledger = lived(WHOLE_LIFE);
    const events = ledger.accountEvents('a1');
    const streams = recorded(ledger);
    for (const [i, event] of events.entries()) {
      const then = events.slice(0, i + 1).reduce(evolved, NOTHING);
      const { state, at } = await replay(streams, 'a1', { end: { revision: BigInt(i) }, ...all });
      expect({ at, state }).toEqual({ at: event.effectiveAt, state: factsOf(then, instant(event.effectiveAt)) });
    }
  });

  it('refuses a revision that is not there, and says which are', async () => {
    const streams = recorded(lived(WHOLE_LIFE.slice(0, 3)));
    await expect(replay(streams, 'a1', { end: { revision: 3n }, ...all })).rejects.toThrow(
      'There is no revision 3: give one from 0 to 2.',
    );
  });
});

describe('a replay step by step', () => {
  it('says of each event who asked for it, why, and what it changed', async () => {
    const streams = recorded(lived(WHOLE_LIFE));
    const steps = [];
    for await (const step of replaySteps(streams, 'a1', { end: { revision: 4n }, ...all })) steps.push(step);
    expect(steps[4]).toMatchObject({
      happening: {
        revision: '4',
        type: 'Purchased',
        actor: { subject: 'alice', role: 'ops' },
        command: { name: 'Purchase', body: { product: 'standard', vouchers: ['v1'] } },
        reason: 'launch',
        priceRows: ['intl-2024@1/standard/2024-07-22'],
      },
      changes: expect.arrayContaining([
        { path: 'cash', from: '1200.00', to: '821.00' },
        { path: 'vouchers.v1.used', from: false, to: true },
        { path: 'apps.p1.status', from: 'trial', to: 'active' },
        { path: 'apps.p1.entitlements.limits.membersPerGroup', from: 20, to: 200 },
        { path: 'timers.trial-end/p1', from: '2024-09-01T02:00:00Z', to: null },
      ]),
    });
  });

  it.each(LIVES)('its changes are those of the whole state: %s', async (_, chapters) => {
    const streams = recorded(lived(chapters));
    const at = instant('2025-06-01T10:00:00+08:00');
    const known = new Map<string, Fact>();
    const steps = [];
    for await (const step of replaySteps(streams, 'a1', { end: { at }, ...all }))
      if (step.happening.source === 'recorded') steps.push(step);
    expect(steps.length).toBeGreaterThan(15);
    for (const [i, { changes, happening }] of steps.entries()) {
      for (const { path, to } of changes) {
        if (to === null) known.delete(path);
        else known.set(path, to);
      }
      const { state } = await replay(streams, 'a1', { end: { revision: BigInt(i) }, ...all });
      expect({ after: happening.sentence, facts: seen(known) }).toEqual({
        after: happening.sentence,
        facts: seen(leavesOf(state)),
      });
    }
  });
});
