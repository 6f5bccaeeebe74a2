/** What the outside is told of a command's outcome. */
import { accountView, iso, type Account, type Refused } from '@ledger/domain';
import type { DryRun, Outcome, Receipt } from '@ledger/event-store';
import { Problem, problemType, unavailable } from '../http/problem.js';
import type { DryRunDto } from './answers.dto.js';

export type Answer = {
  readonly status: 200 | 201;
  readonly headers: { readonly [name: string]: string };
  readonly body: Receipt | DryRunDto;
};

/** The answer to a command that was accepted; throws the `Problem` that any other outcome is. */
export const answerTo = (accountId: string, outcome: Outcome<Account>): Answer => {
  switch (outcome.kind) {
    case 'done':
      return {
        status: 201,
        headers: outcome.replayed ? { 'Idempotency-Replayed': 'true' } : {},
        body: outcome.receipt,
      };
    case 'dry-run':
      return { status: 200, headers: {}, body: shown(accountId, outcome) };
    case 'refused':
      throw refusal(outcome.refused);
    case 'key-reused':
      throw new Problem({
        type: problemType('key-reused'),
        title: 'The Idempotency-Key was used for another command',
        status: 409,
        detail:
          'Send this command under a key of its own; under this one the ledger has another command, or another body.',
      });
    case 'preview-stale':
      throw new Problem({
        type: problemType('preview-stale'),
        title: 'Something has happened since the preview',
        status: 412,
        revision: outcome.revision,
        at: iso(outcome.at),
      });
    case 'contention':
      throw unavailable('contention', 'Too much happens to this account at once. Send the same command again.', 1);
    case 'unavailable':
      throw unavailable(
        'store-away',
        `The event store did not answer in time (${outcome.reason}). Send the same command again under the same key: it happens once at most.`,
        2,
      );
    case 'quarantined': {
      const { stream, revision, type, reason } = outcome.unreadable;
      const detail = `The event ${type} at revision ${revision} of ${stream} cannot be read: ${reason}. Somebody must see to it.`;
      throw unavailable('quarantined', detail, 60, { stream, revision: String(revision) });
    }
  }
};

const shown = (accountId: string, { events, items, at, revision, before, after }: DryRun<Account>): DryRunDto => ({
  accountId,
  at: iso(at),
  revision,
  events,
  ...(items && { items }),
  before: before && accountView(before),
  after: after && accountView(after),
});

/** Who or what is not there is a 404; all that the rules refuse is a 422. */
const refusal = ({ refusal, clause, details, items }: Refused): Problem =>
  new Problem({
    type: `urn:subscription-ledger:refusal:${refusal}`,
    title: `Refused: ${refusal} (${clause})`,
    status: refusal === 'AccountUnknown' || refusal === 'AppUnknown' ? 404 : 422,
    refusal,
    clause,
    details,
    ...(items && { items }),
  });
