/** The ways that a notice goes out by. */
import type { NoticeChannelName } from '@ledger/read-models';

export type Message = {
  /** The id of the event that issued the notice: whoever gets it twice knows it again. */
  readonly messageId: string;
  readonly accountId: string;
  readonly notice: string;
  /** A mail address or a phone number: personal data, which is neither logged nor kept. */
  readonly to: string;
  /** One sentence, which is also all that a short message says. */
  readonly subject: string;
  readonly body: string;
};

/** No reason repeats what a server said word for word: servers repeat addresses. */
export type Sent =
  | { readonly kind: 'sent' }
  /** Of this message, for good: trying again does not help. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Of this message, for now. */
  | { readonly kind: 'later'; readonly reason: string }
  /** Of the way, whatever the message: the others need not be tried. */
  | { readonly kind: 'away'; readonly reason: string };

export type NoticeChannel = {
  /** What `via` says of a delivery. */
  readonly name: string;
  /** Settles in bounded time and never rejects. */
  readonly send: (message: Message) => Promise<Sent>;
};

export type NoticeChannels = { readonly [name in NoticeChannelName]: NoticeChannel };

/** Where nothing else is set up, notices are only said to have been due. */
export const logChannel = (channel: NoticeChannelName, say: (line: string) => void): NoticeChannel => ({
  name: 'log',
  send: ({ accountId, notice, messageId }) => {
    say(`Notice ${notice} to account ${accountId} by ${channel}, only logged: ${messageId}`);
    return Promise.resolve({ kind: 'sent' });
  },
});
