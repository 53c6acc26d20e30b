import type { Api } from '../support/api.ts';
import { type InputOf, type OperationName, operationOf } from '../support/operations.ts';
import { membersOf } from '../support/wire-request.ts';
import { type Act, type History, type Intent, type Resource, type Selection, text, type Verb } from './history.ts';

/** Where the server is, and whether something is being killed. */
export interface Stage {
  /** Waits while there is no server. */
  call(): Promise<Api>;
  readonly disturbed: boolean;
  /** How often it began to be disturbed. */
  readonly disturbances: number;
}

/** What all clients know in common. */
export interface World {
  readonly history: History;
  readonly instanceId: string;
  readonly routingProfileIds: readonly string[];
  readonly hierarchyGroupIds: readonly string[];
  readonly agentProfileId: string;
  readonly contactFlowId: string;
  /** Who exists as far as is known, deleted ones included. */
  readonly users: { readonly id: string; readonly username: string }[];
  readonly quickConnects: string[];
  readonly profiles: string[];
  readonly batches: string[];
  /** Ids whose end has been acknowledged. */
  readonly gone: Set<string>;
  readonly starts: Start[];
  /** The last number that was given out: to the beginning or end of an act, or to a name. */
  counter: number;
}

export interface Start {
  readonly selection: Selection;
  readonly quickConnects?: 'DELETE' | 'KEEP';
  readonly token?: string | undefined;
  readonly expected?: number | undefined;
}

/** All are in the one instance. */
type Given<Name extends OperationName> = Omit<InputOf<Name>, 'InstanceId'>;

export type Acts = ReturnType<typeof actsOf>;

/** Each act through the API, written into the history with what was answered. None of them throws. */
export function actsOf(world: World, stage: Stage) {
  const { instanceId, contactFlowId } = world;
  const number = () => ++world.counter;

  /** `made` is the member of the answer that names what was made. */
  async function act<Name extends OperationName>(
    operation: Name,
    given: Given<Name>,
    intent: Intent,
    made?: string,
  ): Promise<Act> {
    const call = await stage.call();
    const began = number();
    const { disturbances } = stage;
    const disturbedBefore = stage.disturbed;
    const record = (outcome: Act['outcome'], answer: string, more: Partial<Act> = {}): Act => {
      const disturbed = disturbedBefore || stage.disturbances !== disturbances;
      const done: Act = {
        began,
        ended: number(),
        operation,
        intent,
        outcome,
        answer,
        requestId: null,
        id: null,
        count: null,
        disturbed,
        ...more,
      };
      world.history.acts.push(done);
      return done;
    };
    try {
      const inInstance = membersOf(operationOf(operation)).some(({ name }) => name === 'InstanceId');
      const input = { ...(inInstance && { InstanceId: instanceId }), ...given };
      const answered = await call(operation, input as InputOf<Name>);
      const { status, headers } = answered;
      const body = answered.body as Readonly<Record<string, unknown>>;
      const requestId = headers.get('x-amzn-requestid');
      const id = made ? String(body[made] ?? '') || null : null;
      const count = typeof body.RequestedCount === 'number' ? body.RequestedCount : null;
      const answer = `${status} ${headers.get('x-amzn-errortype') ?? ''} ${status < 300 ? '' : JSON.stringify(body)}`;
      if (status < 300) return record('ACKNOWLEDGED', answer, { requestId, id, count });
      // The one refusal that says that it may have been done.
      const unclear = status >= 500 || answer.includes('it is not known whether');
      return record(unclear ? 'UNCLEAR' : 'REFUSED', answer, { requestId });
    } catch (error) {
      const code = codeOf(error);
      // Nobody listened, so nothing was sent.
      return record(code === 'ECONNREFUSED' ? 'REFUSED' : 'UNCLEAR', code);
    }
  }

  const arn = (resource: Resource, id: string) =>
    `arn:aws:connect:us-east-1:123456789012:instance/${instanceId}/${resource}/${id}`;
  const identityOf = (n: number) => ({
    FirstName: `First${n}`,
    LastName: `Last${n}`,
    Email: `e${n}@example.com`,
    SecondaryEmail: `s${n}@example.org`,
    Mobile: `+1206${String(n).padStart(8, '0')}`,
  });
  const marksOf = (n: number) => ({ Mark: `m${n}`, Twin: `t${n}` });
  const ended = (id: string, done: Act) => {
    if (done.outcome === 'ACKNOWLEDGED') world.gone.add(id);
    return done;
  };
  const change = <Name extends OperationName>(
    operation: Name,
    given: Given<Name>,
    resource: Resource,
    id: string,
    register: string,
    value: string,
    mayBeSo = false,
  ) => act(operation, given, { kind: 'CHANGE', resource, id, register, value, mayBeSo });

  return {
    async createUser(profileIds: readonly string[], routingProfileId: string, username = `made-${number()}`) {
      const n = number();
      const identity = identityOf(n);
      const body = {
        Username: username,
        Password: 'Made-Password-1',
        IdentityInfo: identity,
        PhoneConfig: { PhoneType: 'DESK_PHONE' as const, DeskPhoneNumber: `+1555${String(n).padStart(8, '0')}` },
        SecurityProfileIds: profileIds,
        RoutingProfileId: routingProfileId,
        Tags: { ...marksOf(n), Team: 'North' },
      };
      const done = await act(
        'CreateUser',
        body,
        {
          kind: 'CREATE',
          resource: 'agent',
          name: username,
          state: {
            identity: text(...Object.values(identity)),
            phone: text('DESK_PHONE', body.PhoneConfig.DeskPhoneNumber, 0),
            profiles: text(...profileIds),
            routing: text(routingProfileId),
            hierarchy: text(null),
            marks: text(...Object.values(marksOf(n))),
          },
        },
        'UserId',
      );
      if (done.id) world.users.push({ id: done.id, username });
      return done;
    },
    updateIdentity(id: string) {
      const identity = identityOf(number());
      return change(
        'UpdateUserIdentityInfo',
        { UserId: id, IdentityInfo: identity },
        'agent',
        id,
        'identity',
        text(...Object.values(identity)),
      );
    },
    updatePhone(id: string) {
      const n = number();
      const phone = {
        PhoneType: 'DESK_PHONE' as const,
        DeskPhoneNumber: `+1555${String(n).padStart(8, '0')}`,
        AfterContactWorkTimeLimit: n % 1000,
      };
      return change(
        'UpdateUserPhoneConfig',
        { UserId: id, PhoneConfig: phone },
        'agent',
        id,
        'phone',
        text(...Object.values(phone)),
      );
    },
    updateRouting(id: string, routingProfileId: string) {
      const body = { RoutingProfileId: routingProfileId };
      return change(
        'UpdateUserRoutingProfile',
        { UserId: id, ...body },
        'agent',
        id,
        'routing',
        text(routingProfileId),
        true,
      );
    },
    updateHierarchy(id: string, groupId: string | null) {
      const body = groupId ? { HierarchyGroupId: groupId } : {};
      return change('UpdateUserHierarchy', { UserId: id, ...body }, 'agent', id, 'hierarchy', text(groupId), true);
    },
    updateProfiles(id: string, profileIds: readonly string[]) {
      const body = { SecurityProfileIds: profileIds };
      return change(
        'UpdateUserSecurityProfiles',
        { UserId: id, ...body },
        'agent',
        id,
        'profiles',
        text(...profileIds),
        true,
      );
    },
    async deleteUser(id: string) {
      return ended(id, await act('DeleteUser', { UserId: id }, { kind: 'DELETE', resource: 'agent', id }));
    },
    tag(resource: Resource, id: string) {
      const tags = marksOf(number());
      return change(
        'TagResource',
        { resourceArn: arn(resource, id), tags },
        resource,
        id,
        'marks',
        text(...Object.values(tags)),
      );
    },
    untag(resource: Resource, id: string) {
      return change(
        'UntagResource',
        { resourceArn: arn(resource, id), tagKeys: ['Mark', 'Twin'] },
        resource,
        id,
        'marks',
        text(null, null),
        true,
      );
    },
    async createQuickConnect(userId: string | null) {
      const n = number();
      const { config, target } = destination(userId, n);
      const body = { Name: `made-${n}`, Description: `d${n}`, QuickConnectConfig: config, Tags: marksOf(n) };
      const done = await act(
        'CreateQuickConnect',
        body,
        {
          kind: 'CREATE',
          resource: 'transfer-destination',
          name: body.Name,
          state: {
            name: text(body.Name, body.Description),
            target,
            marks: text(...Object.values(marksOf(n))),
          },
        },
        'QuickConnectId',
      );
      if (done.id) world.quickConnects.push(done.id);
      return done;
    },
    renameQuickConnect(id: string) {
      const n = number();
      const body = { Name: `renamed-${n}`, Description: `d${n}` };
      return change(
        'UpdateQuickConnectName',
        { QuickConnectId: id, ...body },
        'transfer-destination',
        id,
        'name',
        text(body.Name, body.Description),
      );
    },
    pointQuickConnect(id: string, userId: string | null) {
      const { config, target } = destination(userId, number());
      return change(
        'UpdateQuickConnectConfig',
        { QuickConnectId: id, QuickConnectConfig: config },
        'transfer-destination',
        id,
        'target',
        target,
        userId !== null,
      );
    },
    async deleteQuickConnect(id: string) {
      return ended(
        id,
        await act(
          'DeleteQuickConnect',
          { QuickConnectId: id },
          { kind: 'DELETE', resource: 'transfer-destination', id },
        ),
      );
    },
    async createProfile() {
      const n = number();
      const body = {
        SecurityProfileName: `made-${n}`,
        Description: `d${n}`,
        Permissions: ['Users.View'],
        Tags: marksOf(n),
      };
      const done = await act(
        'CreateSecurityProfile',
        body,
        {
          kind: 'CREATE',
          resource: 'security-profile',
          name: body.SecurityProfileName,
          state: { settings: text(body.Description, ...body.Permissions), marks: text(...Object.values(marksOf(n))) },
        },
        'SecurityProfileId',
      );
      if (done.id) world.profiles.push(done.id);
      return done;
    },
    updateProfile(id: string) {
      const body = { Description: `d${number()}`, Permissions: ['Users.View', 'Users.Edit'] };
      return change(
        'UpdateSecurityProfile',
        { SecurityProfileId: id, ...body },
        'security-profile',
        id,
        'settings',
        text(body.Description, ...body.Permissions.toSorted()),
      );
    },
    async deleteProfile(id: string) {
      return ended(
        id,
        await act(
          'DeleteSecurityProfile',
          { SecurityProfileId: id },
          { kind: 'DELETE', resource: 'security-profile', id },
        ),
      );
    },
    async start(given: Start) {
      const { selection, quickConnects, token, expected } = given;
      const body = {
        ...(selection.by === 'IDS' && { UserIds: selection.ids }),
        ...(selection.by === 'USERNAMES' && { Usernames: selection.usernames }),
        ...(selection.by === 'PREFIX' && {
          Search: {
            SearchCriteria: {
              StringCondition: {
                FieldName: 'Username',
                Value: selection.prefix,
                ComparisonType: 'STARTS_WITH' as const,
              },
            },
          },
        }),
        QuickConnects: quickConnects,
        ClientToken: token,
        ExpectedCount: expected,
      };
      const done = await act(
        'StartUserDeletion',
        body,
        {
          kind: 'START',
          selection: distinct(selection),
          quickConnects: quickConnects ?? 'KEEP',
          token: token ?? null,
          expected: expected ?? null,
        },
        'UserBatchId',
      );
      if (token) world.starts.push(given);
      if (done.id && !world.batches.includes(done.id)) world.batches.push(done.id);
      return done;
    },
    async retry(batch: string) {
      const done = await act('RetryUserBatch', { UserBatchId: batch }, { kind: 'RETRY', batch }, 'UserBatchId');
      if (done.id && !world.batches.includes(done.id)) world.batches.push(done.id);
      return done;
    },
    steer(verb: Verb, batch: string) {
      return act(`${verb}UserBatch`, { UserBatchId: batch }, { kind: 'STEER', batch, verb });
    },
  };

  function destination(userId: string | null, n: number) {
    if (userId) {
      return {
        config: { QuickConnectType: 'USER' as const, UserConfig: { UserId: userId, ContactFlowId: contactFlowId } },
        target: text('USER', userId, null),
      };
    }
    const PhoneNumber = `+1777${String(n).padStart(8, '0')}`;
    return {
      config: { QuickConnectType: 'PHONE_NUMBER' as const, PhoneConfig: { PhoneNumber } },
      target: text('PHONE_NUMBER', null, PhoneNumber),
    };
  }
}

/** Whoever is named twice is meant once. */
function distinct(selection: Selection): Selection {
  if (selection.by === 'IDS') return { by: 'IDS', ids: [...new Set(selection.ids)] };
  if (selection.by === 'USERNAMES') return { by: 'USERNAMES', usernames: [...new Set(selection.usernames)] };
  return selection;
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : String(cause);
}
