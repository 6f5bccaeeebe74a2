import { logChannel, type NoticeChannels } from './channel.js';
import type { Sender } from './sender.js';
import { smtpChannel } from './smtp-channel.js';

export type Mails = { readonly smtpUrl: string | null; readonly noticesFrom: Sender | null };

/** For where nobody is to be told anything, whatever is set up. */
export const loggedOnly = (say = console.log): NoticeChannels => ({
  email: logChannel('email', say),
  sms: logChannel('sms', say),
});

/** Mails go out where a server is set; short messages have no provider yet and are only logged. */
export const noticeChannels = ({ smtpUrl, noticesFrom }: Mails, say = console.log): NoticeChannels =>
  smtpUrl === null || noticesFrom === null
    ? loggedOnly(say)
    : { ...loggedOnly(say), email: smtpChannel(smtpUrl, noticesFrom) };
