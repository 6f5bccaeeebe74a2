import { logChannel, type NoticeChannels } from './channel.js';
import type { Sender } from './sender.js';
import { smtpChannel } from './smtp-channel.js';

export type Mails = { readonly smtpUrl: string | null; readonly noticesFrom: Sender | null };

/** Mails go out where a server is set; short messages have no provider yet and are only logged. */
export const noticeChannels = ({ smtpUrl, noticesFrom }: Mails, say = console.log): NoticeChannels => ({
  email: smtpUrl === null || noticesFrom === null ? logChannel('email', say) : smtpChannel(smtpUrl, noticesFrom),
  sms: logChannel('sms', say),
});
