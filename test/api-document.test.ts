import { expect, test } from 'vitest';
import { model } from '../src/connect-api/model.generated.ts';
import { allOperations } from '../src/operations.ts';
import { describeApi } from './support/describe-api.ts';

test('docs/api.md says what the declarations say', async () => {
  await expect(describeApi(model, allOperations)).toMatchFileSnapshot('../docs/api.md');
});
