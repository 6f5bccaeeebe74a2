/** `ops notices …`: each answers the exit code. */
import { ask, ServiceError } from './service-client.js';

type Delivery = {
  readonly deliveryId: string;
  readonly accountId: string;
  readonly appId: string | null;
  readonly notice: string;
  readonly daysLeft: number | null;
  readonly effectiveAt: string;
  readonly state: string;
  readonly reason: string | null;
  readonly via: string | null;
  readonly attempts: number;
};
type PageOf = { readonly deliveries: readonly Delivery[]; readonly next: string | null };

const PATH = '/v1/notices/deliveries';

const orSay = async (work: () => Promise<number>): Promise<number> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    console.error(error.message);
    return 2;
  }
};

type Asked = { readonly state?: string; readonly account?: string };

export const list = (asked: Asked): Promise<number> =>
  orSay(async () => {
    await listed(asked);
    return 0;
  });

export const dead = (): Promise<number> => orSay(async () => ((await listed({ state: 'dead' })) === 0 ? 0 : 1));

export const retry = (deliveryId: string): Promise<number> =>
  orSay(async () => {
    const answer = await ask('POST', `${PATH}/${encodeURIComponent(deliveryId)}/retry`);
    const { outcome } = (await answer.json()) as { readonly outcome: string };
    console.log(outcome);
    return outcome === 'already-sent' ? 1 : 0;
  });

/** One a line, page by page; answers how many. */
const listed = async ({ state, account }: Asked): Promise<number> => {
  const query = new URLSearchParams({ ...(state && { state }), ...(account && { accountId: account }) });
  let count = 0;
  for (let next: string | null = `${PATH}?${query.toString()}`; next !== null;) {
    const page: PageOf = (await (await ask('GET', next)).json()) as PageOf;
    for (const delivery of page.deliveries) console.log(lineOf(delivery));
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
