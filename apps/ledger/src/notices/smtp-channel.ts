import { createTransport } from 'nodemailer';
import type { NoticeChannel, Sent } from './channel.js';
import type { Sender } from './sender.js';

/** A server that does not answer in that time is away. Each is of one step; no step comes twice in a message. */
const LIMITS = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
/** Service not available, the server is closing: it says so of itself, not of the message. */
const CLOSING = 421;

/** A connection for each mail: nothing of one is left for the next, and a server that was away is simply there again. */
export const smtpChannel = (url: string, from: Sender): NoticeChannel => {
  const transport = createTransport({ url, ...LIMITS, disableFileAccess: true, disableUrlAccess: true });
  return {
    name: 'smtp',
    send: async ({ messageId, to, subject, body }) => {
      try {
        await transport.sendMail({
          messageId: `<${messageId}@${from.domain}>`,
          from: { name: from.name, address: from.address },
          // An object is taken as one address; a text would be read as a list of them.
          to: { name: '', address: to },
          subject,
          text: body,
          // RFC 3834: nobody's absence is to answer this.
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { kind: 'sent' };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
};

/** RFC 5321: a 5yz answer to the envelope or the message is for good, a 4yz one for now. */
const failureOf = (error: unknown): Exclude<Sent, { kind: 'sent' }> => {
  const { code, responseCode, response }: SmtpError = Object(error);
  const isOfMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  const [, enhanced] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(String(response)) ?? [];
  const reason = ['smtp', code, responseCode, enhanced].filter(isShort).join(' ');
  if (!isOfMessage || responseCode === CLOSING) return { kind: 'away', reason };
  // Without an answer, no server was asked: what was given is no address.
  return { kind: responseCode === undefined || Number(responseCode) >= 500 ? 'refused' : 'later', reason };
};

const isShort = (part: unknown): part is string | number => typeof part === 'string' || typeof part === 'number';

type SmtpError = { readonly code?: unknown; readonly responseCode?: unknown; readonly response?: unknown };
