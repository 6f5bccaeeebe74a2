import type { Account } from '@ledger/domain';
import type { Outcome, Request } from '@ledger/event-store';
import { Inject, Injectable } from '@nestjs/common';
import { ServiceMetrics } from '../metrics/service-metrics.js';
import { LOG } from '../service/tokens.js';
import type { Log } from './log.js';
import { secondsSince } from './observed-store.js';
import { traced } from './tracing.js';

/** Sees every command on its way to the ledger and what became of it; of what it said only its name and its account. */
@Injectable()
export class ObservedCommands {
  constructor(
    private readonly metrics: ServiceMetrics,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async observe(request: Request, execute: () => Promise<Outcome<Account>>): Promise<Outcome<Account>> {
    const { command, actor, correlationId } = request;
    const begun = performance.now();
    let what: What = { outcome: 'failed' };
    const about = { 'ledger.command': command.do, 'ledger.account': command.accountId };
    try {
      return await traced(`command ${command.do}`, about, async (span) => {
        const outcome = await execute();
        what = whatOf(outcome);
        span.setAttributes({ 'ledger.outcome': what.outcome, ...(what.clause && { 'ledger.clause': what.clause }) });
        return outcome;
      });
    } finally {
      const seconds = secondsSince(begun);
      this.metrics.command(command.do, what.outcome, seconds);
      if (what.refusal !== undefined) this.metrics.refused(what.refusal);
      const { accountId } = command;
      const line = { command: command.do, accountId, ...what, ms: inMs(seconds), actor: actor.subject, correlationId };
      this.log[what.outcome === 'failed' ? 'error' : 'info'](line, 'command');
    }
  }
}

type What = { readonly outcome: string; readonly refusal?: string; readonly clause?: string };

const whatOf = (outcome: Outcome<Account>): What => {
  switch (outcome.kind) {
    case 'refused':
      return { outcome: 'refused', refusal: outcome.refused.refusal, clause: outcome.refused.clause };
    case 'done':
      return { outcome: outcome.replayed ? 'replayed' : 'done' };
    case 'dry-run':
    case 'key-reused':
    case 'preview-stale':
    case 'contention':
    case 'unavailable':
    case 'quarantined':
      return { outcome: outcome.kind };
  }
};

const inMs = (seconds: number): number => Math.round(seconds * 10_000) / 10;
