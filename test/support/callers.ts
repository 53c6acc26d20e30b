import { randomUUID } from 'node:crypto';
import type { PermissionId } from '../../src/access/permissions.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { insertSecurityProfiles } from '../../src/features/security-profiles/store.ts';
import type { UserCaller } from '../../src/operations/caller.ts';
import type { Centre } from './centre.ts';

/** Somebody who is signed in and holds exactly these permissions. */
export async function userWith(centre: Centre, ...permissions: readonly PermissionId[]): Promise<UserCaller> {
  const name = `only ${randomUUID()}`;
  await inTransaction(centre.db, (tx) =>
    insertSecurityProfiles(tx, [
      {
        id: randomUUID(),
        instanceId: centre.instance.id,
        name,
        description: null,
        permissions,
        now: new Date(),
        region: centre.instance.region,
      },
    ]),
  );
  return centre.signIn(`somebody-${randomUUID().slice(0, 8)}-`, name);
}

/** Follows a list from page to page; answers the pages. */
export async function allPages<Page extends { NextToken?: string | undefined }>(
  next: (token: string | undefined) => Promise<Page>,
): Promise<Page[]> {
  const pages: Page[] = [];
  let token: string | undefined;
  do {
    const page = await next(token);
    pages.push(page);
    if (page.NextToken !== undefined && page.NextToken === token) throw new Error('The list does not get on.');
    token = page.NextToken;
  } while (token !== undefined);
  return pages;
}

/** The code of the refusal that a call ends with. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) return 'was not refused';
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return String(error.code);
}
