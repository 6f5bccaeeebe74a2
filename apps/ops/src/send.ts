/** The one place from which commands are sent. */
import type { components } from './generated/api.js';
import { ask, type Asking } from './service-client.js';

export type Receipt = components['schemas']['ReceiptDto'];
export type DryRun = components['schemas']['DryRunDto'] & { readonly fingerprint?: string };

export type Sending = {
  /** As in docs/language.md. */
  readonly name: string;
  readonly body: unknown;
  /** Under one key a command happens once. */
  readonly key: string;
  readonly ifMatch?: string;
};

/** Sends a command. Throws a `ServiceError` for any other outcome than a receipt. */
export const send = async (sending: Sending): Promise<{ readonly receipt: Receipt; readonly replayed: boolean }> => {
  const answer = await ask('POST', pathOf(sending), asking(sending));
  const replayed = answer.headers.get('idempotency-replayed') === 'true';
  return { receipt: (await answer.json()) as Receipt, replayed };
};

/** What it would do now; nothing is written. */
export const preview = async (sending: Sending): Promise<DryRun> =>
  (await (await ask('POST', `${pathOf(sending)}?dryRun=true`, asking(sending))).json()) as DryRun;

const pathOf = ({ name }: Sending): string => `/v1/commands/${encodeURIComponent(name)}`;

const asking = ({ body, key, ifMatch }: Sending): Asking => ({
  body,
  headers: { 'idempotency-key': key, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) },
});
