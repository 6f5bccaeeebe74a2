import { beforeAll, describe, expect, it } from '@jest/globals';
import { accountStream, claimStream, iso, usageStream, type Instant } from '@ledger/domain';
import { canonical } from '@ledger/event-store';
import fc from 'fast-check';
import { MemoryStore } from '../testing/memory-store.js';
import { at, copyOf, readFrom, writeLife, type Copy } from '../testing/life.js';
import { bundleOf } from './bundle.js';
import { newPrivateKey, parsePrivateKey } from './keys.js';
import { SIGNED } from './sealed-file.js';
import { stateView } from './state-view.js';
import { verifyAccount } from './verify-account.js';
import { isProved, verifyBundle, type BundleVerdict } from './verify-bundle.js';
import type { ReadStream } from './account-outline.js';

const key = parsePrivateKey(newPrivateKey());
const another = parsePrivateKey(newPrivateKey());
const account = accountStream('a');
const usage = usageStream('p-a', '2024-08');
let copy: Copy;
let madeAt: Instant;
let text: string;

const bundled = async (read: ReadStream, signer = key): Promise<string> => {
  const lines = await bundleOf({ read, accountId: 'a', storeId: 'the-store', at: madeAt, key: signer });
  let all = '';
  for await (const line of lines ?? []) all += line;
  return all;
};

beforeAll(async () => {
  const store = new MemoryStore();
  madeAt = await writeLife(store, 'a');
  copy = await copyOf(store, 'a');
  text = await bundled(readFrom(store));
});

const verdictOf = (changed: string | Uint8Array, by = key): Promise<BundleVerdict> =>
  verifyBundle(Buffer.from(changed), by.publicKey);

describe('a bundle', () => {
  it('is proved by itself and leads to the state of the account', async () => {
    const verdict = await verdictOf(text);
    expect(verdict).toMatchObject({ accountId: 'a', madeAt: iso(madeAt), problems: [], findings: [] });
    const { account: folded } = await verifyAccount(copy.read, 'a', madeAt);
    expect(verdict.state).toEqual(JSON.parse(JSON.stringify(folded && stateView(folded, madeAt))));
    expect(verdict.decidedAgain).toBeGreaterThan(50);
    expect(isProved(verdict)).toBe(true);
  });

  it('has every stream, the books that were used and the state, and nothing of a contact', () => {
    const names = text.split('\n').flatMap((line) => /^\{"section":"([^"]+)"\}$/.exec(line)?.[1] ?? []);
    const streams = [...copy.streams.keys()].toSorted().map((stream) => `stream ${stream}`);
    expect(names.slice(0, -3).toSorted()).toEqual(streams);
    expect(names.slice(-3)).toEqual(['price-book intl-2022@1', 'price-book intl-2024@1', 'state']);
    expect(text).not.toContain('somebody@example.com');
    expect(text).not.toContain('ContactSet');
  });

  it('is the same text whenever it is made of the same events at the same instant', async () => {
    expect(await bundled(copy.read)).toBe(text);
  });

  it('of no account is none', async () => {
    const read = readFrom(new MemoryStore());
    expect(await bundleOf({ read, accountId: 'a', storeId: null, at: madeAt, key })).toBeNull();
  });
});

const lines = (): string[] => text.split('\n').slice(0, -1);
const joined = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
/** The place of a line: of a section's beginning, or so many lines after it. */
const place = (section: string, offset = 0): number => lines().indexOf(`{"section":"${section}"}`) + offset;
const edited = (index: number, edit: (line: string) => string): string =>
  joined(lines().map((line, i) => (i === index ? edit(line) : line)));
const replaced = (index: number, from: string, to: string): string => {
  if (!lines()[index]?.includes(from)) throw new Error(`line ${index + 1} has no ${from}: ${lines()[index]}`);
  return edited(index, (line) => line.replace(from, to));
};
const swapped = (a: number, b: number): string => {
  const all = lines();
  [all[a], all[b]] = [all[b] ?? '', all[a] ?? ''];
  return joined(all);
};
const inAccount = (offset: number): number => place(`stream ${account}`, offset + 1);
const book = 'price-book intl-2024@1';
const rowOf = (product: string): number =>
  lines().findIndex(
    (line, i) => i > place(book) && line.startsWith('{"package":') && line.includes(`"id":"${product}"`),
  );
/** One who has a key of his own, and makes manifest and signature anew over what he changed. */
const forgedBy = (read: ReadStream): Promise<string> => bundled(read, another);
const first = (type: string): number => copy.events(account).findIndex((event) => event.type === type);
const amount = (to: string): Copy =>
  copy.forged(
    account,
    at(1, (event) => ({ data: { ...Object(event.data), amount: to } })),
  );
/** The signature of a file as it is, without a new manifest. */
const signedAgain = (changed: string): string => {
  const all = changed.split('\n').slice(0, -2);
  const manifest = all.at(-1) ?? '';
  const { publicKey } = another;
  const signature = another.sign(Buffer.from(SIGNED + manifest));
  return joined([
    ...all,
    canonical({ signature, keyId: publicKey.keyId, publicKey: publicKey.text, algorithm: 'Ed25519' }),
  ]);
};

/** What was done, and what must be said of it: a problem or a finding, with its place. */
type Mutation = readonly [name: string, mutate: () => string | Promise<string>, said: () => readonly string[]];

const MUTATIONS: readonly Mutation[] = [
  [
    'a digit of an amount',
    () => replaced(inAccount(1), '"amount":"9000.00"', '"amount":"9001.00"'),
    () => [`section-changed stream ${account}`, `chain-broken ${account}/1`, `decided-differently ${account}/1`],
  ],
  [
    'a digit of a price paid',
    () => replaced(inAccount(first('Purchased')), '"listPrice":"399"', '"listPrice":"398"'),
    () => [`chain-broken ${account}/${first('Purchased')}`],
  ],
  [
    'an instant',
    () => replaced(inAccount(0), '2024-08-01T02:00:00Z', '2024-08-01T02:00:01Z'),
    () => [`chain-broken ${account}/0`],
  ],
  [
    'when it was written',
    () => replaced(inAccount(2), '"recordedAt":"2024', '"recordedAt":"2023'),
    () => [`chain-broken ${account}/2`],
  ],
  [
    'who asked',
    () => replaced(inAccount(2), '"subject":"spec"', '"subject":"boss"'),
    () => [`chain-broken ${account}/2`],
  ],
  [
    'a type',
    () => replaced(inAccount(2), '"type":"GiftGranted"', '"type":"FundsToppedUp"'),
    () => [`chain-broken ${account}/2`],
  ],
  [
    'a type nobody knows',
    () => replaced(inAccount(2), '"type":"GiftGranted"', '"type":"Given"'),
    () => [`unreadable ${account}/2`],
  ],
  [
    'an id of an event',
    () => edited(inAccount(3), (line) => line.replace(/"id":"(.)/, (_, c: string) => `"id":"${c === '0' ? '1' : '0'}`)),
    () => [`chain-broken ${account}/3`],
  ],
  [
    'a chain',
    () =>
      edited(inAccount(3), (line) =>
        line.replace(/"chain":"(.)/, (_, c: string) => `"chain":"${c === '0' ? '1' : '0'}`),
      ),
    () => [`chain-broken ${account}/3`],
  ],
  [
    'a revision',
    () => replaced(inAccount(3), '"revision":"3"', '"revision":"4"'),
    () => [`revision-missing ${account}/4`],
  ],
  [
    'a revision that is none',
    () => replaced(inAccount(3), '"revision":"3"', '"revision":"x"'),
    () => [`not-an-event ${account}, event 4`],
  ],
  ['two events exchanged', () => swapped(inAccount(3), inAccount(4)), () => [`revision-missing ${account}/4`]],
  ['an event removed', () => joined(lines().toSpliced(inAccount(5), 1)), () => [`revision-missing ${account}/6`]],
  [
    'an event twice',
    () => joined(lines().toSpliced(inAccount(5), 0, lines()[inAccount(5)] ?? '')),
    () => [`revision-missing ${account}/5`],
  ],
  [
    'the last event removed',
    () => joined(lines().toSpliced(inAccount(copy.events(account).length - 1), 1)),
    () => [`section-changed stream ${account}`, 'state-differs state 0'],
  ],
  [
    'a figure of usage',
    () => replaced(place(`stream ${usage}`, 1), '12000', '11000'),
    () => [`chain-broken ${usage}/0`],
  ],
  [
    'a stream of usage removed',
    () => joined(lines().toSpliced(place(`stream ${usage}`), copy.events(usage).length + 1)),
    () => [`section-missing stream ${usage}`, `stream-missing ${usage}/`],
  ],
  [
    'a stream under another name',
    () => replaced(place(`stream ${usage}`), '2024-08', '2024-07'),
    () => [`section-added stream ${usageStream('p-a', '2024-07')}`],
  ],
  [
    'the account of a claim',
    () => replaced(place(`stream ${claimStream('p-a')}`, 1), '"accountId":"a"', '"accountId":"b"'),
    () => [`claimed-by-another ${claimStream('p-a')}/0`],
  ],
  [
    'a price of a book',
    () => replaced(rowOf('standard'), '"price":"399"', '"price":"390"'),
    () => [`section-changed ${book}`, `price-book-differs ${book}, package standard`],
  ],
  [
    'a limit of a book',
    () => replaced(rowOf('standard'), '"value":3000', '"value":4000'),
    () => [`price-book-differs ${book}, package standard`],
  ],
  ['a row of a book removed', () => joined(lines().toSpliced(rowOf('standard'), 1)), () => [`section-changed ${book}`]],
  [
    'the state',
    () => replaced(place('state', 1), '"currency":"USD"', '"currency":"CNY"'),
    () => ['section-changed state', 'state-differs state 0.account.currency'],
  ],
  [
    'the account it is of',
    () => replaced(0, '"accountId":"a"', '"accountId":"b"'),
    () => ['section-changed header', `section-missing ${accountStream('b')}`],
  ],
  ['when it was made', () => replaced(0, iso(madeAt), iso(madeAt + 1)), () => ['section-changed header']],
  ['its format', () => replaced(0, 'evidence/1', 'evidence/2'), () => ['unknown-format line 1']],
  [
    'a space',
    () => edited(inAccount(0), (line) => line.replace(':', ': ')),
    () => [`not-canonical line ${inAccount(0) + 1}`],
  ],
  [
    'two fields exchanged',
    () => edited(0, (line) => line.replace(/^\{("[^,]+"),("[^,]+"),/, '{$2,$1,')),
    () => ['not-canonical line 1'],
  ],
  [
    'a line feed of another system',
    () => edited(inAccount(0), (line) => `${line}\r`),
    () => [`not-canonical line ${inAccount(0) + 1}`],
  ],
  ['an empty line', () => joined(lines().toSpliced(4, 0, '')), () => ['not-json line 5']],
  [
    'a quotation mark lost',
    () => edited(inAccount(0), (line) => line.replace('"', '')),
    () => [`not-json line ${inAccount(0) + 1}`],
  ],
  ['half of the file', () => text.slice(0, text.length / 2), () => ['cut-short the end']],
  ['the signature cut off', () => joined(lines().slice(0, -1)), () => ['cut-short the end']],
  ['the last line feed', () => text.slice(0, -1), () => ['cut-short the end']],
  ['a line more', () => `${text}{}\n`, () => ['cut-short the end']],
  ['nothing', () => '', () => ['cut-short the end']],
  [
    'a hash of the manifest',
    () =>
      edited(lines().length - 2, (line) =>
        line.replace(/"sha256":"(.)/, (_, c: string) => `"sha256":"${c === '0' ? '1' : '0'}`),
      ),
    () => [`signature-wrong line ${lines().length - 1}, the manifest`, 'section-changed header'],
  ],
  [
    'a digit of the signature',
    () =>
      edited(lines().length - 1, (line) =>
        line.replace(/"signature":"(.)/, (_, c: string) => `"signature":"${c === '0' ? '1' : '0'}`),
      ),
    () => ['signature-wrong'],
  ],
  [
    'the signature in capitals',
    () =>
      edited(lines().length - 1, (line) =>
        line.replace(/"signature":"[^"]+/, (found) => `"signature":"${found.slice(13).toUpperCase()}`),
      ),
    () => ['signature-wrong'],
  ],
  [
    'the key’s id',
    () =>
      edited(lines().length - 1, (line) =>
        line.replace(/"keyId":"(.)/, (_, c: string) => `"keyId":"${c === '0' ? '1' : '0'}`),
      ),
    () => ['signature-wrong'],
  ],
  ['signed again by another key', () => signedAgain(text), () => ['signed-by-another']],
  [
    'changed and signed again by another key',
    () => signedAgain(replaced(inAccount(1), '9000.00', '9999.00')),
    () => ['signed-by-another', `chain-broken ${account}/1`],
  ],
  [
    'made anew by another key, with chains to fit',
    () => forgedBy(amount('9999.00').read),
    () => ['signed-by-another', `decided-differently ${account}/1`],
  ],
];

const saidOf = ({ problems, findings }: BundleVerdict): readonly string[] => [
  ...problems.map(({ kind, where }) => `${kind} ${where}`),
  ...findings.map(({ kind, stream, revision }) => `${kind} ${stream}/${revision ?? ''}`),
];

type Field = { readonly index: number; readonly path: readonly string[] };

/** In place of a value: the value stays, and its name is another. */
const RENAMED = Symbol('renamed');

const pathsIn = (value: unknown): readonly (readonly string[])[] =>
  Object.entries(typeof value === 'object' && value !== null ? value : {}).flatMap(([name, inner]) => [
    [name],
    ...pathsIn(inner).map((path) => [name, ...path]),
  ]);

const changedAt = (value: unknown, [name = '', ...rest]: readonly string[], instead: unknown): unknown => {
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === name ? changedIn(item, rest, instead) : item));
  return Object.fromEntries(
    Object.entries(Object(value)).map(([field, inner]) => {
      if (field !== name) return [field, inner];
      return rest.length === 0 && instead === RENAMED ? [`${field}x`, inner] : [field, changedIn(inner, rest, instead)];
    }),
  );
};

const changedIn = (value: unknown, rest: readonly string[], instead: unknown): unknown => {
  if (rest.length > 0) return changedAt(value, rest, instead);
  return instead === RENAMED ? null : instead;
};

const withField = ({ index, path }: Field, value: unknown): string =>
  edited(index, (line) => JSON.stringify(changedAt(JSON.parse(line), path, value)));

describe('a bundle that was changed', () => {
  it.each(MUTATIONS)('is told by name: %s', async (_, mutate, said) => {
    const verdict = await verdictOf(await mutate());
    expect(isProved(verdict)).toBe(false);
    for (const start of said())
      expect(saidOf(verdict)).toContainEqual(expect.stringMatching(new RegExp(`^${RegExp.escape(start)}`)));
  });

  it('in any single byte, whatever it becomes', async () => {
    const bytes = Buffer.from(text);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), async (index, by) => {
        const changed = Buffer.from(bytes);
        changed[index] = (changed[index] ?? 0) ^ by;
        expect(isProved(await verdictOf(changed))).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('in any byte that is left out', async () => {
    const bytes = Buffer.from(text);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), async (index) => {
        const changed = Buffer.concat([bytes.subarray(0, index), bytes.subarray(index + 1)]);
        expect(isProved(await verdictOf(changed))).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['AppCreated', ['priceBook'], null],
    ['AppCreated', ['priceBook'], RENAMED],
    ['FundsToppedUp', ['amount'], null],
    ['Purchased', ['order', 'amount'], 'x'],
    ['Purchased', ['order', 'paid'], 'x'],
    ['BillIssued', ['lines'], -1],
    ['BillIssued', ['total'], RENAMED],
    ['UsageRecorded', ['samples'], -1],
  ])('in a field, so that it is no %s any more: %j is %p', async (type, field, value) => {
    const indices = lines().flatMap((line, index) => (line.includes(`"type":"${type}"`) ? [index] : []));
    expect(indices).not.toEqual([]);
    for (const index of indices) {
      const { findings } = await verdictOf(withField({ index, path: ['data', ...field] }, value));
      expect(findings).toContainEqual(expect.objectContaining({ kind: 'chain-broken' }));
    }
  });

  it('in any field, whatever stands there instead', async () => {
    const fields = lines().flatMap((line, index) => pathsIn(JSON.parse(line)).map((path) => ({ index, path })));
    const instead = fc.constantFrom(null, 'x', -1, { a: [1] }, RENAMED);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), instead, async (field, value) => {
        const changed = withField(field, value);
        fc.pre(changed !== text);
        expect(isProved(await verdictOf(changed))).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});
