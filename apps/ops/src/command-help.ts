/** What each command does, in a line, and how it is sent. The names of the fields are those of docs/language.md. */
import type { COMMAND_SCHEMAS } from './generated/commands.js';

export type CommandName = keyof typeof COMMAND_SCHEMAS;

type CommandHelp = {
  readonly does: string;
  /** Flags as one would type them; each of them has been tried. */
  readonly examples: readonly [string, ...string[]];
};

const APP = '--account-id acme --app-id 1400000001';

/** A command without an entry does not compile. */
export const COMMAND_HELP: { readonly [N in CommandName]: CommandHelp } = {
  OpenAccount: { does: 'open an account in a currency, for ever', examples: ['--account-id acme --currency USD'] },
  SetContact: {
    does: 'set where notices go; personal data, kept apart',
    examples: ['--account-id acme --email billing@acme.example --phone "+65 6123 4567"'],
  },
  EraseContact: { does: 'erase the personal data of an account', examples: ['--account-id acme'] },
  TopUp: {
    does: 'put money in; it pays what is owed first (P-2.14)',
    examples: ['--account-id acme --amount 10000', '--account-id acme --amount 99.50 --reference wire-2291'],
  },
  GrantGift: { does: 'give a gift balance, which is no cash', examples: ['--account-id acme --amount 50'] },
  IssueVoucher: {
    does: 'give a voucher (P-2.7)',
    examples: [
      '--account-id acme --voucher-id spring --amount 25 --valid-until 2099-01-01T00:00:00+08:00',
      '--account-id acme --voucher-id big --amount 100 --minimum-order 1000 --products standard premium --valid-until 2099-01-01T00:00:00+08:00',
    ],
  },
  ChargeAccount: {
    does: 'charge for another service (P-8.4)',
    examples: ['--account-id acme --amount 12.80 --service sms --reference sms-2024-08'],
  },
  BanAccount: {
    does: 'ban an account, for ever (P-6.6)',
    examples: ['--account-id acme --reason "chargeback fraud, case 118"'],
  },
  BlockRefunds: { does: 'block refunds of an account, or of one app (P-5.8)', examples: ['--account-id acme', APP] },
  UnblockRefunds: { does: 'allow refunds again (P-5.8)', examples: ['--account-id acme', APP] },
  CreateApp: {
    does: 'create an app on Trial (P-1.2)',
    examples: [
      `${APP} --data-centre singapore --name "Acme chat"`,
      '--account-id acme --app-id 1400000002 --data-centre singapore --price-book intl-2022',
    ],
  },
  ExtendTrial: { does: 'one more month of Trial (P-1.4)', examples: [APP] },
  DisableApp: { does: 'stop an app until it is enabled again (P-1.6)', examples: [APP] },
  EnableApp: { does: 'enable a disabled app (P-1.6)', examples: [APP] },
  DeleteApp: {
    does: 'delete a disabled or suspended app with all its data, for ever (P-1.6)',
    examples: ['--account-id acme --app-id 1400000002'],
  },
  MigratePriceBook: {
    does: 'move an app to a newer price book, for ever (P-1.7)',
    examples: ['--account-id acme --app-id 1400000002 --to intl-2024'],
  },
  Purchase: {
    does: 'buy a package or an add-on (P-2)',
    examples: [
      `${APP} --product standard --months 1 --dry-run`,
      `${APP} --product standard --months 1 --vouchers spring`,
      `${APP} --product desk --months 1 --promotion '{ "id": "launch", "payPercent": 80 }'`,
    ],
  },
  Renew: { does: 'renew a package or an add-on (P-3)', examples: [`${APP} --product standard --months 2`] },
  RenewBatch: {
    does: 'renew up to 300 products, each on its own (P-3.3)',
    examples: [
      `--account-id acme --items '[{ "appId": "1400000001", "product": "standard", "months": 1 }]'`,
      '--account-id acme --items @renewals.json',
    ],
  },
  SetRenewal: {
    does: 'renew manually, automatically or never (P-3.4)',
    examples: [`${APP} --product standard --mode automatic`],
  },
  Upgrade: { does: 'move to a higher package now, for its price pro rata (P-4)', examples: [`${APP} --to premium`] },
  Refund: { does: 'give back what is left of a package or an add-on (P-5)', examples: [`${APP} --product premium`] },
  SetHistoryTier: {
    does: 'set for how many days messages are kept (P-7.5)',
    examples: ['--account-id acme-cn --app-id 1400000003 --days 30'],
  },
  RecordUsage: {
    does: 'record the figures of days (P-7)',
    examples: [`${APP} --samples '[{ "meter": "mau", "day": "2024-08-01", "value": 12000 }]'`, `${APP} --samples @-`],
  },
  CorrectUsage: {
    does: 'set the figure of a day (P-7.9)',
    examples: [`${APP} --meter mau --day 2024-08-01 --value 11500`],
  },
};
