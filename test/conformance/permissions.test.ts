import { afterAll, beforeAll, expect, test } from 'vitest';
import { permissionIds } from '../../src/access/permissions.ts';
import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import { kindOf, kindPermissions } from '../../src/features/user-batches/kinds/index.ts';
import type { Caller, UserCaller } from '../../src/operations/caller.ts';
import type { Input } from '../support/wire-request.ts';
import { changedTables, digestOf } from './digest.ts';
import { type House, offered, openHouse } from './house.ts';
import { allRequestsOf, requestsOf } from './requests.ts';
import { wantedFor } from './wanted-permissions.ts';

let house: House;
/** Has the one security profile below. */
let somebody: UserCaller;
let profileId: string;
let stranger: UserCaller;

beforeAll(async () => {
  house = await openHouse();
  const { world } = house;
  profileId = await world.makeSecurityProfile({});
  const userId = await world.makeUser({ username: 'somebody', securityProfileIds: [profileId] });
  somebody = { kind: 'USER', userId, username: 'somebody', instanceId: world.instance.id };
  stranger = { ...somebody, instanceId: world.otherInstance.id };
});
afterAll(() => house.close());

/** What a full request needs besides, for what it does beyond the operation itself. */
const neededBesides: Readonly<Record<string, readonly string[]>> = {
  StartUserDeletion: ['TransferDestinations.Delete'],
  // Only of contacts that one sees.
  GetContactAttributes: ['ContactSearch.View'],
  TagContact: ['ContactSearch.View'],
  UntagContact: ['ContactSearch.View'],
  PutRecording: ['ContactSearch.View'],
  GetRecording: ['ContactSearch.View'],
  DeleteRecording: ['ContactSearch.View'],
  SearchContacts: ['ContactAttributes.View'],
  SearchContactDetails: ['ContactAttributes.View', 'CallRecordings.Unredacted.Access'],
  DownloadContacts: ['ContactAttributes.View', 'CallRecordings.Unredacted.Access'],
  // Of somebody else's batch, whose names come along.
  RetryUserBatch: ['Users.View'],
};
/** Permissions for what is one's own, which what the requests name is not. */
const forOwnOnly: Readonly<Record<string, readonly string[]>> = {
  DescribeContact: ['MyContacts.View'],
  DescribeContactDetails: ['MyContacts.View'],
  ListAssociatedContacts: ['MyContacts.View'],
  UpdateSavedReport: ['MetricsReports.Edit'],
  UpdateSavedReportStatus: ['MetricsReports.Share', 'MetricsReports.Publish'],
  DeleteSavedReport: ['MetricsReports.Delete'],
};
/** A key takes quick connects along only if it may delete them, gives no other key what it does not have itself, and takes nothing from one that has it. */
const actionsBesides: Readonly<Record<string, readonly string[]>> = {
  CreateAccessKey: ['connect:*'],
  StartUserDeletion: ['connect:DeleteQuickConnect'],
  UpdateAccessKey: ['connect:DeleteUser', 'connect:List*'],
  DeleteAccessKey: ['connect:List*'],
};

async function withPermissions(permissions: readonly string[]): Promise<UserCaller> {
  const known = permissionIds.filter((id) => permissions.includes(id));
  await house.db.updateTable('security_profile').set({ permissions: known }).where('id', '=', profileId).execute();
  return somebody;
}

/** What the kind of a batch that a request names takes: of the permissions for any kind, it alone. */
async function kindPermissionOf(operation: CompiledOperation, { UserBatchId: id }: Input) {
  if (operation.operation.permission !== kindPermissions || typeof id !== 'string') return undefined;
  const { type } = await house.db
    .selectFrom('user_batch')
    .select('type')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return kindOf(type)?.permission;
}

const keyFor = (...actions: string[]): Caller => ({ kind: 'ACCESS_KEY', accessKeyId: 'TESTKEY', actions });

test.each([...offered.values()].map((operation) => [operation.operation.name, operation] as const))(
  '%s is for those who may, and for nobody else',
  async (name, operation) => {
    const { world } = house;
    const requests = await Promise.all(
      allRequestsOf(operation).map(async (request) => ({ ...request, input: await request.build(world) })),
    );
    const sent = async (caller: Caller, input: Input) => {
      const { status, code, text } = await house.sendInput(name, input, caller);
      const allowed = status === operation.http.status || (code !== null && code === requestsOf(name).refused);
      return allowed ? 'allowed' : (code ?? text);
    };

    const refused: string[] = [];
    const others = permissionIds.filter(
      (id) => !requests.some(({ input }) => wantedFor(operation, input).includes(id)),
    );
    await withPermissions(others);
    const before = await digestOf(house.db);
    for (const { kind, input } of requests) {
      const wanted = wantedFor(operation, input);
      const otherActions = [...offered.keys()].filter((other) => other !== name).map((other) => `connect:${other}`);
      refused.push(`${kind}, key without the action: ${await sent(keyFor(...otherActions), input)}`);
      refused.push(`${kind}, user of another instance: ${await sent(stranger, input)}`);
      if (wanted.length > 0) refused.push(`${kind}, user with all other permissions: ${await sent(somebody, input)}`);
    }
    expect(refused.filter((line) => !line.endsWith(': AccessDeniedException'))).toEqual([]);
    expect(changedTables(before, await digestOf(house.db)), 'tables that refused requests wrote to').toEqual([]);

    const allowed: string[] = [];
    const done = new Set<string>();
    for (const { kind, build, input } of requests) {
      const wanted = wantedFor(operation, input);
      if (wanted === 'ACCESS_KEY_ONLY') continue;
      for (const permission of wanted.length > 0 ? wanted : ['']) {
        if (done.has(permission)) continue;
        done.add(permission);
        const caller = await withPermissions([permission, ...(neededBesides[name] ?? [])]);
        // What was refused is as good as new, what was allowed may have taken away what it names.
        const next = permission === wanted[0] ? input : await build(world);
        const outcome = await sent(caller, next);
        const ofKind = await kindPermissionOf(operation, next);
        const forOthers = forOwnOnly[name]?.includes(permission) || (ofKind !== undefined && ofKind !== permission);
        const asItShould = forOthers && outcome === 'AccessDeniedException' ? 'allowed' : outcome;
        allowed.push(`${kind}, user with ${permission || 'no permission'}: ${asItShould}`);
      }
    }
    const key = keyFor(`connect:${name}`, ...(actionsBesides[name] ?? []));
    const full = await requests[0]?.build(world);
    allowed.push(`key with the action: ${await sent(key, full ?? {})}`);
    expect(allowed.filter((line) => !line.endsWith(': allowed'))).toEqual([]);
    expect(house.takeFailures()).toEqual([]);
  },
);
