import type { Change, ResourceType } from './define-operation.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Written {
  readonly output: object;
  readonly changes: readonly Change[];
}

/** What a write answers that changed one thing of a resource; null details: all was so already. */
export function updated(
  resourceType: ResourceType,
  { id, name }: Named,
  details: Readonly<Record<string, unknown>> | null,
): Written {
  if (!details) return { output: {}, changes: [] };
  return {
    output: {},
    changes: [{ change: 'UPDATED', resourceType, resourceId: id, resourceName: name, details }],
  };
}

/** What a write answers that deleted a resource. */
export function deleted(resourceType: ResourceType, { id, name }: Named): Written {
  return { output: {}, changes: [{ change: 'DELETED', resourceType, resourceId: id, resourceName: name }] };
}
