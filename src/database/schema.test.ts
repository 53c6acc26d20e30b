import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { describeSchema } from '../../test/support/schema-listing.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('the migrated schema is the documented one (npx vitest run src/database/schema -u writes docs/schema.md)', async () => {
  await expect(await describeSchema(database.pool)).toMatchFileSnapshot('../../docs/schema.md');
});
