import { describe, expect, test } from 'vitest';
import { type AccountFacts, chooseAccount, runAs } from './server-account.ts';

const passwd = 'root:x:0:0::/root:/bin/sh\npostgres:x:101:104::/:/bin/sh\nnobody:x:65534:65533::/:/bin/false\n';
const root: AccountFacts = { uid: 0, owner: () => null, namespacesWork: () => true, passwd: () => passwd };
const owned = (owners: Record<string, number>) => (path: string) =>
  path in owners ? { uid: owners[path] ?? 0, gid: 7 } : null;

describe('chooseAccount', () => {
  test('leaves an ordinary user alone', () => {
    expect(chooseAccount('/data', { ...root, uid: 1000 })).toEqual({ kind: 'self' });
  });

  test('gives root a user namespace', () => {
    expect(chooseAccount('/data', { ...root, owner: owned({ '/data': 0 }) })).toEqual({ kind: 'namespace' });
  });

  test('lets root step down to whoever owns the folder, and rather the database', () => {
    const folder = { ...root, owner: owned({ '/data': 1000 }) };
    expect(chooseAccount('/data', folder)).toMatchObject({ kind: 'user', uid: 1000, gid: 7 });
    const database = { ...root, owner: owned({ '/data': 0, '/data/pgdata': 1001 }) };
    expect(chooseAccount('/data', database)).toMatchObject({ kind: 'user', uid: 1001 });
    const rootsDatabase = { ...root, owner: owned({ '/data': 1000, '/data/pgdata': 0 }) };
    expect(chooseAccount('/data', rootsDatabase)).toEqual({ kind: 'namespace' });
  });

  test('lets root step down to postgres, else nobody, where there are no user namespaces', () => {
    const barred = { ...root, namespacesWork: () => false };
    expect(chooseAccount('/data', barred)).toEqual({ kind: 'user', name: 'postgres', uid: 101, gid: 104 });
    const slim = { ...barred, passwd: () => passwd.replace(/postgres.*\n/, '') };
    expect(chooseAccount('/data', slim)).toEqual({ kind: 'user', name: 'nobody', uid: 65534, gid: 65533 });
  });

  test('says what to do when nothing is left', () => {
    const barred = { ...root, namespacesWork: () => false };
    expect(() => chooseAccount('/data', { ...barred, passwd: () => '' })).toThrow('or set DATABASE_URL');
    const rootsDatabase = { ...barred, owner: owned({ '/data/pgdata': 0 }) };
    expect(() => chooseAccount('/data', rootsDatabase)).toThrow('chown -R postgres');
  });
});

describe('runAs', () => {
  test('keeps the environment of the caller away from PostgreSQL', () => {
    const { options } = runAs({ kind: 'self' }, 'postgres', []);
    expect(Object.keys(options.env).sort()).toEqual(['LC_ALL', 'PATH']);
  });
});
