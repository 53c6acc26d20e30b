import { updated } from '../../../audit/change.ts';
import { instanceId, length } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { invalidParameter, notFound } from '../../../operations/errors.ts';
import { configOf, targetIn } from '../rules.ts';
import { lockQuickConnect, lockTarget, updateQuickConnect } from '../store.ts';
import { configConstraints } from './create.ts';

/** Replaces the whole config, so the type may change too; this is how an orphan is pointed at somebody else. */
export const updateConfig = defineWrite('UpdateQuickConnectConfig', {
  permission: 'TransferDestinations.Edit',
  constraints: { ...instanceId, ...configConstraints },
  handler: async ({ db, instance, now, region }, input) => {
    const id = input.QuickConnectId;
    const target = targetIn(input.QuickConnectConfig);
    await lockTarget(db, instance.id, target);
    const before = await lockQuickConnect(db, instance.id, id);
    if (!before) throw notFound('transfer-destination', id);
    const changes = differences(
      { QuickConnectConfig: configOf(before.target) },
      { QuickConnectConfig: configOf(target) },
    );
    if (changes) await updateQuickConnect(db, id, { target }, { now, region });
    return updated('transfer-destination', before, changes);
  },
});

/** An empty Description empties it; a member that is absent stays as it is. */
export const updateName = defineWrite('UpdateQuickConnectName', {
  permission: 'TransferDestinations.Edit',
  constraints: { ...instanceId, Name: length(1, 127), Description: length(0, 250) },
  handler: async ({ db, instance, now, region }, input) => {
    const id = input.QuickConnectId;
    if (input.Name === undefined && input.Description === undefined) {
      throw invalidParameter('Give a Name, a Description, or both.');
    }
    const before = await lockQuickConnect(db, instance.id, id);
    if (!before) throw notFound('transfer-destination', id);
    const name = input.Name ?? before.name;
    const description = input.Description === undefined ? before.description : input.Description || null;
    const changes = differences(
      { Name: before.name, Description: before.description },
      { Name: name, Description: description },
    );
    if (changes) await updateQuickConnect(db, id, { name, description }, { now, region });
    return updated('transfer-destination', { id, name }, changes);
  },
});
