import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { refusalOf } from '../../../test/support/callers.ts';
import { centreForFile, monday } from '../../../test/support/centre.ts';
import { compileOperation } from '../../connect-api/compile-operation.ts';
import { model } from '../../connect-api/model.generated.ts';
import { instanceArn } from '../../operations/arn.ts';
import { absentOperations } from './operations/index.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });

/** What public tools that back up, export or copy an instance ask for, with what they have to give. */
const asked: readonly (readonly [name: string, answer: object, input?: object])[] = [
  ['ListPrompts', { PromptSummaryList: [] }],
  ['SearchPrompts', { Prompts: [], ApproximateTotalCount: 0 }],
  ['ListInstanceStorageConfigs', { StorageConfigs: [] }, { ResourceType: 'CALL_RECORDINGS' }],
  ['ListPhoneNumbers', { PhoneNumberSummaryList: [] }, { PhoneNumberTypes: ['DID', 'TOLL_FREE'] }],
  ['ListPhoneNumbersV2', { ListPhoneNumbersSummaryList: [] }, { PhoneNumberCountryCodes: ['GB'] }],
  ['ListLambdaFunctions', { LambdaFunctions: [] }],
  ['ListBots', { LexBots: [] }, { LexVersion: 'V2' }],
  ['ListLexBots', { LexBots: [] }],
  ['ListApprovedOrigins', { Origins: [] }],
  ['ListSecurityKeys', { SecurityKeys: [] }],
  ['ListIntegrationAssociations', { IntegrationAssociationSummaryList: [] }],
  ['ListRules', { RuleSummaryList: [] }],
  ['ListTaskTemplates', { TaskTemplates: [] }],
  ['ListViews', { ViewsSummaryList: [] }],
  ['ListEvaluationForms', { EvaluationFormSummaryList: [] }],
  ['SearchEvaluationForms', { EvaluationFormSearchSummaryList: [], ApproximateTotalCount: 0 }],
  ['SearchVocabularies', { VocabularySummaryList: [] }],
  ['ListDefaultVocabularies', { DefaultVocabularyList: [] }],
  ['ListTrafficDistributionGroups', { TrafficDistributionGroupSummaryList: [] }],
  ['SearchEmailAddresses', { EmailAddresses: [], ApproximateTotalCount: 0 }],
  ['ListWorkspaces', { WorkspaceSummaryList: [] }],
  ['ListDataTables', { DataTableSummaryList: [] }],
];

function refusalsOf(name: string) {
  const operation = absentOperations.find((one) => one.name === name);
  if (!operation) throw new Error(`There is no operation ${name}.`);
  return compileOperation(operation, model);
}

test.each(asked.map(([name, answer, input = {}]) => [name, answer, input] as const))(
  '%s answers that there are none',
  async (name, answer, input) => {
    expect(await centre.send(name, input)).toEqual(answer);
    expect(await centre.send(name, { ...input, MaxResults: 1, InstanceId: instanceArn(centre.instance) })).toEqual(
      answer,
    );
    // As the operation's own model calls it.
    const { refusal, absence } = refusalsOf(name);
    expect(await refusalOf(centre.send(name, { ...input, NextToken: 'of no page' }))).toBe(refusal);
    expect(await refusalOf(centre.send(name, { ...input, InstanceId: randomUUID() }))).toBe(absence);
  },
);

test('whatever is named, there is none of that name', async () => {
  const described = centre.call('DescribePrompt', { PromptId: 'welcome' });
  await expect(described).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'There is no prompt with the id welcome in this instance.',
  });
  const group = { TrafficDistributionGroupId: randomUUID() };
  expect(await refusalOf(centre.call('DescribeTrafficDistributionGroup', group))).toBe('ResourceNotFoundException');
});

test('phone numbers can be asked for by the ARN of the instance, and over all instances', async () => {
  const none = { ListPhoneNumbersSummaryList: [] };
  const ask = (input: object) => centre.call('ListPhoneNumbersV2', { InstanceId: undefined, ...input });
  expect(await ask({})).toEqual(none);
  expect(await ask({ TargetArn: instanceArn(centre.instance) })).toEqual(none);
  const other = instanceArn({ ...centre.instance, id: randomUUID() });
  expect(await refusalOf(ask({ TargetArn: other }))).toBe('ResourceNotFoundException');
  expect(await refusalOf(ask({ TargetArn: other, InstanceId: centre.instance.id }))).toBe('InvalidParameterException');
  expect(await refusalOf(ask({ TargetArn: 'nonsense' }))).toBe('InvalidParameterException');
});

test('whoever is signed in needs the permission to see such things, though there are none', async () => {
  const viewer = await centre.signedIn(['Prompts.View']);
  expect(await centre.call('ListPrompts', {}, viewer)).toEqual({ PromptSummaryList: [] });
  for (const name of ['ListRules', 'ListSecurityKeys']) {
    expect(await refusalOf(centre.send(name, {}, viewer))).toBe('AccessDeniedException');
  }
});
