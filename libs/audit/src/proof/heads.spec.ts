import { beforeAll, describe, expect, it } from '@jest/globals';
import { accountStream, usageStream, type Instant } from '@ledger/domain';
import { useStore } from '../../../event-store/src/testing/store.js';
import { copyOf, writeLife } from '../testing/life.js';
import { MemoryStore } from '../testing/memory-store.js';
import type { StreamHead } from './account-outline.js';
import { compareHead, headsFile, headsOf, readHeadsFile } from './heads.js';
import { newPrivateKey, parsePrivateKey } from './keys.js';

const key = parsePrivateKey(newPrivateKey());
const never = new AbortController().signal;
const server = useStore();
let store: MemoryStore;
let at: Instant;
let heads: readonly StreamHead[];

beforeAll(async () => {
  store = new MemoryStore();
  at = await writeLife(store, 'a');
  heads = await headsOf(store, never);
});

const differences = async (): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const head of heads) {
    const difference = await compareHead(store, head);
    if (difference) found.push(`${difference.kind} ${difference.stream}`);
  }
  return found;
};

describe('the heads of all streams', () => {
  it('are where each that has a chain ends', async () => {
    const copy = await copyOf(store, 'a');
    expect(heads.map(({ stream }) => stream)).toEqual([...copy.streams.keys()].toSorted());
    for (const { stream, revision, chain } of heads) {
      const last = copy.events(stream).at(-1);
      expect([String(last?.revision), Object(last?.metadata).chain]).toEqual([revision, chain]);
    }
  });

  it('are the same from a real store, which does not end by itself', async () => {
    expect(await headsOf(server.adapter(), never)).toEqual([]);
    await writeLife(server.adapter(), 'a');
    const found = await headsOf(server.adapter(), never);
    expect(found.map(({ stream, revision }) => [stream, revision])).toEqual(
      heads.map(({ stream, revision }) => [stream, revision]),
    );
  });

  it('are read back from their file, and every changed byte is told', async () => {
    let text = '';
    for await (const line of headsFile(heads, { storeId: 's', at, key })) text += line;
    expect(readHeadsFile(Buffer.from(text), key.publicKey)).toMatchObject({ storeId: 's', heads, problems: [] });
    const changed = text.replace('"revision":"0"', '"revision":"1"');
    expect(readHeadsFile(Buffer.from(changed), key.publicKey).problems).toMatchObject([
      { kind: 'section-changed', where: 'heads' },
    ]);
    const other = text.replace('ledger-heads/1', 'ledger-evidence/1');
    expect(readHeadsFile(Buffer.from(other), key.publicKey)).toMatchObject({ heads: [] });
  });

  it('stand as long as streams only grow; a cut tail and a stream written anew are told', async () => {
    expect(await differences()).toEqual([]);
    const [account, usage] = [store.stream(accountStream('a')), store.stream(usageStream('p-a', '2024-08'))];
    const whole = [...account];
    account.push({ ...whole[0]!, revision: BigInt(whole.length) });
    expect(await differences()).toEqual([]);
    account.splice(whole.length - 1);
    usage[usage.length - 1] = { ...usage.at(-1)!, metadata: { chain: 'another' } };
    expect(await differences()).toEqual([`cut ${accountStream('a')}`, `rewritten ${usageStream('p-a', '2024-08')}`]);
  });
});
