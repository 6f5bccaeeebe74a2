/** Every kind of problem that is no refusal of the rules: what it means, and what whoever meets it does. */

export type ProblemText = { readonly meaning: string; readonly whatToDo: string };

export const PROBLEMS = {
  malformed: {
    status: 400,
    title: 'The request is malformed',
    meaning:
      'A header, a parameter or the body is not what the document says. `errors` names every bad field with its rule.',
    whatToDo: 'Correct each field as its `message` says. The same request will be malformed again.',
  },
  'bad-request': {
    status: 400,
    title: 'The request cannot be answered',
    meaning: 'The request is no HTTP that this service speaks.',
    whatToDo: 'Look at `detail`, and at the OpenAPI document for how the route is asked.',
  },
  unauthorized: {
    status: 401,
    title: 'A bearer token is needed',
    meaning: 'There is no token, or it is not known, has expired, was revoked, or was not made for this service.',
    whatToDo:
      'Send the header "Authorization: Bearer …" with a token that an admin made, or that the issuer signed for this service. The first token is in the data folder of the service.',
  },
  forbidden: {
    status: 403,
    title: 'This token may not do that',
    meaning:
      'The role of the token may not use the route or send the command, or the token is bound to other accounts.',
    whatToDo: 'Ask with a token of a role that `detail` names. A forbidden command is recorded.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    meaning: 'No route has this address.',
    whatToDo: 'Look for the address in the OpenAPI document.',
  },
  'command-unknown': {
    status: 404,
    title: 'There is no such command',
    meaning: 'The ledger has no command of this name. Names are written exactly, `TopUp`.',
    whatToDo: 'Look for the name in the OpenAPI document.',
  },
  'account-unknown': {
    status: 404,
    title: 'There is no such account',
    meaning: 'No account of this id was ever opened.',
    whatToDo:
      'Check the id. Of an account that was opened a moment ago, pass `minPosition=` with the position of the receipt.',
  },
  'app-unknown': {
    status: 404,
    title: 'There is no such app',
    meaning: 'No app of this id was ever created, or not yet at the instant that was asked for.',
    whatToDo:
      'Check the id. Of an app that was created a moment ago, pass `minPosition=` with the position of the receipt.',
  },
  'bill-unknown': {
    status: 404,
    title: 'There is no such bill',
    meaning: 'The account has no bill of this id.',
    whatToDo: 'Look for it in the list of the bills of the account.',
  },
  'delivery-unknown': {
    status: 404,
    title: 'There is no such delivery',
    meaning: 'No notice was ever to be delivered under this id.',
    whatToDo: 'Look for it in the list of the deliveries.',
  },
  'token-unknown': {
    status: 404,
    title: 'There is no such token',
    meaning: 'No token of this id was made here. The id is not the token itself.',
    whatToDo: 'Look for it in the list of the tokens.',
  },
  'batch-unknown': {
    status: 404,
    title: 'There is no such batch',
    meaning: 'No batch was sent under this id.',
    whatToDo: 'Check the id, or send the batch.',
  },
  'refusal-unknown': {
    status: 404,
    title: 'There is no such refusal',
    meaning: 'The account has no such refusal, or not any more: the last 1,000 are kept.',
    whatToDo: 'Look for it in the list of the refusals of the account.',
  },
  'fact-unknown': {
    status: 404,
    title: 'There is no such fact',
    meaning:
      'What was asked about is not in the state of the account. `known` is as far as the path leads, `next` what goes on from there.',
    whatToDo: 'Ask for one of `next`.',
  },
  timeout: {
    status: 408,
    title: 'The request took too long to come',
    meaning: 'The whole request must be here within 30 seconds.',
    whatToDo: 'Send it again; a command under the same key.',
  },
  'key-reused': {
    status: 409,
    title: 'The Idempotency-Key was used for another command',
    meaning: 'Under this key the ledger has another command, or the same with another body.',
    whatToDo: 'Send this command under a key of its own. Use a key again only for the very same command.',
  },
  'preview-stale': {
    status: 412,
    title: 'What the preview showed is not what would happen now',
    meaning:
      'Since the preview something happened to the account, a deadline of it has passed, or ten minutes have. Nothing was written. `now` is what would happen, `difference` how that differs.',
    whatToDo: 'Look at the difference. If it is what you want, ask for a new preview and commit with its fingerprint.',
  },
  'preview-unknown': {
    status: 412,
    title: 'The fingerprint is not one of a preview of this command',
    meaning:
      'It was not made here, or for another command or another body, or something was changed in it. Nothing was written.',
    whatToDo: 'Send the command with `dryRun=true`, and commit the very same body with the fingerprint of that answer.',
  },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    meaning: 'A body has at most 1 MiB.',
    whatToDo: 'Send several smaller ones.',
  },
  'address-too-long': {
    status: 414,
    title: 'The address is too long',
    meaning: 'A part of the path has more than 100 characters; ids have at most 64.',
    whatToDo: 'Check the id in the path.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is not JSON',
    meaning: 'A body is JSON, and its `Content-Type` says so.',
    whatToDo: 'Send the header "Content-Type: application/json".',
  },
  'clock-backwards': {
    status: 422,
    title: 'The clock only goes forward',
    meaning: 'The instant is before what it is here by now, and what has happened since stands.',
    whatToDo: 'Give an instant after `now`.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    meaning: 'The token, or the address that sends no known one, has sent more than it may in ten seconds.',
    whatToDo: 'Wait as long as `Retry-After` says, and send more slowly.',
  },
  internal: {
    status: 500,
    title: 'Something is wrong with the service',
    meaning: 'Nobody foresaw this: a defect. What happened is in the log of the service.',
    whatToDo: 'Send the same request again once, a command under the same key; then tell whoever runs the service.',
  },
  contention: {
    status: 503,
    title: 'The service cannot answer this now',
    meaning: 'So many commands for this account came at once, over several processes, that this one found no turn.',
    whatToDo: 'Send the same command again under the same key, after `Retry-After`.',
  },
  'store-away': {
    status: 503,
    title: 'The service cannot answer this now',
    meaning: 'The event store did not answer in time. Whether a command happened is not known yet.',
    whatToDo: 'Send the same command again under the same key: it happens once at most, and the answer is its receipt.',
  },
  'database-away': {
    status: 503,
    title: 'The service cannot answer this now',
    meaning: 'The read database cannot be reached.',
    whatToDo: 'Ask again after `Retry-After`.',
  },
  'issuer-away': {
    status: 503,
    title: 'The service cannot answer this now',
    meaning: 'The issuer of the tokens does not give its keys, so that nobody knows whether the token is good.',
    whatToDo: 'Ask again after `Retry-After`. The token of the data folder needs no issuer.',
  },
  quarantined: {
    status: 503,
    title: 'The service cannot answer this now',
    meaning: 'An event of this account cannot be read by the running version. All other accounts go on.',
    whatToDo: 'Tell whoever runs the service: `stream` and `revision` name the event.',
  },
  'no-signing-key': {
    status: 503,
    title: 'The service cannot answer this now',
    meaning: 'Evidence is signed, and the service has no key to sign with; it never makes one by itself.',
    whatToDo:
      'Make one with `ledger keys make` where the data folder is, or set LEDGER_SIGNING_KEY. No restart is needed for a file.',
  },
  'not-projected-yet': {
    status: 503,
    title: 'The service cannot answer this now',
    meaning:
      'What is read here has not come to the position that was asked for within two seconds, or is being filled for the first time.',
    whatToDo: 'Ask again after `Retry-After`; `lag` says how far it is.',
  },
  'not-ready': {
    status: 503,
    title: 'The service cannot answer this now',
    meaning: 'The service is starting, or its read database does not belong to its event store.',
    whatToDo: 'Ask again after `Retry-After`. If it stays, `detail` says what whoever runs the service does.',
  },
  stopping: {
    status: 503,
    title: 'The service cannot answer this now',
    meaning: 'This process is stopping, and takes no more.',
    whatToDo: 'Send the same request again, a command under the same key: another process answers it.',
  },
  'batch-running': {
    status: 503,
    title: 'The service cannot answer this now',
    meaning: 'The batch is being carried out.',
    whatToDo: 'Send it again when that is over: what was decided is answered, and the rest goes on.',
  },
  'earlier-item-open': {
    status: 503,
    title: 'An earlier item of this account is not decided yet',
    meaning: 'The items of an account are carried out in their order, and one before this one could not be decided.',
    whatToDo: 'Send the same batch again under the same id: it goes on where it stopped.',
  },
  'still-due': {
    status: 503,
    title: 'The service cannot answer this now',
    meaning:
      'The clock of the sandbox stands where it was told to, but not everything that is due by then has happened yet.',
    whatToDo: 'Ask for the same instant again.',
  },
  'too-busy': {
    status: 503,
    title: 'The service cannot answer this now',
    meaning: 'As many requests are being answered as this process takes at once.',
    whatToDo: 'Send the same request again after `Retry-After`, a command under the same key.',
  },
} as const satisfies { readonly [name: string]: ProblemText & { readonly status: number; readonly title: string } };

export type ProblemName = keyof typeof PROBLEMS;
