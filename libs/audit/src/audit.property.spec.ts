/** Of any history: a replay is the fold of the prefix, and a chain of reasons, folded alone, still yields the fact. */
import { describe, expect, it } from '@jest/globals';
import { instant, type AccountEvent } from '@ledger/domain';
import fc from 'fast-check';
import { histories } from '../../domain/src/properties/histories.js';
import { played, type Ledger } from '../../domain/src/properties/ledger.js';
import { difference } from './difference.js';
import { evolved, NOTHING } from './history/situation.js';
import { replay } from './replay.js';
import { factsOf, type Fact } from './state/facts.js';
import { factAt, leavesOf } from './state/paths.js';
import { recorded } from './testing/memory-streams.js';
import { why, type Because } from './why/why.js';

const RUNS = 20;

/** Nothing where the property holds, else fast-check's report, with the history shrunk and the seed. */
const failureOf = async <T>(property: fc.IAsyncProperty<T>): Promise<string | undefined> => {
  const details = await fc.check(property, { numRuns: RUNS });
  const report = fc.defaultReportMessage(details);
  return report && `${report}\n${String(details.failed ? details.errorInstance : '')}`;
};

const EVERYTHING = { knownAt: null } as const;

const firstAccount = (ledger: Ledger): readonly [string, readonly AccountEvent[]] => {
  const [accountId = ''] = ledger.accounts.keys();
  return [accountId, ledger.accountEvents(accountId)];
};

const played25 = histories({ moves: 25 });

describe('of any history', () => {
  it('the state replayed as of each event’s instant is the fold of the prefix', async () => {
    const property = fc.asyncProperty(played25, async ({ steps }) => {
      const ledger = played(steps);
      const [accountId, events] = firstAccount(ledger);
      const streams = recorded(ledger);
      for (const at of new Set(events.map(({ effectiveAt }) => instant(effectiveAt)))) {
        const prefix = events.filter(({ effectiveAt }) => instant(effectiveAt) <= at);
        const { state, revision, derived } = await replay(streams, accountId, { end: { at }, ...EVERYTHING });
        expect({ revision, derived, state }).toEqual({
          revision: String(prefix.length - 1),
          derived: [],
          state: factsOf(prefix.reduce(evolved, NOTHING), at),
        });
      }
    });
    expect(await failureOf(property)).toBeUndefined();
  });

  it('what was not known yet is derived as it was recorded later', async () => {
    const property = fc.asyncProperty(played25, fc.nat(), async ({ steps }, pick) => {
      const ledger = played(steps);
      const [accountId, events] = firstAccount(ledger);
      // As if the clock had been away for good: known is only what the last command but so many left.
      const asked = ledger.appends.filter((append) => append.command !== null && append.accountId === accountId);
      const known = asked[pick % asked.length]?.at ?? 0;
      const next = asked.find(({ at }) => at > known)?.at ?? known + 1;
      const streams = recorded(ledger);
      const then = await replay(streams, accountId, { end: { at: next - 1 }, knownAt: known });
      const prefix = events.filter(({ effectiveAt }) => instant(effectiveAt) < next);
      expect(then.state).toEqual(factsOf(prefix.reduce(evolved, NOTHING), next - 1));
    });
    expect(await failureOf(property)).toBeUndefined();
  });

  it('every chain of reasons, folded alone, makes the same change of the fact, and none of its events can go', async () => {
    const property = fc.asyncProperty(
      played25,
      fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
      async ({ steps }, picks) => {
        const ledger = played(steps);
        const [accountId, events] = firstAccount(ledger);
        const streams = recorded(ledger);
        const at = instant(events.at(-1)?.effectiveAt ?? '');
        // What the second half of the history has changed: what stands since the beginning is soon told.
        const half = events.slice(0, events.length / 2).reduce(evolved, NOTHING);
        const early = leavesOf(factsOf(half, at));
        const all = [...leavesOf(factsOf(events.reduce(evolved, NOTHING), at))];
        const changed = all.filter(([path, fact]) => early.get(path) !== fact);
        const leaves = changed.length === 0 ? all : changed;
        for (const pick of picks) {
          const [path, value] = leaves[pick % leaves.length] ?? ['', null];
          const because = await why(streams, accountId, path, { end: { at }, ...EVERYTHING });
          expect({ path, value: because.value, minimal: because.isMinimal }).toEqual({ path, value, minimal: true });
          stillYields(because, events, path, value, at);
        }
      },
    );
    expect(await failureOf(property)).toBeUndefined();
  });

  it('a difference names every fact that differs, and only events that changed it', async () => {
    const property = fc.asyncProperty(played25, fc.nat(), fc.nat(), async ({ steps }, a, b) => {
      const ledger = played(steps);
      const [accountId, events] = firstAccount(ledger);
      const streams = recorded(ledger);
      const [from, to] = [a % events.length, b % events.length].toSorted((x, y) => x - y) as [number, number];
      const points = [from, to].map((revision) => ({ revision: BigInt(revision) })) as [
        { revision: bigint },
        { revision: bigint },
      ];
      const found = await difference(streams, accountId, ...points, null);
      const leaves = [from, to].map((revision) =>
        leavesOf(
          factsOf(events.slice(0, revision + 1).reduce(evolved, NOTHING), instant(events[revision]?.effectiveAt ?? '')),
        ),
      );
      const [before, after] = leaves as [ReadonlyMap<string, Fact>, ReadonlyMap<string, Fact>];
      const paths = new Set([...before.keys(), ...after.keys()]);
      const differing = [...paths].filter((path) => (before.get(path) ?? null) !== (after.get(path) ?? null));
      expect(found.changes.map(({ path }) => path).toSorted()).toEqual(differing.toSorted());
      for (const { because } of found.changes)
        for (const cause of because) {
          const revision = Number(found.events[cause]?.revision);
          expect(revision > from && revision <= to).toBe(true);
        }
    });
    expect(await failureOf(property)).toBeUndefined();
  });
});

/** The chain of the fact itself: its deadlines have chains of their own. */
const stillYields = (
  { reasons, was }: Because,
  events: readonly AccountEvent[],
  path: string,
  value: Fact,
  at: number,
): void => {
  const chain = reasons.flatMap(({ place }) => events[place] ?? []);
  const decisive = chain.at(-1);
  const folded = (some: readonly AccountEvent[]): Fact | undefined => {
    try {
      return factAt(factsOf(some.reduce(evolved, NOTHING), at), path);
    } catch {
      return undefined;
    }
  };
  expect({
    path,
    chain: chain.map(({ type }) => type),
    value: folded(chain),
    was: folded(chain.slice(0, -1)) ?? null,
  }).toEqual({
    path,
    chain: chain.map(({ type }) => type),
    value,
    was,
  });
  for (const event of chain.slice(0, -1)) {
    const without = chain.filter((other) => other !== event);
    const same = folded(without) === value && (folded(without.filter((other) => other !== decisive)) ?? null) === was;
    expect({ path, dispensable: same ? event.type : null }).toEqual({ path, dispensable: null });
  }
};
