import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** What takes long ends with it, so that the service can stop. */
@Injectable()
export class Ending implements OnModuleDestroy {
  readonly #end = new AbortController();

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  onModuleDestroy(): void {
    this.#end.abort();
  }
}
