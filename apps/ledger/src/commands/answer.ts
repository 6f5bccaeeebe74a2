/** What the outside is told of a command's outcome. */
import type { Account, Refused } from '@ledger/domain';
import type { Outcome, Receipt } from '@ledger/event-store';
import { Problem, problem, problemType, unavailable } from '../http/problem.js';
import { refusalStatus, refusalTitle } from '../problems/problem-pages.js';

export type Answer = {
  readonly status: 201;
  readonly headers: { readonly [name: string]: string };
  readonly body: Receipt;
};

/** What a command can come to that neither asked for a preview nor committed one. */
export type Plain = Exclude<Outcome<Account>, { readonly kind: 'dry-run' | 'preview-stale' }>;

/** The answer to a command that was accepted; throws the `Problem` that any other outcome is. */
export const answerTo = (outcome: Plain): Answer => {
  switch (outcome.kind) {
    case 'done':
      return {
        status: 201,
        headers: outcome.replayed ? { 'Idempotency-Replayed': 'true' } : {},
        body: outcome.receipt,
      };
    case 'refused':
      throw refusal(outcome.refused);
    case 'key-reused':
      throw problem(
        'key-reused',
        'Send this command under a key of its own; under this one the ledger has another command, or another body.',
      );
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

const refusal = ({ refusal: name, clause, details, items }: Refused): Problem =>
  new Problem({
    type: problemType(name),
    title: refusalTitle(name),
    status: refusalStatus(name),
    refusal: name,
    clause,
    details,
    ...(items && { items }),
  });
