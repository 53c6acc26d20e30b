import type { ConnectOperationName, OutputOf } from '../../operations/connect-types.ts';
import {
  type Constraint,
  type Constraints,
  instanceId,
  items,
  length,
  pageOf,
  pattern,
} from '../../operations/constraints.ts';
import type { PermissionRule } from '../../operations/define-operation.ts';

/** An operation that lists things: its answer where there are none, and what it checks of a request all the same. */
export interface EmptyList<Answer = object> {
  readonly answer: Answer;
  readonly constraints: Constraints;
}

/** An operation that names one thing, by this member of its request. */
export interface Named {
  readonly id: string;
  readonly constraints: Constraints;
}

export interface AbsentKind {
  /** As people call one of them, and several. */
  readonly words: readonly [one: string, several: string];
  readonly permission: PermissionRule;
  readonly lists: { readonly [Name in ConnectOperationName]?: EmptyList<OutputOf<Name>> };
  readonly named?: { readonly [Name in ConnectOperationName]?: Named };
}

/** A list that its own quota keeps to one page has pages all the same: `largestPage` is the model's limit of MaxResults. */
const list = <Member extends string>(member: Member, largestPage: number, more: Constraints = {}) => ({
  answer: { [member]: [] } as unknown as Record<Member, never[]>,
  constraints: { ...instanceId, ...pageOf(largestPage), ...more },
});

const search = <Member extends string>(member: Member, largestPage: number, more: Constraints = {}) => {
  const { answer, constraints } = list(member, largestPage, more);
  return { answer: { ...answer, ApproximateTotalCount: 0 }, constraints };
};

const namedInAccount = (id: string, constraint: Constraint): Named => ({ id, constraints: { [id]: constraint } });

const named = (id: string, longest: number, more: Constraints = {}): Named => ({
  id,
  constraints: { ...instanceId, [id]: length(1, longest), ...more },
});

const token = (longest: number) => ({ NextToken: length(1, longest) }) satisfies Constraints;
/** ARNs fit into 250 characters, also those of other partitions. */
const longInstanceId = { InstanceId: length(1, 250) } satisfies Constraints;

/** Of the values of a data table. */
const dataTableValues: Constraints = {
  'RecordIds[]': length(1, 256),
  'PrimaryAttributeValueFilter.AttributeName': {
    ...length(1, 127),
    ...pattern(/^[\p{L}\p{Z}\p{N}\-_.:=@'|]+$/u, "letters, digits, spaces and - _ . : = @ ' |"),
  },
  ...pageOf(1000),
};
const viewId = { ...length(1, 500), ...pattern(/^[a-zA-Z0-9_\-:/$]+$/, 'the id or ARN of a view') };
const phonePrefix = pattern(
  /^\+?[0-9]{1,11}$/,
  'the beginning of a phone number: up to 11 digits, a plus sign before them or not',
);
const time = pattern(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z?$/, 'a time, as in 2026-01-31T08:00:00.000Z');
const phoneNumbers = { PhoneNumberTypes: items(0, 6), PhoneNumberCountryCodes: items(0, 10) } satisfies Constraints;
const target = { TargetArn: length(1, 250), PhoneNumberPrefix: phonePrefix, ...token(100_000) } satisfies Constraints;

const kinds = [
  {
    words: ['prompt', 'prompts'],
    permission: 'Prompts.View',
    lists: { ListPrompts: list('PromptSummaryList', 1000), SearchPrompts: search('Prompts', 100, token(2500)) },
    named: { DescribePrompt: named('PromptId', 256), GetPromptFile: named('PromptId', 256) },
  },
  {
    words: ['storage configuration', 'storage configurations'],
    permission: 'ACCESS_KEY_ONLY',
    lists: { ListInstanceStorageConfigs: list('StorageConfigs', 10) },
    named: { DescribeInstanceStorageConfig: named('AssociationId', 100) },
  },
  {
    words: ['phone number', 'phone numbers'],
    permission: 'PhoneNumbers.View',
    lists: {
      ListPhoneNumbers: list('PhoneNumberSummaryList', 1000, phoneNumbers),
      ListPhoneNumbersV2: list('ListPhoneNumbersSummaryList', 1000, { ...phoneNumbers, ...target }),
    },
  },
  {
    words: ['phone number', 'phone numbers to claim'],
    permission: 'PhoneNumbers.Claim',
    lists: { SearchAvailablePhoneNumbers: list('AvailableNumbersList', 10, target) },
  },
  {
    words: ['phone number', 'phone numbers'],
    permission: 'ACCESS_KEY_ONLY',
    lists: {},
    named: { DescribePhoneNumber: namedInAccount('PhoneNumberId', length(1, 500)) },
  },
  {
    words: ['Lambda function', 'Lambda functions'],
    permission: 'ACCESS_KEY_ONLY',
    lists: { ListLambdaFunctions: list('LambdaFunctions', 25) },
  },
  {
    words: ['bot', 'bots'],
    permission: 'Bots.View',
    lists: { ListBots: list('LexBots', 25), ListLexBots: list('LexBots', 25) },
  },
  {
    words: ['approved origin', 'approved origins'],
    permission: 'ACCESS_KEY_ONLY',
    lists: { ListApprovedOrigins: list('Origins', 25) },
  },
  {
    words: ['security key', 'security keys'],
    permission: 'ACCESS_KEY_ONLY',
    lists: { ListSecurityKeys: list('SecurityKeys', 2) },
  },
  {
    words: ['integration association', 'integration associations'],
    permission: 'ACCESS_KEY_ONLY',
    lists: {
      ListIntegrationAssociations: list('IntegrationAssociationSummaryList', 100, { IntegrationArn: length(1, 2048) }),
    },
    named: { ListUseCases: named('IntegrationAssociationId', 200, pageOf(100)) },
  },
  {
    words: ['rule', 'rules'],
    permission: 'Rules.View',
    lists: { ListRules: list('RuleSummaryList', 200) },
    named: { DescribeRule: named('RuleId', 256) },
  },
  {
    words: ['task template', 'task templates'],
    permission: 'TaskTemplates.View',
    lists: { ListTaskTemplates: list('TaskTemplates', 100, { Name: length(1, 100) }) },
    named: { GetTaskTemplate: named('TaskTemplateId', 500, { SnapshotVersion: length(1, 500) }) },
  },
  {
    words: ['view', 'views'],
    permission: 'Views.View',
    lists: {
      ListViews: list('ViewsSummaryList', 100, token(4096)),
      SearchViews: search('Views', 100, { ...longInstanceId, ...token(2500) }),
    },
    named: {
      DescribeView: named('ViewId', 500, { ViewId: viewId }),
      ListViewVersions: named('ViewId', 500, { ViewId: viewId, ...pageOf(100), ...token(4096) }),
    },
  },
  {
    words: ['evaluation form', 'evaluation forms'],
    permission: 'EvaluationForms.View',
    lists: {
      ListEvaluationForms: list('EvaluationFormSummaryList', 100),
      SearchEvaluationForms: search('EvaluationFormSearchSummaryList', 100, {
        'DateTimeCondition.MinValue': time,
        'DateTimeCondition.MaxValue': time,
      }),
    },
    named: {
      DescribeEvaluationForm: named('EvaluationFormId', 500),
      ListEvaluationFormVersions: named('EvaluationFormId', 500, pageOf(100)),
    },
  },
  {
    words: ['vocabulary', 'vocabularies'],
    permission: 'ContactLensCustomVocabulary.View',
    lists: {
      SearchVocabularies: list('VocabularySummaryList', 100, {
        NameStartsWith: { ...length(1, 140), ...pattern(/^[0-9a-zA-Z._-]+/, 'the beginning of a name') },
        ...token(131_070),
      }),
      ListDefaultVocabularies: list('DefaultVocabularyList', 100, token(131_070)),
    },
    named: { DescribeVocabulary: named('VocabularyId', 500) },
  },
  {
    words: ['traffic distribution group', 'traffic distribution groups'],
    permission: 'ACCESS_KEY_ONLY',
    lists: { ListTrafficDistributionGroups: list('TrafficDistributionGroupSummaryList', 10, longInstanceId) },
    named: {
      DescribeTrafficDistributionGroup: namedInAccount('TrafficDistributionGroupId', {
        ...pattern(
          /^(arn:(aws|aws-us-gov):connect:[a-z]{2}-[a-z-]+-[0-9]{1}:[0-9]{1,20}:traffic-distribution-group\/)?[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/,
          'the id or ARN of a traffic distribution group',
        ),
      }),
    },
  },
  {
    words: ['email address', 'email addresses'],
    permission: 'EmailAddresses.View',
    lists: { SearchEmailAddresses: search('EmailAddresses', 100, token(2500)) },
    named: { DescribeEmailAddress: named('EmailAddressId', 500) },
  },
  {
    words: ['workspace', 'workspaces'],
    permission: 'Workspaces.View',
    lists: {
      ListWorkspaces: list('WorkspaceSummaryList', 100),
      SearchWorkspaces: search('Workspaces', 500, token(2500)),
      SearchWorkspaceAssociations: search('WorkspaceAssociations', 500, token(2500)),
    },
    named: { DescribeWorkspace: named('WorkspaceId', 256), ListWorkspacePages: named('WorkspaceId', 256, pageOf(100)) },
  },
  {
    words: ['data table', 'data tables'],
    permission: 'DataTables.View',
    lists: { ListDataTables: list('DataTableSummaryList', 1000), SearchDataTables: search('DataTables', 1000) },
    named: {
      DescribeDataTable: named('DataTableId', 256),
      ListDataTableAttributes: named('DataTableId', 256, {
        AttributeIds: items(0, 1000),
        'AttributeIds[]': length(1, 256),
        ...pageOf(1000),
      }),
      ListDataTableValues: named('DataTableId', 256, dataTableValues),
      ListDataTablePrimaryValues: named('DataTableId', 256, dataTableValues),
    },
  },
  {
    words: ['test case', 'test cases'],
    permission: 'TestCases.View',
    lists: {
      ListTestCases: list('TestCaseSummaryList', 1000),
      SearchTestCases: search('TestCases', 100, { ...longInstanceId, ...token(2500) }),
    },
    named: { DescribeTestCase: named('TestCaseId', 500, longInstanceId) },
  },
  {
    words: ['notification', 'notifications'],
    permission: 'ACCESS_KEY_ONLY',
    lists: {
      ListNotifications: list('NotificationSummaryList', 100),
      SearchNotifications: search('Notifications', 100),
    },
    named: { DescribeNotification: named('NotificationId', 256) },
  },
  {
    words: ['flow association', 'flow associations'],
    permission: 'ContactFlows.View',
    lists: { ListFlowAssociations: list('FlowAssociationSummaryList', 1000) },
  },
  {
    words: ['authentication profile', 'authentication profiles'],
    permission: 'ACCESS_KEY_ONLY',
    lists: { ListAuthenticationProfiles: list('AuthenticationProfileSummaryList', 1000) },
    named: { DescribeAuthenticationProfile: named('AuthenticationProfileId', 100) },
  },
  {
    words: ['analytics data association', 'analytics data associations'],
    permission: 'AnalyticsConnectors.View',
    lists: { ListAnalyticsDataAssociations: list('Results', 1000, { DataSetId: length(1, 255) }) },
  },
  {
    words: ['configuration of attached files', 'configurations of attached files'],
    permission: 'FileAttachments.Configurations.View',
    lists: { ListAttachedFilesConfigurations: list('AttachedFilesConfigurations', 100) },
  },
] as const satisfies readonly AbsentKind[];

/**
 * What Amazon Connect has and Cordboard has not. Tools that back up or copy an instance ask for all of it, and stop at the
 * first operation that is not offered; that there are none is the truth, so that is what they hear. Nothing here can be
 * made: the operations that would are not offered. Limits are the model's.
 */
export const absentKinds: readonly AbsentKind[] = kinds;

type NamesIn<Kind> = Kind extends { lists: infer Lists }
  ? keyof Lists | (Kind extends { named: infer Named } ? keyof Named : never)
  : never;
export type AbsentName = Extract<NamesIn<(typeof kinds)[number]>, ConnectOperationName>;
