import type { ServerWritableStream } from '@grpc/grpc-js';
import { asCallError } from './errors.js';

/**
 * The server's end of a Read call: sends answers no faster than the client takes them, and wakes its reader when
 * there is room, when the log has grown, or when the client is gone.
 */
export class Outlet {
  private readonly call: ServerWritableStream<Buffer, Buffer>;
  private blocked = false;
  private open = true;
  private wake: (() => void) | undefined;

  constructor(call: ServerWritableStream<Buffer, Buffer>) {
    this.call = call;
    call.on('drain', () => {
      this.blocked = false;
      this.ring();
    });
    call.on('cancelled', () => this.shut());
    call.on('close', () => this.shut());
  }

  send(response: Buffer): void {
    if (this.open) this.blocked = !this.call.write(response);
  }

  /** Whether there is room for more; resolves to false when nobody listens any longer. */
  async ready(): Promise<boolean> {
    while (this.open && this.blocked) await this.rung();
    return this.open;
  }

  /** The next ring of the bell. A reader asks for it only after it has found nothing to do, in the same turn. */
  rung(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  ring(): void {
    const wake = this.wake;
    this.wake = undefined;
    wake?.();
  }

  end(): void {
    if (!this.open) return;
    this.shut();
    this.call.end();
  }

  fail(error: unknown): void {
    if (!this.open) return;
    this.shut();
    this.call.emit('error', asCallError(error));
  }

  private shut(): void {
    this.open = false;
    this.ring();
  }
}
