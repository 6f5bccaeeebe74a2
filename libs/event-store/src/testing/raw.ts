/** Events as somebody else might have written them. */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../json.js';
import type { NewEvent } from '../port.js';

export const raw = (type: string, data: JsonObject, metadata: JsonObject = {}): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: { schema: 1, commandId: 'x', recordedAt: '2024-08-01T02:00:00.000Z', chain: '', ...metadata },
});
