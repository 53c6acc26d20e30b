import type { Change } from '../../../operations/define-operation.ts';

type RoutingResource = 'routing-profile' | 'queue' | 'operating-hours';

/** The answer of a write that changed one thing of a resource; null details: all was so already. */
export function updated(
  resourceType: RoutingResource,
  { id, name }: { readonly id: string; readonly name: string },
  details: Readonly<Record<string, unknown>> | null,
): { output: object; changes: Change[] } {
  if (!details) return { output: {}, changes: [] };
  return {
    output: {},
    changes: [{ change: 'UPDATED', resourceType, resourceId: id, resourceName: name, details }],
  };
}

export function deleted(
  resourceType: RoutingResource,
  { id, name }: { readonly id: string; readonly name: string },
): { output: object; changes: Change[] } {
  return { output: {}, changes: [{ change: 'DELETED', resourceType, resourceId: id, resourceName: name }] };
}
