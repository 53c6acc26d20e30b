import { expect, test } from 'vitest';
import type { Constraints } from '../operations/constraints.ts';
import { items, length, range } from '../operations/constraints.ts';
import { defineExtensionRead, defineRead, type Operation } from '../operations/define-operation.ts';
import * as shape from '../operations/shapes.ts';
import { compileOperation } from './compile-operation.ts';
import { model } from './model.generated.ts';
import { methodsFor, routeTable } from './route-table.ts';

const createUser = (constraints: Constraints) =>
  compileOperation({ name: 'CreateUser', kind: 'WRITE', extension: null, constraints } as unknown as Operation, model);

test('the model has every operation, structure and error of the SDK', () => {
  expect(Object.keys(model.operations)).toHaveLength(397);
  expect(Object.keys(model.errors)).toHaveLength(29);
  expect(model.operations.CreateUser).toMatchObject({ method: 'PUT', uri: '/users/{InstanceId}', status: 200 });
  expect(model.structures.CreateUserRequest?.members.Password).toEqual({ shape: 'string', sensitive: true });
  expect(model.operations.DeleteUser?.errors).toContain('ResourceNotFoundException');
});

test('constraints may stand on members, structures, items, keys and values', () => {
  const constraints = {
    Username: length(1, 100),
    'UserIdentityInfo.FirstName': length(0, 255),
    SecurityProfileIds: items(1, 10),
    'SecurityProfileIds[]': length(1, 100),
    'Tags{key}': length(1, 128),
    'Tags{value}': length(0, 256),
    'UserPhoneConfig.AfterContactWorkTimeLimit': range(0, null),
  };
  expect(() => createUser(constraints)).not.toThrow();
});

test.each<[Constraints, string]>([
  [{ UserName: length(1, 100) }, 'could apply to: UserName'],
  [{ 'IdentityInfo.FirstName': length(1, 100) }, 'could apply to: IdentityInfo.FirstName'],
  [{ 'Username[]': length(1, 100) }, 'could apply to: Username[]'],
  [{ SecurityProfileIds: length(1, 10) }, 'sets "length", which a list does not have'],
  [{ Username: range(1, 10) }, 'sets "range", which a string does not have'],
  [{ Username: items(1, 10) }, 'sets "items", which a string does not have'],
  [{ __proto__: length(1, 2), toString: length(1, 2) }, 'could apply to: toString'],
])('a constraint that fits nothing stops the start: %j', (constraints, message) => {
  expect(() => createUser(constraints)).toThrow(message);
});

const input = shape.structure({ InstanceId: shape.label() });
const extension = (name: string, uri: string) =>
  defineExtensionRead(
    name,
    { method: 'POST', uri, summary: '', input, output: shape.structure({}) },
    { permission: 'ANY_USER', handler: async () => ({}) },
  );

test.each([
  ['ListUsers', '/x/{InstanceId}', 'is an operation of Connect'],
  ['TryIt', '/x', 'are not those of its input'],
  ['TryIt', '/x/{UserId}', 'no place for InstanceId'],
  ['TryIt', '/x/{InstanceId}/{UserId}', 'are not those of its input'],
  ['TryIt', '/x/a{InstanceId}', 'are not those of its input'],
])('an extension %s at %s does not start', (name, uri, message) => {
  expect(() => compileOperation(extension(name, uri), model)).toThrow(message);
});

test('an operation is declared once', () => {
  const listUsers = defineRead('ListUsers', { permission: 'ANY_USER', handler: async () => ({}) });
  expect(() => routeTable([listUsers, listUsers], model)).toThrow('ListUsers is declared twice.');
});

test('the methods of a path are known, with and without a slash at its end', () => {
  const routes = routeTable([extension('TryIt', '/try/{InstanceId}/now.csv')], model);
  expect(methodsFor(routes, '/quick-connects/i')).toEqual(['GET', 'PUT']);
  expect(methodsFor(routes, '/quick-connects/i/')).toEqual(['GET', 'PUT']);
  expect(methodsFor(routes, '/try/i/now.csv')).toEqual(['POST']);
  expect(methodsFor(routes, '/try/i/then.csv')).toEqual([]);
  expect(methodsFor(routes, '/')).toEqual([]);
});
