/** `ledger bundle`: 0 when made or proved, 1 when something is wrong with it, 2 when a file or a key is none. */
import { isProved, verifyBundle } from '@ledger/audit';
import { EXIT } from './failure.js';
import { untilInterrupted } from './interrupt.js';
import { saveSealed } from './save-sealed.js';
import { sealedIn } from './sealed-input.js';
import { ask } from './service-client.js';

export const make = async (accountId: string, file: string): Promise<number> => {
  const signal = untilInterrupted();
  const answer = await ask('GET', `/v1/accounts/${encodeURIComponent(accountId)}/bundle`, { signal });
  await saveSealed(answer, file);
  console.log(`${file}: the evidence of ${accountId}`);
  return 0;
};

/** Asks nobody: the file, the key and this program are all there is to it. */
export const verify = async (file: string, keyText: string): Promise<number> => {
  const sealed = await sealedIn(file, keyText);
  if (sealed === null) return EXIT.usage;
  const { bytes, key } = sealed;
  const verdict = await verifyBundle(bytes, key);
  const { problems, findings, ...about } = verdict;
  console.log(JSON.stringify({ proved: isProved(verdict), key: key.keyId, ...about, problems, findings }, null, 2));
  return isProved(verdict) ? 0 : 1;
};
