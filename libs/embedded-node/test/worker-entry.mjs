// The thread of `startEmbeddedNodeInWorker`, from source.
import './ts-source.mjs';

await import('../src/worker-entry.ts');
