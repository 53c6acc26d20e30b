import type { Instance } from '../features/instances/types.ts';
import type { ResourceType } from './define-operation.ts';
import { invalidParameter, notFound } from './errors.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What people call a resource type, for messages. */
const kinds: Record<ResourceType, string> = {
  instance: 'instance',
  agent: 'user',
  'agent-group': 'hierarchy group',
  'agent-group-level': 'hierarchy level',
  'agent-state': 'agent status',
  'security-profile': 'security profile',
  'routing-profile': 'routing profile',
  queue: 'queue',
  'transfer-destination': 'quick connect',
  'contact-flow': 'flow',
  'flow-module': 'flow module',
  'operating-hours': 'hours of operation',
  'predefined-attribute': 'predefined attribute',
  'user-batch': 'user batch',
  'access-key': 'access key',
};

export function kindOf(type: ResourceType): string {
  return kinds[type];
}

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** `arn:aws:connect:REGION:ACCOUNT:instance/ID`. */
export function instanceArn(instance: Pick<Instance, 'id' | 'region' | 'accountId'>): string {
  return `arn:aws:connect:${instance.region}:${instance.accountId}:instance/${instance.id}`;
}

/** The ARN of something inside an instance, with the tails that Connect uses (`agent`, `transfer-destination`, …). */
export function arnOf(instance: Instance, type: Exclude<ResourceType, 'instance'>, id: string): string {
  return `${instanceArn(instance)}/${type}/${id}`;
}

/** The AGENT queue of a user, which has the user's id. */
export function agentQueueArn(instance: Instance, userId: string): string {
  return `${instanceArn(instance)}/queue/agent/${userId}`;
}

export interface ParsedArn {
  readonly region: string;
  readonly accountId: string;
  readonly instanceId: string;
  /** Null for the ARN of the instance itself. */
  readonly resource: { readonly type: string; readonly id: string } | null;
}

/** Null when it is not the ARN of a Connect instance or of something inside one. */
export function parseArn(text: string): ParsedArn | null {
  const match = /^arn:aws[a-z-]*:connect:([a-z0-9-]+):(\d{1,20}):instance\/([^/]+)(?:\/(.+)\/([^/]+))?$/.exec(text);
  if (!match) return null;
  const [, region = '', accountId = '', instanceId = '', type, id] = match;
  if (!isUuid(instanceId) || (id !== undefined && !isUuid(id.split(':')[0] ?? ''))) return null;
  return {
    region,
    accountId,
    instanceId: instanceId.toLowerCase(),
    resource: type && id ? { type, id: id.toLowerCase() } : null,
  };
}

/**
 * The id in what a caller gave as an id: Connect accepts an id or an ARN everywhere.
 * @throws InvalidParameterException when it is neither, or the ARN of another kind of resource;
 *   ResourceNotFoundException when the ARN lies in another instance, Region or account.
 */
export function idIn(given: string, type: Exclude<ResourceType, 'instance'>, instance: Instance): string {
  if (isUuid(given)) return given.toLowerCase();
  const arn = parseArn(given);
  if (!arn?.resource || arn.resource.type !== type || !isUuid(arn.resource.id)) {
    throw invalidParameter(`"${clip(given)}" is neither the id nor the ARN of a ${kinds[type]}.`);
  }
  const { id, region, accountId } = instance;
  if (arn.instanceId !== id || arn.region !== region || arn.accountId !== accountId) {
    throw notFound(kinds[type], arn.resource.id);
  }
  return arn.resource.id;
}

/** The instance id in an id or ARN, and where an ARN says that it is. @throws InvalidParameterException for neither. */
export function instanceIdIn(given: string): { id: string; region: string | null; accountId: string | null } {
  if (isUuid(given)) return { id: given.toLowerCase(), region: null, accountId: null };
  const arn = parseArn(given);
  if (!arn || arn.resource) throw invalidParameter(`"${clip(given)}" is neither the id nor the ARN of an instance.`);
  return { id: arn.instanceId, region: arn.region, accountId: arn.accountId };
}

const clip = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text);
