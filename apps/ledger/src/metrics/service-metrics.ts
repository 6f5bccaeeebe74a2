/** What the service counts of its own work. docs/operations.md says what each figure means and when to act. */
import type { AppendResult } from '@ledger/event-store';
import { Counter, Histogram, type Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export class ServiceMetrics {
  readonly #commands;
  readonly #commandSeconds;
  readonly #refusals;
  readonly #appendSeconds;
  readonly #retries;
  readonly #batchSeconds;
  readonly #projected;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#commands = new Counter({
      name: 'ledger_commands_total',
      help: 'Commands by name and by what became of them.',
      labelNames: ['command', 'outcome'],
      registers,
    });
    this.#commandSeconds = new Histogram({
      name: 'ledger_command_seconds',
      help: 'From a command at the ledger to its outcome, its turn and its retries included.',
      labelNames: ['outcome'],
      buckets: SECONDS,
      registers,
    });
    this.#refusals = new Counter({
      name: 'ledger_refusals_total',
      help: 'Commands that the rules refused, by the name of the refusal.',
      labelNames: ['refusal'],
      registers,
    });
    this.#appendSeconds = new Histogram({
      name: 'ledger_append_seconds',
      help: 'One append to the event store and its answer.',
      labelNames: ['outcome'],
      buckets: SECONDS,
      registers,
    });
    this.#retries = new Counter({
      name: 'ledger_append_retries_total',
      help: 'Appends that had to be followed by another: somebody else wrote first, or the answer said nothing.',
      labelNames: ['cause'],
      registers,
    });
    this.#batchSeconds = new Histogram({
      name: 'ledger_projection_batch_seconds',
      help: 'The rows of one batch of events, with their checkpoint.',
      buckets: SECONDS,
      registers,
    });
    this.#projected = new Counter({
      name: 'ledger_projected_events_total',
      help: 'Events whose rows the projector has written.',
      registers,
    });
  }

  command(command: string, outcome: string, seconds: number): void {
    this.#commands.inc({ command, outcome });
    this.#commandSeconds.observe({ outcome }, seconds);
  }

  refused(refusal: string): void {
    this.#refusals.inc({ refusal });
  }

  append(outcome: AppendResult['kind'], seconds: number): void {
    this.#appendSeconds.observe({ outcome }, seconds);
    if (outcome === 'wrong-expected') this.#retries.inc({ cause: 'conflict' });
    if (outcome === 'unclear') this.#retries.inc({ cause: 'unclear' });
  }

  projected(events: number, seconds: number): void {
    this.#batchSeconds.observe(seconds);
    this.#projected.inc(events);
  }
}
