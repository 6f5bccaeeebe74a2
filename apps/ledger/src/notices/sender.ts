/** Who sends the mails. */
export type Sender = { readonly name: string; readonly address: string; readonly domain: string };

const SENDER =
  /^(?:([^<>"\p{Cc}]{0,100})<([^\s<>@"]{1,64}@([A-Za-z0-9.-]{1,253}))>|([^\s<>@"]{1,64}@([A-Za-z0-9.-]{1,253})))$/u;

/** `name@example.com` or `A name <name@example.com>`; null when it is neither. The domain is also that of message ids. */
export const parseSender = (text: string): Sender | null => {
  const [, name = '', inBrackets, itsDomain, alone, domain] = SENDER.exec(text.trim()) ?? [];
  const sender = { address: inBrackets ?? alone, domain: itsDomain ?? domain };
  if (sender.address === undefined || sender.domain === undefined) return null;
  return { name: name.trim(), address: sender.address, domain: sender.domain };
};

/** A mail server, with whoever may use it. */
export const isSmtpUrl = (text: string): boolean => /^smtps?:\/\/[^\s/]/.test(text) && URL.canParse(text);
