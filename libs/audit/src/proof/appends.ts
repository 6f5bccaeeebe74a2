/**
 * Which events of a stream were one append, and what made it.
 *
 * The first event of a command's append carries the command; time's appends have an id of their own each (`t:…`). So an
 * append ends where the next event has a command, or another id.
 */
import type { Command, CommandName } from '@ledger/domain';
import { bodyHash, type Decoded, type JsonObject, type Metadata, type StoredEvent } from '@ledger/event-store';

export type RecordedAppend<E extends StoredEvent> = {
  readonly first: Decoded<E>;
  readonly events: readonly Decoded<E>[];
};

export const beginsAppend = (before: Metadata | null, { commandId, command }: Metadata): boolean =>
  before === null || command !== undefined || before.commandId !== commandId;

const appendOf = <E extends StoredEvent>(events: readonly Decoded<E>[]): RecordedAppend<E> => {
  const [first] = events;
  if (!first) throw new TypeError('an append has an event');
  return { first, events };
};

/** The appends of one stream, in their order. */
export async function* appendsOf<E extends StoredEvent>(
  decoded: AsyncIterable<Decoded<E>> | Iterable<Decoded<E>>,
): AsyncGenerator<RecordedAppend<E>, void, undefined> {
  let events: Decoded<E>[] = [];
  for await (const event of decoded) {
    const before = events.at(-1)?.metadata ?? null;
    if (before !== null && beginsAppend(before, event.metadata)) {
      yield appendOf(events);
      events = [];
    }
    events.push(event);
  }
  if (events.length > 0) yield appendOf(events);
}

/** Time's own appends. */
export const isOfClock = ({ commandId }: Metadata): boolean => commandId.startsWith('t:');

const COMMANDS: Readonly<Record<CommandName, true>> = {
  OpenAccount: true,
  SetContact: true,
  EraseContact: true,
  TopUp: true,
  GrantGift: true,
  IssueVoucher: true,
  ChargeAccount: true,
  BanAccount: true,
  BlockRefunds: true,
  UnblockRefunds: true,
  CreateApp: true,
  ExtendTrial: true,
  DisableApp: true,
  EnableApp: true,
  DeleteApp: true,
  MigratePriceBook: true,
  Purchase: true,
  Renew: true,
  RenewBatch: true,
  SetRenewal: true,
  Upgrade: true,
  Refund: true,
  SetHistoryTier: true,
  RecordUsage: true,
  CorrectUsage: true,
};

/** Checked by its name and, by the caller, by its hash: the write path wrote it from a command that it had decided. */
const isCommand = (value: JsonObject): value is JsonObject & Command =>
  typeof value['do'] === 'string' && Object.hasOwn(COMMANDS, value['do']) && typeof value['accountId'] === 'string';

/** The command as it was asked, with its reason; null where none is kept, or none of ours. */
export const commandOf = ({ command, reason }: Metadata): Command | null => {
  if (command === undefined) return null;
  const asked = { do: command.name, ...command.body, ...(reason === undefined ? {} : { reason }) };
  return isCommand(asked) ? asked : null;
};

/** Whether the command is the one that was hashed when it came. A contact's is not kept in full, so it cannot be. */
export const isAsHashed = (command: Command, metadata: Metadata): boolean =>
  command.do === 'SetContact' || bodyHash(command) === metadata.bodyHash;
