import {
  tagResource,
  untagResource,
  updateHierarchy,
  updateIdentityInfo,
  updatePhoneConfig,
  updateRoutingProfile,
  updateSecurityProfiles,
} from '../../api/users.ts';
import { tagChanges } from '../../components/tag-rows.ts';
import { parts, toIdentityInfo, toPhoneConfig, type UserField, type UserFormValues } from './user-form.ts';

/** One UpdateUser* operation with the fields that it writes. */
export interface UserChange {
  /** In the words of the form: "routing profile". */
  readonly part: string;
  readonly fields: readonly UserField[];
  readonly save: () => Promise<unknown>;
}

/** The operations that turn `before` into `after`, and none for what is as it was. */
export function userChanges(
  user: { readonly id: string; readonly arn: string },
  before: UserFormValues,
  after: UserFormValues,
): UserChange[] {
  const differs = (fields: readonly UserField[]) =>
    fields.some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  const tags = tagChanges(before.tags, after.tags);
  const setsTags = Object.keys(tags.set).length > 0;
  const all: (UserChange & { readonly needed: boolean })[] = [
    {
      part: 'name and contact details',
      fields: parts.identity,
      needed: differs(parts.identity),
      save: () => updateIdentityInfo(user.id, toIdentityInfo(after)),
    },
    {
      part: 'routing profile',
      fields: ['routingProfileId'],
      needed: differs(['routingProfileId']),
      save: () => updateRoutingProfile(user.id, after.routingProfileId),
    },
    {
      part: 'security profiles',
      fields: ['securityProfileIds'],
      needed: differs(['securityProfileIds']),
      save: () => updateSecurityProfiles(user.id, after.securityProfileIds),
    },
    {
      part: 'agent hierarchy',
      fields: ['hierarchyGroupId'],
      needed: differs(['hierarchyGroupId']),
      save: () => updateHierarchy(user.id, after.hierarchyGroupId || null),
    },
    {
      part: 'agent settings',
      fields: parts.phone,
      needed: differs(parts.phone),
      save: () => updatePhoneConfig(user.id, toPhoneConfig(after)),
    },
    {
      part: 'tags',
      fields: ['tags'],
      needed: setsTags || tags.remove.length > 0,
      save: async () => {
        if (setsTags) await tagResource(user.arn, tags.set);
        if (tags.remove.length > 0) await untagResource(user.arn, tags.remove);
      },
    },
  ];
  return all.filter((change) => change.needed);
}

export interface SavedChanges {
  readonly saved: readonly string[];
  /** The first that was refused; those after it were not tried. */
  readonly failed: { readonly part: string; readonly error: unknown } | null;
  /** The form as it now stands on the server: what counts as unchanged. */
  readonly baseline: UserFormValues;
}

/** One after the other: each is a change of its own, and what is saved stays saved when a later one is refused. */
export async function saveChanges(
  changes: readonly UserChange[],
  before: UserFormValues,
  after: UserFormValues,
): Promise<SavedChanges> {
  const saved: string[] = [];
  let baseline = before;
  for (const change of changes) {
    try {
      await change.save();
    } catch (error) {
      return { saved, failed: { part: change.part, error }, baseline };
    }
    saved.push(change.part);
    baseline = { ...baseline, ...Object.fromEntries(change.fields.map((field) => [field, after[field]])) };
  }
  return { saved, failed: null, baseline };
}
