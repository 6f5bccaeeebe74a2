/** `ledger notices …`: each answers the exit code. */
import { EXIT, type ExitCode } from './failure.js';
import type { components } from './generated/api.js';
import type { Shown } from './help.js';
import { ask } from './service-client.js';
import { print } from './show.js';

type Delivery = components['schemas']['NoticeDeliveryDto'];
type PageOf = components['schemas']['NoticeDeliveriesPageDto'];

const PATH = '/v1/notices/deliveries';

type Asked = Shown & { readonly state?: string; readonly accountId?: string };

export const list = async (asked: Asked): Promise<ExitCode> => {
  await listed(asked);
  return EXIT.done;
};

export const dead = async ({ json }: Shown): Promise<ExitCode> =>
  (await listed({ state: 'dead', json })) === 0 ? EXIT.done : EXIT.refused;

export const retry = async (deliveryId: string, { json }: Shown): Promise<ExitCode> => {
  const answer = await ask('POST', `${PATH}/${encodeURIComponent(deliveryId)}/retry`);
  const retried = (await answer.json()) as { readonly outcome: string };
  await print(json ? JSON.stringify(retried) : retried.outcome);
  return retried.outcome === 'already-sent' ? EXIT.refused : EXIT.done;
};

/** One a line, page by page; answers how many. */
const listed = async ({ state, accountId, json }: Asked): Promise<number> => {
  const query = new URLSearchParams({ ...(state && { state }), ...(accountId && { accountId }) });
  let count = 0;
  for (let next: string | null = `${PATH}?${query.toString()}`; next !== null;) {
    const page: PageOf = (await (await ask('GET', next)).json()) as PageOf;
    for (const delivery of page.deliveries) await print(json ? JSON.stringify(delivery) : lineOf(delivery));
    count += page.deliveries.length;
    next = page.next;
  }
  return count;
};

const lineOf = ({ deliveryId, accountId, appId, notice, daysLeft, effectiveAt, ...what }: Delivery): string => {
  const told = daysLeft === null ? notice : `${notice}(${daysLeft})`;
  const became = [what.state, what.reason, what.via, `attempts:${what.attempts}`].filter((part) => part !== null);
  return [deliveryId, effectiveAt, accountId, appId ?? '-', told, ...became].join('  ');
};
