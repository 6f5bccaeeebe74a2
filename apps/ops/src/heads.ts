/** `ledger heads`: 0 when made or still so, 1 when something is wrong, 2 when a file or a key is none. */
import { readHeadsFile, type HeadDifference } from '@ledger/audit';
import { EXIT } from './failure.js';
import { untilInterrupted } from './interrupt.js';
import { ProgressBar } from './progress-bar.js';
import { saveSealed } from './save-sealed.js';
import { sealedIn } from './sealed-input.js';
import { ask } from './service-client.js';

const AT_ONCE = 500;

export const make = async (file: string): Promise<number> => {
  await saveSealed(await ask('GET', '/v1/audit/heads', { signal: untilInterrupted() }), file);
  console.log(`${file}: where every stream stands now`);
  return 0;
};

export const verify = async (file: string, keyText: string): Promise<number> => {
  const sealed = await sealedIn(file, keyText);
  if (sealed === null) return EXIT.usage;
  const { bytes, key } = sealed;
  const { heads, madeAt, problems } = readHeadsFile(bytes, key);
  for (const { kind, where, expected, actual } of problems)
    console.log(`${kind}  ${where}: expected ${expected ?? 'nothing'}, found ${actual ?? 'nothing'}`);
  const bar = new ProgressBar(process.stderr);
  let differing = 0;
  const signal = untilInterrupted();
  for (let first = 0; first < heads.length; first += AT_ONCE) {
    const body = { heads: heads.slice(first, first + AT_ONCE) };
    const answer = await ask('POST', '/v1/audit/heads/compare', { signal, body });
    const { differences } = (await answer.json()) as { readonly differences: readonly HeadDifference[] };
    for (const { kind, stream, revision, expected, actual } of differences)
      console.log(`${kind}  ${stream}@${revision}: expected the chain ${expected}, found ${actual ?? 'no event'}`);
    differing += differences.length;
    bar.show({ what: 'comparing', unit: 'streams', done: first + body.heads.length, total: heads.length });
  }
  bar.end();
  console.log(`${heads.length} streams as of ${madeAt ?? 'an unknown time'}: ${differing} were cut or written anew`);
  return problems.length + differing === 0 ? 0 : 1;
};
