import { isPermissionId } from '../../access/permissions.ts';
import type { Tx } from '../../database/db.ts';
import type { InputOf } from '../../operations/connect-types.ts';
import { type Constraints, items, length, oneOf, pattern } from '../../operations/constraints.ts';
import { invalidParameter } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { keepPresent } from '../../operations/present.ts';
import { restrictableNames } from '../../resources/resources.ts';
import type { SecurityProfileSettings } from './types.ts';

/** The members that CreateSecurityProfile and UpdateSecurityProfile have in common. */
type Given = Partial<Pick<InputOf<'UpdateSecurityProfile'>, keyof SecurityProfileSettings>>;

export const settingsConstraints = {
  Description: length(0, 250),
  Permissions: items(0, 500),
  'Permissions[]': length(1, 128),
  AllowedAccessControlTags: items(0, 4),
  'AllowedAccessControlTags{key}': length(1, 128),
  'AllowedAccessControlTags{value}': length(0, 256),
  TagRestrictedResources: items(0, 10),
  'TagRestrictedResources[]': oneOf(...restrictableNames),
  // API Reference: the only name that is taken.
  'HierarchyRestrictedResources[]': oneOf('User'),
  Applications: items(0, 10),
  'Application.Namespace': length(1, 128),
  'Application.ApplicationPermissions': items(1, 50),
  'Application.ApplicationPermissions[]': length(1, 128),
  AllowedFlowModules: items(0, 10),
  'FlowModule.FlowModuleId': length(1, 128),
  AllowedAIAgents: items(0, 10),
  'PrimaryAttributeAccessControlConfigurationItem.PrimaryAttributeValues': items(0, 5),
  'PrimaryAttributeValue.AttributeName': {
    length: [1, 127],
    ...pattern(
      // The model's characters, which it writes as codes: tab, line feed, carriage return, and Latin-1's printable ones.
      /^(?!aws:|connect:)[\t\n\r -~¡-ÿ]+$/,
      'a name of printable Latin characters that does not begin with aws: or connect:',
    ),
  },
  'PrimaryAttributeValue.Values': items(0, 2),
  'PrimaryAttributeValue.Values[]': pattern(/^[\t\n\r -~¡-ÿ]+$/, 'text of printable Latin characters'),
} satisfies Constraints;

/**
 * What a request sets; a member that it leaves out is not in the answer. A list or a map replaces the old one, and an
 * empty one takes it away, as an empty text does. The hierarchy group is kept from being deleted until the end.
 * @throws InvalidParameterException, ResourceNotFoundException
 */
export async function settingsIn(tx: Tx, instance: Instance, given: Given): Promise<Partial<SecurityProfileSettings>> {
  const unknown = given.Permissions?.find((permission) => !isPermissionId(permission));
  if (unknown !== undefined) {
    throw invalidParameter(`Permissions: there is no permission "${unknown}" that a security profile could have.`);
  }
  const settings: Record<string, unknown> = {};
  const set = <M extends keyof SecurityProfileSettings>(member: M, value: SecurityProfileSettings[M] | undefined) => {
    if (value !== undefined) settings[member] = value;
  };
  set('Description', orNull(given.Description));
  set('Permissions', given.Permissions && [...new Set(given.Permissions)]);
  const tags = given.AllowedAccessControlTags;
  set('AllowedAccessControlTags', tags && (Object.keys(tags).length > 0 ? { ...tags } : null));
  set('TagRestrictedResources', orNull(given.TagRestrictedResources && [...new Set(given.TagRestrictedResources)]));
  set(
    'HierarchyRestrictedResources',
    orNull(given.HierarchyRestrictedResources && [...new Set(given.HierarchyRestrictedResources)]),
  );
  const group = orNull(given.AllowedAccessControlHierarchyGroupId);
  if (group) await keepPresent(tx, instance, 'agent-group', [group]);
  set('AllowedAccessControlHierarchyGroupId', group);
  set('Applications', orNull(given.Applications));
  set('AllowedFlowModules', orNull(given.AllowedFlowModules));
  set('AllowedAIAgents', orNull(given.AllowedAIAgents));
  set('GranularAccessControlConfiguration', given.GranularAccessControlConfiguration);
  return settings;
}

/** Null for what is empty. */
function orNull<T extends { readonly length: number }>(value: T | undefined): T | null | undefined {
  return value?.length === 0 ? null : value;
}
