import { expect, test } from 'vitest';
import { toCsv } from '../../components/csv.ts';
import { userCsv } from './user-csv.ts';

test('a user is one line, with lists parted by a bar', () => {
  const text = toCsv(userCsv, [
    {
      Id: 'id-1',
      Arn: 'arn',
      Username: 'ana',
      FirstName: 'Ana',
      LastName: 'Lopez',
      PhoneType: 'DESK_PHONE',
      DeskPhoneNumber: '+12065550100',
      RoutingProfile: { Id: 'r', Name: 'Billing' },
      SecurityProfiles: [
        { Id: 's1', Name: 'Agent' },
        { Id: 's2', Name: 'QualityAnalyst' },
      ],
      HierarchyPath: [
        { Id: 'h1', Name: 'Europe' },
        { Id: 'h2', Name: 'Madrid' },
      ],
      Tags: { Team: 'A', Site: 'Madrid' },
      QuickConnectCount: 2,
      LastModifiedTime: 0,
    },
  ]);
  const lines = text.split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toBe(
    "Ana,Lopez,ana,Madrid,Billing,Agent|QualityAnalyst,Europe|Madrid,desk,'+12065550100,Team:A|Site:Madrid,2,id-1",
  );
});
