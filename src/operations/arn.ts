import {
  type InnerType,
  isResourceType,
  isVersioned,
  type NamedKind,
  type ResourceType,
  wordFor,
} from '../resources/resources.ts';
import { invalidParameter, notFound } from './errors.ts';
import type { Instance } from './instance.ts';

/*
 * The one place that reads what a caller gives as an id or ARN. The runner reads every id of a request once, before
 * anything else looks at it, and hands on what it read (named-resources.ts). Nothing else takes an ARN apart: where two
 * readers differ by one character, one judges the reach of this and the other changes that.
 */

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** `arn:aws:connect:REGION:ACCOUNT:instance/ID`. */
export function instanceArn(instance: Pick<Instance, 'id' | 'region' | 'accountId'>): string {
  return `arn:aws:connect:${instance.region}:${instance.accountId}:instance/${instance.id}`;
}

/** The ARN of something inside an instance, with the tails that Connect uses (`agent`, `transfer-destination`, …). */
export function arnOf(instance: Instance, type: InnerType, id: string): string {
  return `${instanceArn(instance)}/${type}/${id}`;
}

/** The AGENT queue of a user, which has the user's id. */
export function agentQueueArn(instance: Instance, userId: string): string {
  return `${instanceArn(instance)}/queue/agent/${userId}`;
}

/** A resource that was read. `saved`: of a flow or module, what was saved last and not what is published. */
export interface Reference {
  readonly type: ResourceType | 'override';
  readonly id: string;
  readonly saved: boolean;
}

interface Arn {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly instanceId: string;
  /** Null for the instance itself. `queue/agent` is the AGENT queue of a user. */
  readonly type: string | null;
  readonly id: string;
}

/** What the ARNs of an instance begin with, whatever its Region. */
const partition = 'aws';

const arnForm =
  /^arn:([a-z-]{1,20}):connect:([a-z0-9-]{1,40}):([0-9]{1,20}):instance\/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?:\/([a-z-]{1,40}|queue\/agent)\/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}))?$/;
const longestArn = 300;

/** Null for whatever else than exactly an ARN of an instance or of something inside one, with nothing before or behind. */
function arnIn(text: string): Arn | null {
  const match = text.length > longestArn ? null : arnForm.exec(text);
  if (!match) return null;
  const [, ofPartition = '', region = '', accountId = '', instanceId = '', type = null, id = ''] = match;
  const instance = instanceId.toLowerCase();
  return {
    partition: ofPartition,
    region,
    accountId,
    instanceId: instance,
    type,
    id: type === null ? instance : id.toLowerCase(),
  };
}

const liesIn = (arn: Arn, { id, region, accountId }: Instance) =>
  arn.instanceId === id && arn.region === region && arn.accountId === accountId && arn.partition === partition;

const suffixForm = /:(\$SAVED|\$LATEST|[0-9]{1,18})$/i;

/** The text without the suffix of a version, and whether that means the saved state. */
function withoutSuffix(given: string): { readonly text: string; readonly suffix: string | null } {
  const found = suffixForm.exec(given);
  return found
    ? { text: given.slice(0, found.index), suffix: found[1]?.toUpperCase() ?? null }
    : { text: given, suffix: null };
}

/** @throws InvalidParameterException for a version */
function isSaved(suffix: string | null): boolean {
  if (suffix === null || suffix === '$SAVED') return suffix !== null;
  throw invalidParameter('Versions of flows are not kept: leave out what stands behind the id, or put :$SAVED there.');
}

/**
 * What a caller gave as an id: Connect accepts an id or an ARN everywhere. The AGENT queue of a user has an ARN of its
 * own form, and the user's id.
 * @throws InvalidParameterException when it is neither, or the ARN of another kind of resource;
 *   ResourceNotFoundException when the ARN lies in another instance, Region, account or partition.
 */
export function referenceIn(given: string, kind: NamedKind, instance: Instance): Reference {
  if (kind === 'override') {
    if (isUuid(given)) return { type: kind, id: given.toLowerCase(), saved: false };
    throw invalidParameter(`"${clip(given)}" is not the id of an override of hours of operation.`);
  }
  const { text, suffix } = isVersioned(kind) ? withoutSuffix(given) : { text: given, suffix: null };
  const id = isUuid(text) ? text.toLowerCase() : idInArn(text, kind, instance);
  if (id === null) throw unreadable(given, kind);
  return { type: kind, id, saved: isSaved(suffix) };
}

export function unreadable(given: string, kind: InnerType): Error {
  return invalidParameter(`"${clip(given)}" is neither the id nor the ARN of a ${wordFor(kind)}.`);
}

function idInArn(text: string, kind: InnerType, instance: Instance): string | null {
  const arn = arnIn(text);
  if (!arn || (arn.type !== kind && !(kind === 'queue' && arn.type === 'queue/agent'))) return null;
  if (!liesIn(arn, instance)) throw notFound(kind, arn.id);
  return arn.id;
}

/** The same, for a member that takes the ARN of any kind of resource and no id. */
export function arnReferenceIn(given: string, instance: Instance): Reference {
  const { arn, type, saved } = resourceArnIn(given);
  if (!liesIn(arn, instance)) throw notFound(type, arn.id);
  return { type, id: arn.id, saved };
}

/** Type and id in an ARN of any kind of resource. @throws InvalidParameterException for what is none */
export function resourceOf(resourceArn: string): { readonly type: ResourceType; readonly id: string } {
  const { arn, type } = resourceArnIn(resourceArn);
  return { type, id: arn.id };
}

function resourceArnIn(given: string): { readonly arn: Arn; readonly type: ResourceType; readonly saved: boolean } {
  const { text, suffix } = withoutSuffix(given);
  const arn = arnIn(text);
  if (!arn) throw invalidParameter('resourceArn is not the ARN of an instance or of a resource in one.');
  const type = arn.type ?? 'instance';
  if (!isResourceType(type)) throw invalidParameter(`Resources of the type ${type} do not carry tags.`);
  if (suffix !== null && !isVersioned(type)) {
    throw invalidParameter(`resourceArn is not the ARN of a ${wordFor(type)}: leave out what stands behind the id.`);
  }
  return { arn, type, saved: isSaved(suffix) };
}

/** Where an instance is by what was given: an id says nothing of its Region and account. */
export interface InstanceReference {
  readonly id: string;
  readonly place: { readonly region: string; readonly accountId: string; readonly partition: string } | null;
}

/** The instance that an id or ARN names. @throws InvalidParameterException for neither */
export function instanceIn(given: string): InstanceReference {
  if (isUuid(given)) return { id: given.toLowerCase(), place: null };
  const arn = arnIn(given);
  if (!arn || arn.type !== null) {
    throw invalidParameter(`"${clip(given)}" is neither the id nor the ARN of an instance.`);
  }
  return { id: arn.instanceId, place: arn };
}

/** The instance in the ARN of something inside it. @throws InvalidParameterException for what is none */
export function instanceAround(resourceArn: string): InstanceReference {
  const { arn } = resourceArnIn(resourceArn);
  return { id: arn.instanceId, place: arn };
}

/** Whether an ARN of an instance that was read says that it is this one. */
export function isPlaceOf({ place }: InstanceReference, { region, accountId }: Instance): boolean {
  return place === null || (place.region === region && place.accountId === accountId && place.partition === partition);
}

/** What was read, as text for whoever takes it from the request's input: an id, `:$SAVED` behind it where it counts. */
export function handedOn({ id, saved }: Reference): string {
  return saved ? `${id}:$SAVED` : id;
}

/** What `handedOn` wrote. */
export function takenOver(text: string): { readonly id: string; readonly saved: boolean } {
  const { text: id, suffix } = withoutSuffix(text);
  return { id, saved: suffix === '$SAVED' };
}

/** Phone numbers are not in an instance, and there are none here: one is kept as it was given if it can be one. */
const phoneNumberArn =
  /^arn:[a-z-]{1,20}:connect:[a-z0-9-]{1,40}:[0-9]{1,20}:phone-number\/[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

export const isPhoneNumber = (given: string): boolean => isUuid(given) || phoneNumberArn.test(given);

const clip = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text);
