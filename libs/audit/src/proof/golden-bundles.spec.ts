/**
 * Bundles as every version of the rules and of the events made them, kept for ever. What they held folds today to the state
 * that it folded to then, and what the running rules decided is decided the same. docs/proof.md says how one is added.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { RULES_VERSION } from '@ledger/domain';
import { ACCOUNT_EVENTS, CLAIM_EVENTS, USAGE_EVENTS } from '@ledger/event-store';
import { parsePublicKey } from './keys.js';
import { verifyBundle } from './verify-bundle.js';

/** By version of the rules: the public half of a key whose private one nobody has any more. */
const KEYS: ReadonlyMap<number, string> = new Map([[1, 'ed25519:LzL53XV3pXOoalu-ymIiM0TmlEeAPWQqK13Qs4Bd_Ws']]);

const folder = new URL('../../golden/', import.meta.url);
const bundles = readdirSync(folder).map((name) => {
  const bytes = readFileSync(new URL(name, folder));
  const [, rules = ''] = /^rules-(\d+)-\w+\.bundle\.jsonl$/.exec(name) ?? [];
  return { name, bytes, rules: Number(rules) };
});

type Line = { readonly type?: string; readonly metadata?: { readonly schema: number } };
const events = bundles.flatMap(({ bytes }) =>
  bytes
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
    .filter(({ metadata }) => metadata !== undefined),
);

describe('golden bundles', () => {
  it.each(bundles)('are proved, and lead to the state they led to: $name', async ({ bytes, rules }) => {
    const verdict = await verifyBundle(bytes, parsePublicKey(KEYS.get(rules) ?? ''));
    expect(verdict).toMatchObject({ problems: [], findings: [], state: { account: { currency: expect.any(String) } } });
    const isOurs = rules === RULES_VERSION;
    expect([verdict.decidedAgain > 0, verdict.byOtherRules.length > 0]).toEqual([isOurs, !isOurs]);
  });

  it.each(Object.entries({ ...ACCOUNT_EVENTS, ...USAGE_EVENTS, ...CLAIM_EVENTS }))(
    'have %s in every schema it ever had',
    (type, upcasts) => {
      const schemas = new Set(events.filter((event) => event.type === type).map(({ metadata }) => metadata?.schema));
      expect([...schemas].toSorted((a = 0, b = 0) => a - b)).toEqual(
        Array.from({ length: upcasts.length + 1 }, (_, i) => i + 1),
      );
    },
  );

  it('are there of the running rules', () => {
    expect(bundles.map(({ rules }) => rules)).toContain(RULES_VERSION);
  });
});
