/** A call without an end of its own. */
export type OpenCall = { readonly stop: () => void };

/** The calls that a stopping node has to end, because their clients would keep them open. */
export class OpenCalls {
  private readonly calls = new Set<OpenCall>();
  private stopped = false;

  /** Until the function returned is called. Who comes too late is stopped at once. */
  add(call: OpenCall): () => void {
    this.calls.add(call);
    if (this.stopped) call.stop();
    return () => this.calls.delete(call);
  }

  stop(): void {
    this.stopped = true;
    for (const call of this.calls) call.stop();
  }
}
