/** A real mail server on loopback that keeps what it is given, and does what a test says with the next one. */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export type Mail = {
  readonly messageId: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  /** With its headers. */
  readonly raw: string;
  /** Long lines joined again. */
  readonly body: string;
};

/** What it answers to a recipient or, once it has the message, to that; null is "accepted". */
export type Answers = {
  recipient: (address: string) => Refusal | null;
  message: (mail: Mail) => Promise<Refusal | null> | Refusal | null;
};
export type Refusal = { readonly code: number; readonly text: string };

export type MailServer = Answers & {
  readonly url: string;
  /** All that it has had in full, accepted or not, in the order in which they came. */
  readonly mails: readonly Mail[];
  stop(): Promise<void>;
};

const accept = (): null => null;

/** On a port of its own, or on the one given, as one that comes back. */
export const startMailServer = async (port = 0): Promise<MailServer> => {
  const mails: Mail[] = [];
  const answers: Answers = { recipient: accept, message: accept };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: ({ address }, _, answer) => answer(errorOf(running.recipient(address))),
    onData: (stream, { envelope }, answer) => {
      const kept = async (raw: string): Promise<Error | null> => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        const [messageId, subject] = [headerOf(raw, 'message-id'), headerOf(raw, 'subject')];
        const body = raw.slice(raw.indexOf('\r\n\r\n') + 4).replaceAll('=\r\n', '');
        const mail = { messageId, to, from, subject, raw, body };
        mails.push(mail);
        return errorOf(await running.message(mail));
      };
      // A killed process leaves the connection, and part of a message: that was no mail.
      void text(stream).then(async (raw) => answer(await kept(raw)), answer);
    },
  });
  // Of a connection that a killed process has left.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.server.address() as AddressInfo;
  const stop = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  const running: MailServer = Object.assign(answers, { url: `smtp://127.0.0.1:${taken}`, mails, stop });
  return running;
};

const headerOf = (raw: string, name: string): string =>
  new RegExp(String.raw`^${name}: ?((?:.*)(?:\r\n[ \t].*)*)`, 'im').exec(raw)?.[1]?.replaceAll(/\r\n[ \t]/g, ' ') ?? '';

const errorOf = (refusal: Refusal | null): Error | null =>
  refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code });
