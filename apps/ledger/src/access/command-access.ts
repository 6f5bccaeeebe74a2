import type { Command } from '@ledger/domain';
import { Ledger, type Actor } from '@ledger/event-store';
import { Injectable } from '@nestjs/common';
import type { Role } from '../http/roles.js';
import { COMMAND_ROLES } from './command-roles.js';
import { wrongAccount, wrongRole } from './forbidden.js';
import { mayTouch, roleFor, type Principal } from './principal.js';

const ALLOWED: ReadonlyMap<string, readonly Role[]> = new Map(Object.entries(COMMAND_ROLES));

/** Whether somebody may send a command. One who may not is told so, and it is recorded who asked for what. */
@Injectable()
export class CommandAccess {
  constructor(private readonly ledger: Ledger) {}

  /** The actor who is named in the events. Throws a `Problem` when the caller may not. */
  actorFor(caller: Principal, command: Command, commandId: string): Actor {
    const role = roleFor(caller, COMMAND_ROLES[command.do]);
    if (role !== null && mayTouch(caller, command.accountId)) return { subject: caller.subject, role };
    const actor = { subject: caller.subject, role: caller.roles.join(' ') };
    this.ledger.recordForbidden({ commandId, command, actor }, 'Forbidden');
    this.mayAsk(caller, command.do);
    throw wrongAccount();
  }

  /** Before a body is looked at: who may not send the command at all need not know what is wrong with it. */
  mayAsk(caller: Principal, name: string): void {
    const allowed = ALLOWED.get(name) ?? [];
    if (roleFor(caller, allowed) === null) throw wrongRole(caller, `send ${name}`, allowed);
  }
}
