import type { InputOf } from '../../operations/connect-types.ts';
import { invalidRequest, type OperationError } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';

/** Connect takes a minute or two for each, which clients have to wait for; here they only have to notice. */
export const creationMs = 1000;
export const deletionMs = 1000;

/**
 * Refuses an instance whose alias and directory do not go with how its people sign in (API Reference, CreateInstance).
 * An alias beside a directory is taken, as the name of the website's sign-in. @throws InvalidRequestException
 */
export function checkNewInstance(input: InputOf<'CreateInstance'>): void {
  if (input.IdentityManagementType === 'EXISTING_DIRECTORY') {
    if (input.DirectoryId === undefined) {
      throw invalidRequest('DirectoryId is required: IdentityManagementType is EXISTING_DIRECTORY.');
    }
    return;
  }
  if (input.InstanceAlias === undefined) throw invalidRequest('InstanceAlias is required.');
  if (input.DirectoryId !== undefined) {
    throw invalidRequest('DirectoryId must be left out: IdentityManagementType is not EXISTING_DIRECTORY.');
  }
}

/** Without the alias: the model calls it sensitive. */
export function aliasTaken(): OperationError {
  return invalidRequest('The instance alias is already used. Choose another InstanceAlias.');
}

/**
 * Every attribute with what a new instance has, in the model's order. Calls are columns of their own, which
 * CreateInstance sets. The defaults are those that Terraform's provider documents; the others are off until asked for.
 */
const attributeDefaults = {
  INBOUND_CALLS: true,
  OUTBOUND_CALLS: true,
  CONTACTFLOW_LOGS: false,
  CONTACT_LENS: true,
  AUTO_RESOLVE_BEST_VOICES: true,
  USE_CUSTOM_TTS_VOICES: false,
  EARLY_MEDIA: true,
  MULTI_PARTY_CONFERENCE: false,
  HIGH_VOLUME_OUTBOUND: false,
  ENHANCED_CONTACT_MONITORING: false,
  ENHANCED_CHAT_MONITORING: false,
  MULTI_PARTY_CHAT_CONFERENCE: false,
  MESSAGE_STREAMING: false,
} as const satisfies Record<InputOf<'UpdateInstanceAttribute'>['AttributeType'], boolean>;

/** What every instance has. */
export const attributeTypes: readonly string[] = Object.keys(attributeDefaults);

/** Behind them what somebody has set that the SDK does not know yet, such as AUTOMATED_INTERACTION_LOG. */
export function attributeTypesOf({ attributes }: Instance): string[] {
  const further = Object.keys(attributes).filter((type) => !attributeTypes.includes(type));
  return [...attributeTypes, ...further.sort()];
}

/** Undefined for what neither every instance has nor somebody has set. */
export function attributeOf(instance: Instance, type: string): boolean | undefined {
  switch (type) {
    case 'INBOUND_CALLS':
      return instance.inboundCallsEnabled;
    case 'OUTBOUND_CALLS':
      return instance.outboundCallsEnabled;
    default:
      return instance.attributes[type] ?? Object.entries(attributeDefaults).find(([known]) => known === type)?.[1];
  }
}

/** For the audit. */
export const snapshotOf = (instance: Instance) => ({
  IdentityManagementType: instance.identityManagementType,
  DirectoryId: instance.directoryId,
  InboundCallsEnabled: instance.inboundCallsEnabled,
  OutboundCallsEnabled: instance.outboundCallsEnabled,
  Tags: instance.tags,
});
