/** `ledger verify`: 0 when nothing was found, 1 when something was. */
import type { Finding } from '@ledger/audit';
import { untilInterrupted } from './interrupt.js';
import { ProgressBar } from './progress-bar.js';
import { ask, linesOf, ServiceError } from './service-client.js';
import { print } from './show.js';

type Verified = {
  readonly streams: readonly unknown[];
  readonly decidedAgain: number;
  readonly byOtherRules: readonly { readonly rules: number; readonly appends: number }[];
  readonly findings: readonly Finding[];
};

/** One line: where, what, and how it differs. */
export const findingText = ({ kind, stream, revision, what, expected, actual }: Finding): string =>
  `${kind}  ${stream}${revision === null ? '' : `@${revision}`}  ${what}: expected ${expected ?? 'nothing'}, found ${actual ?? 'nothing'}`;

export const verifyOne = async (accountId: string, json: boolean): Promise<number> => {
  const signal = untilInterrupted();
  const answer = await ask('GET', `/v1/accounts/${encodeURIComponent(accountId)}/verify`, { signal });
  const verified = (await answer.json()) as Verified;
  const { streams, decidedAgain, byOtherRules, findings } = verified;
  if (json) {
    await print(JSON.stringify(verified));
    return findings.length === 0 ? 0 : 1;
  }
  for (const finding of findings) console.log(findingText(finding));
  const others = byOtherRules.map(({ rules, appends }) => `, ${appends} decided by rules ${rules}`).join('');
  console.log(
    `${accountId}: ${streams.length} streams, ${decidedAgain} appends decided again${others}, ${findings.length} findings`,
  );
  return findings.length === 0 ? 0 : 1;
};

export const verifyAll = async (): Promise<number> => {
  const bar = new ProgressBar(process.stderr);
  for await (const line of linesOf(await ask('GET', '/v1/audit/verify', { signal: untilInterrupted() }))) {
    const { kind, accounts, total, findings, decidedAgain, byOtherRules } = line;
    if (kind === 'progress')
      bar.show({ what: 'verifying', unit: 'accounts', done: Number(accounts), total: Number(total) });
    if (kind === 'finding') console.log(`${String(line['accountId'])}  ${findingText(line['finding'] as Finding)}`);
    if (kind === 'failed') throw new ServiceError(String(line['reason']));
    if (kind !== 'verified') continue;
    bar.end();
    console.log(
      `${String(accounts)} accounts, ${String(decidedAgain)} appends decided again, ` +
        `${String(byOtherRules)} of other rules, ${String(findings)} findings`,
    );
    return findings === 0 ? 0 : 1;
  }
  throw new ServiceError('The service stopped before all were verified.');
};
