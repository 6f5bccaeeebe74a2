import type { Projector } from '@ledger/read-models';
import type { Log } from './log.js';

const LOOK_MS = 1000;

/** Says when the projector begins to wait, why, and when it goes on. Answers how to end it. */
export const logProjector = (projector: Projector, log: Log): (() => void) => {
  let said = '';
  const look = (): void => {
    const { status } = projector;
    if (status.state === said) return;
    said = status.state;
    const isWrong = status.state === 'waiting' || status.state === 'stopped';
    log[isWrong ? 'warn' : 'info'](status, 'projector');
  };
  const looking = setInterval(look, LOOK_MS);
  looking.unref();
  return () => clearInterval(looking);
};
