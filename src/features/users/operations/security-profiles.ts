import type { PermissionId } from '../../../access/permissions.ts';
import type { Tx } from '../../../database/db.ts';
import { isUuid } from '../../../operations/arn.ts';
import { type Constraints, instanceId, items, length, oneOf, pageOf } from '../../../operations/constraints.ts';
import { defineRead, defineWrite, type InstanceContext } from '../../../operations/define-operation.ts';
import { invalidParameter, invalidRequest, notFound } from '../../../operations/errors.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
import { keepPresent } from '../../../operations/present.ts';
import { lockInstance } from '../../instances/store.ts';
import { lastAdministrator, unadministered } from '../administrators.ts';
import { changeUser } from '../change-user.ts';
import { findUser } from '../store.ts';

/**
 * Whoever may edit users may give anybody any security profile, as in Connect (Admin guide, best practices);
 * Users.EditPermission allows this alone.
 */
const edits: readonly PermissionId[] = ['Users.Edit', 'Users.EditPermission'];
const keepsAdministrators =
  'A signed-in user cannot take the permissions of the last user who can administer users, or edit every security profile.';
const most = 10;

/** Gives a user the profiles that `wanted` answers, from those that they have and those that the request names. */
async function change(
  context: InstanceContext<Tx>,
  id: string,
  profiles: () => Promise<string[]>,
  wanted: (current: readonly string[], named: readonly string[]) => string[],
) {
  const { db, instance, caller } = context;
  // Access keys are account-level: what protects an instance's own people from each other does not bind them.
  const guarded = caller.kind === 'USER';
  if (guarded) await lockInstance(db, instance.id);
  const before = guarded ? await unadministered(db, instance) : [];
  const named = await profiles();
  const result = await changeUser(context, id, (user) => ({
    securityProfileIds: wanted(user.securityProfileIds, named),
  }));
  const lost = guarded ? (await unadministered(db, instance)).find((kind) => !before.includes(kind)) : undefined;
  if (lost) throw invalidRequest(lastAdministrator(lost));
  return result;
}

export const updateUserSecurityProfiles = defineWrite('UpdateUserSecurityProfiles', {
  permission: edits,
  constraints: { ...instanceId, UserId: length(1, 256), SecurityProfileIds: items(1, most) },
  approximate: keepsAdministrators,
  handler: (context, input) =>
    change(
      context,
      input.UserId,
      () => kept(context, input.SecurityProfileIds),
      (_, named) => [...named],
    ),
});

const entity = {
  ...instanceId,
  EntityArn: length(1, null),
  EntityType: oneOf('USER', 'AI_AGENT'),
} satisfies Constraints;
const usersOnly = 'For users alone. Amazon Connect has it for AI agents alone, of which there are none here.';

/** The user whom the request is about. @throws InvalidParameterException */
function userIn(input: { readonly EntityType: string; readonly EntityArn: string }): string {
  if (input.EntityType !== 'USER') {
    throw invalidParameter('EntityType must be USER: there are no AI agents in this instance.');
  }
  return input.EntityArn;
}

/** The profiles that a request names: they exist, and stay. @throws ResourceNotFoundException */
async function profilesIn(
  context: InstanceContext<Tx>,
  given: readonly { readonly Id?: string | undefined }[],
): Promise<string[]> {
  const named = given.map(({ Id }) => {
    if (Id === undefined) throw invalidParameter('SecurityProfiles: each needs an Id.');
    return Id;
  });
  return kept(context, named);
}

/** Each once, in the order given. */
async function kept({ db, instance }: InstanceContext<Tx>, ids: readonly string[]): Promise<string[]> {
  await keepPresent(db, instance, 'security-profile', ids);
  return [...new Set(ids)];
}

/** What the user has already stays in its place. */
export const associateSecurityProfiles = defineWrite('AssociateSecurityProfiles', {
  permission: edits,
  constraints: { ...entity, SecurityProfiles: items(1, most) },
  approximate: usersOnly,
  handler: async (context, input) => {
    const id = userIn(input);
    const named = () => profilesIn(context, input.SecurityProfiles);
    return change(context, id, named, (current, added) => {
      const all = [...new Set([...current, ...added])];
      if (all.length <= most) return all;
      throw invalidRequest(`The user would have ${all.length} security profiles; ${most} are allowed.`);
    });
  },
});

/** What the user does not have is not minded. */
export const disassociateSecurityProfiles = defineWrite('DisassociateSecurityProfiles', {
  permission: edits,
  constraints: { ...entity, SecurityProfiles: items(1, most) },
  approximate: `${usersOnly} ${keepsAdministrators}`,
  handler: async (context, input) => {
    const id = userIn(input);
    const named = () => profilesIn(context, input.SecurityProfiles);
    return change(context, id, named, (current, removed) => {
      const left = current.filter((profile) => !removed.includes(profile));
      if (left.length > 0) return left;
      throw invalidRequest('A user needs one security profile at least. Associate another one first.');
    });
  },
});

const token = 'entity-security-profiles';

export const listEntitySecurityProfiles = defineRead('ListEntitySecurityProfiles', {
  permission: ['Users.View', ...edits],
  constraints: { ...entity, ...pageOf(100), NextToken: length(1, 2500) },
  approximate: usersOnly,
  handler: async (context, input) => {
    const [after] = decodeToken(token, input.NextToken, 1) ?? [''];
    if (typeof after !== 'string' || (after !== '' && !isUuid(after))) throw unusableToken();
    const id = userIn(input);
    const user = await findUser(context.db, context.instance.id, id);
    if (!user) throw notFound('agent', id);
    // In the order of ids, for the others may change from page to page.
    const behind = user.securityProfileIds.filter((profile) => profile > after).toSorted();
    const { rows, nextToken } = pageOfRows(behind, input.MaxResults ?? 100, token, (profile) => [profile]);
    return { SecurityProfiles: rows.map((Id) => ({ Id })), NextToken: nextToken };
  },
});
