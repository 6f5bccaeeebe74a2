import type { Account } from '@ledger/domain';
import { Ledger, type Outcome, type Request } from '@ledger/event-store';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ObservedCommands } from '../observe/observed-commands.js';

/** Any command of the ledger, on its way through the bus. One shape for all: what differs between them is the domain's. */
export class ExecuteCommand extends Command<Outcome<Account>> {
  constructor(readonly request: Request) {
    super();
  }
}

@CommandHandler(ExecuteCommand)
export class ExecuteCommandHandler implements ICommandHandler<ExecuteCommand> {
  constructor(
    private readonly ledger: Ledger,
    private readonly commands: ObservedCommands,
  ) {}

  execute({ request }: ExecuteCommand): Promise<Outcome<Account>> {
    return this.commands.observe(request, () => this.ledger.execute(request));
  }
}
