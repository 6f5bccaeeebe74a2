import * as domain from '@ledger/domain';
import type { Account, UsageMonth } from '@ledger/domain';
import { WritePath } from './write-path.js';
import type { WritePathOptions } from './write-path.js';

/** The write path under the rules of the domain: what the service, the clock worker and the command line use. */
export class Ledger extends WritePath<Account, UsageMonth> {
  constructor(options: WritePathOptions) {
    super(domain, options);
  }
}
