export { startEmbeddedNodeInWorker } from './in-worker.js';
export { type EmbeddedNode, type EmbeddedNodeOptions, startEmbeddedNode } from './node.js';
