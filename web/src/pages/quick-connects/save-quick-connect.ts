import {
  createQuickConnect,
  setQueueOffers,
  updateQuickConnectConfig,
  updateQuickConnectName,
} from '../../api/quick-connects.ts';
import { type QuickConnectValues, queueChanges, toConfig } from './quick-connect-form.ts';

/**
 * Saves a new quick connect (`id` null) or the differences of one that is there, then the queues. Answers the id and, when
 * a queue refused, what it said: the quick connect itself is saved then.
 */
export async function saveQuickConnect(
  id: string | null,
  before: QuickConnectValues,
  after: QuickConnectValues,
): Promise<{ id: string; queueErrors: unknown[] }> {
  const saved = id === null ? await create(after) : await update(id, before, after);
  const queueErrors: unknown[] = [];
  for (const { queueId, offered } of queueChanges(before.offeredIn, after.offeredIn)) {
    await setQueueOffers(queueId, saved, offered).catch((error: unknown) => queueErrors.push(error));
  }
  return { id: saved, queueErrors };
}

async function create(values: QuickConnectValues): Promise<string> {
  const description = values.description.trim();
  const made = await createQuickConnect({
    Name: values.name.trim(),
    ...(description !== '' && { Description: description }),
    QuickConnectConfig: toConfig(values),
  });
  return made.QuickConnectId ?? '';
}

async function update(id: string, before: QuickConnectValues, after: QuickConnectValues): Promise<string> {
  if (JSON.stringify(toConfig(before)) !== JSON.stringify(toConfig(after))) {
    await updateQuickConnectConfig(id, toConfig(after));
  }
  if (before.name !== after.name || before.description !== after.description) {
    await updateQuickConnectName(id, { Name: after.name.trim(), Description: after.description.trim() });
  }
  return id;
}
