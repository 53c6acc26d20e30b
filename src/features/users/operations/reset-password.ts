import { updateOf } from '../../../audit/change.ts';
import { instanceId, length } from '../../../operations/constraints.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { invalidRequest, notFound } from '../../../operations/errors.ts';
import { label, required, string, structure } from '../../../operations/shapes.ts';
import { endSessionsOf } from '../../sessions/store.ts';
import { hashPassword } from '../passwords.ts';
import { passwordConstraint } from '../rules.ts';
import { lockUser, updatePasswordHash } from '../store.ts';

/** The website's "Reset password". The user is signed out everywhere, as in Connect; who resets tells them the new one. */
export const resetUserPassword = defineExtensionWrite(
  'ResetUserPassword',
  {
    method: 'POST',
    uri: '/users/{InstanceId}/{UserId}/password',
    summary: 'Gives a user a new password and ends their sessions.',
    input: structure({ InstanceId: label(), UserId: label(), Password: { ...required(string()), sensitive: true } }),
    output: structure({}),
  },
  {
    permission: 'Users.Edit',
    constraints: { ...instanceId, UserId: length(1, 256), Password: passwordConstraint },
    prepare: async ({ instance }, input) => {
      if (instance.identityManagementType !== 'CONNECT_MANAGED') {
        throw invalidRequest('Users of this instance sign in elsewhere and have no password here.');
      }
      return hashPassword(input.Password);
    },
    handler: async ({ db, instance, now }, input, passwordHash) => {
      const id = input.UserId;
      const user = await lockUser(db, instance.id, id);
      if (!user) throw notFound('agent', id);
      await updatePasswordHash(db, id, passwordHash, { time: now, region: instance.region });
      const ended = await endSessionsOf(db, [id], 'PASSWORD_RESET');
      return {
        output: {},
        changes: [updateOf('agent', { id, name: user.username }, { Password: {} }), ...ended],
      };
    },
  },
);
