import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { centreForFile } from '../../../test/support/centre.ts';
import { defaultSecurityProfiles } from './default-profiles.ts';

const centre = centreForFile();
let ids: Map<string | undefined, string | undefined>;
beforeAll(async () => {
  const { SecurityProfileSummaryList = [] } = await centre.call('ListSecurityProfiles', {});
  ids = new Map(SecurityProfileSummaryList.map(({ Name, Id }) => [Name, Id]));
});

test('a profile is described without its permissions, by id and by ARN', async () => {
  const described = await centre.call('DescribeSecurityProfile', {
    SecurityProfileId: ids.get('Admin') ?? '',
  });
  expect(described.SecurityProfile).toMatchObject({
    Id: ids.get('Admin'),
    OrganizationResourceId: centre.instance.id,
    SecurityProfileName: 'Admin',
    LastModifiedRegion: 'us-east-1',
  });
  expect(described.SecurityProfile).not.toHaveProperty('Permissions');
  const { Arn } = described.SecurityProfile ?? {};
  expect(await centre.call('DescribeSecurityProfile', { SecurityProfileId: Arn })).toEqual(described);
  expect(await refusalOf(centre.call('DescribeSecurityProfile', { SecurityProfileId: randomUUID() }))).toBe(
    'ResourceNotFoundException',
  );
});

test('the permissions of the default profiles are listed whole, page by page', async () => {
  for (const { name, permissions } of defaultSecurityProfiles) {
    const pages = await allPages((NextToken) =>
      centre.call('ListSecurityProfilePermissions', {
        SecurityProfileId: ids.get(name) ?? '',
        MaxResults: 7,
        NextToken,
      }),
    );
    expect(pages.flatMap((page) => page.Permissions ?? [])).toEqual([...permissions].toSorted());
    expect(pages[0]?.LastModifiedTime).toBeTypeOf('number');
  }
});

test('whoever sees users sees the names of profiles, not what they allow', async () => {
  const viewer = await centre.signedIn(['Users.View']);
  expect(await refusalOf(centre.call('ListSecurityProfiles', {}, viewer))).toBe('was not refused');
  const input = { SecurityProfileId: ids.get('Admin') };
  for (const name of ['DescribeSecurityProfile', 'ListSecurityProfilePermissions']) {
    expect(await refusalOf(centre.send(name, input, viewer))).toBe('AccessDeniedException');
  }
});
