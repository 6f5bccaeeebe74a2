import { describe, expect, it } from '@jest/globals';
import { ensureStoreId, storeId } from './store-id.js';
import { readAll, useStore } from './testing/store.js';

const server = useStore();
const clock = (): number => Date.parse('2024-08-01T02:00:00.500Z');

describe('the id of a store', () => {
  it('is made once, by whoever comes first, and the same for all', async () => {
    const stores = [server.adapter(), server.another(), server.another()];
    const ids = await Promise.all(Array.from({ length: 9 }, (_, i) => ensureStoreId(stores[i % 3]!, clock)));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(await storeId(server.another())).toBe(ids[0]);
    expect(await readAll(server.adapter(), 'ledger')).toMatchObject([
      { type: 'LedgerCreated', data: { storeId: ids[0] } },
    ]);
  });
});
