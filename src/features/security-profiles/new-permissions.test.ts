import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { permissionIds } from '../../access/permissions.ts';

/*
 * Security profiles keep their permissions as a list, so a permission that is new belongs to nobody in the instances that
 * are there, Admin included, until a migration gives it. That runs once: what an administrator takes away later stays away.
 */

/** Those that every instance was made with, before there was anything to migrate. Nothing is added here. */
const first = `
  AccessMetrics AccessMetrics.AgentActivityAudit.Access AccessMetrics.Dashboards.Access
  AccessMetrics.DashboardsWithMyData.View AccessMetrics.HistoricalMetrics.Access AccessMetrics.RealTimeMetrics.Access
  AgentActivityAudit.Access AgentGrouping.Create AgentGrouping.Edit AgentGrouping.EnableAndDisable AgentGrouping.View
  AgentStates.Create AgentStates.Edit AgentStates.EnableAndDisable AgentStates.View AgentTimeCard.View
  Analytics.PerformanceMetrics.Access AnalyticsConnectors.Edit AnalyticsConnectors.View Audio.View
  AudioDeviceSettings.Access AutomatedVoiceInteraction.Recordings.Redacted.Access
  AutomatedVoiceInteraction.Recordings.Redacted.DownloadButton AutomatedVoiceInteraction.Recordings.Unredacted.Access
  AutomatedVoiceInteraction.Recordings.Unredacted.DownloadButton
  AutomatedVoiceInteraction.Transcripts.Redacted.Access AutomatedVoiceInteraction.Transcripts.Unredacted.Access
  BasicAgentAccess Bots.Create Bots.Delete Bots.Edit Bots.View CallRecordings.Redacted.Access
  CallRecordings.Redacted.DownloadButton CallRecordings.Unredacted.Access CallRecordings.Unredacted.DownloadButton
  Campaigns.Create Campaigns.Delete Campaigns.Edit Campaigns.Manage Campaigns.View Capacity.Edit Capacity.Publish
  Capacity.View CaseComments.Delete CaseComments.Edit CaseContacts.Delete CaseCustomRelatedItems.Delete
  CaseCustomRelatedItems.Edit CaseFields.Create CaseFields.Edit CaseFields.View CaseFiles.Delete CaseHistory.View
  CaseTemplates.Create CaseTemplates.Edit CaseTemplates.View Cases.Create Cases.Delete Cases.Edit Cases.View
  ChatTestMode CoachingSessions.Create CoachingSessions.Delete CoachingSessions.Edit CoachingSessions.View
  Cobrowse.Access ConfigureContactAttributes.View ContactAttributes.View ContactFlowModules.Create
  ContactFlowModules.Delete ContactFlowModules.Edit ContactFlowModules.Execute ContactFlowModules.Publish
  ContactFlowModules.View ContactFlows.Create ContactFlows.Delete ContactFlows.Edit ContactFlows.Publish
  ContactFlows.View ContactLensCustomVocabulary.Edit ContactLensCustomVocabulary.View
  ContactLensPostContactSummary.View ContactRecording.Access ContactRecords.Import ContactSearch.View
  ContactSearchQuickViewWidget.Create ContactSearchQuickViewWidget.Delete ContactSearchQuickViewWidget.Edit
  ContactSearchQuickViewWidget.View ContactSearchSampleContacts.View ContactSearchWithCharacteristics.Access
  ContactSearchWithCharacteristics.View ContactSearchWithKeywords.Access ContactSearchWithKeywords.View
  ContactTranscripts.Redacted.Access ContactTranscripts.Unredacted.Access
  ContactTranscripts.Unredacted.DownloadButton Contacts.Tag.Edit ContentManagement.Create ContentManagement.Delete
  ContentManagement.Edit ContentManagement.MessageTemplates.Create ContentManagement.MessageTemplates.Delete
  ContentManagement.MessageTemplates.Edit ContentManagement.MessageTemplates.View ContentManagement.View
  CustomMetrics.Create CustomMetrics.Delete CustomMetrics.Edit CustomMetrics.Publish CustomMetrics.View
  CustomViews.Access CustomerProfiles.CalculatedAttributes.Create CustomerProfiles.CalculatedAttributes.Delete
  CustomerProfiles.CalculatedAttributes.Edit CustomerProfiles.CalculatedAttributes.View CustomerProfiles.Create
  CustomerProfiles.Edit CustomerProfiles.ProfileExplorer.Create CustomerProfiles.ProfileExplorer.Delete
  CustomerProfiles.ProfileExplorer.Edit CustomerProfiles.ProfileExplorer.View CustomerProfiles.Segments.Create
  CustomerProfiles.Segments.Delete CustomerProfiles.Segments.Export CustomerProfiles.Segments.View
  CustomerProfiles.View DataTables.Create DataTables.Delete DataTables.Edit DataTables.EditExpressionValues
  DataTables.ManageValues DataTables.View DeleteCallRecordings DownloadCallRecordings EmailAddresses.Create
  EmailAddresses.Edit EmailAddresses.Remove EmailAddresses.View Evaluation.Create Evaluation.Delete Evaluation.Edit
  Evaluation.View EvaluationAssistant.Access EvaluationCalibrationSessions.Create
  EvaluationCalibrationSessions.Delete EvaluationCalibrationSessions.Edit EvaluationCalibrationSessions.View
  EvaluationForms.Create EvaluationForms.Delete EvaluationForms.Edit EvaluationForms.View
  EvaluationReviewRequest.Create EvaluationReviewRequest.Delete EvaluationReviewRequest.View EvaluationReviews.Create
  EvaluationReviews.View FileAttachments.Configurations.Edit FileAttachments.Configurations.View
  ForecastScheduleInterval.Edit ForecastScheduleInterval.View Forecasting.Edit Forecasting.Publish Forecasting.View
  GraphTrends.View HistoricalChanges.View HistoricalMetrics.Access HoursOfOperation.Create HoursOfOperation.Delete
  HoursOfOperation.Edit HoursOfOperation.View InformationExtraction.Definitions.Create
  InformationExtraction.Definitions.Delete InformationExtraction.Definitions.Edit
  InformationExtraction.Definitions.View InformationExtraction.Results.View ListenCallRecordings ManagerBargeIn
  ManagerListenIn ManualAssignAnyContact.Enable ManualAssignMyContacts.Enable MetricsReports.Create
  MetricsReports.Delete MetricsReports.Edit MetricsReports.Publish MetricsReports.Schedule MetricsReports.Share
  MetricsReports.View MyCaseComments.Delete MyCaseComments.Edit MyCaseContacts.Delete MyCaseCustomRelatedItems.Delete
  MyCaseCustomRelatedItems.Edit MyCases.Delete MyCoachingSessions.Edit MyCoachingSessions.View MyContacts.View
  MyReceivedEvaluations.View OutboundCallAccess OutboundEmail.Create PhoneNumbers.Claim PhoneNumbers.Edit
  PhoneNumbers.Release PhoneNumbers.View PredefinedAttributes.Create PredefinedAttributes.Delete
  PredefinedAttributes.Edit PredefinedAttributes.View Prompts.Create Prompts.Delete Prompts.Edit Prompts.View
  QConnectAIAgents.Create QConnectAIAgents.Delete QConnectAIAgents.Edit QConnectAIAgents.View
  QConnectAIPrompts.Create QConnectAIPrompts.Delete QConnectAIPrompts.Edit QConnectAIPrompts.View
  QConnectGuardrails.Create QConnectGuardrails.Delete QConnectGuardrails.Edit QConnectGuardrails.View Queues.Create
  Queues.Delete Queues.Edit Queues.EditExpressions Queues.EnableAndDisable Queues.Purge Queues.View
  RealTimeMetrics.Access RealtimeContactLens.View RedactedData.View ReportSchedules.Create ReportSchedules.Delete
  ReportSchedules.Edit ReportSchedules.View ReportsAdmin.Access ReportsAdmin.Delete ReportsAdmin.Publish
  ReportsAdmin.Schedule ReportsAdmin.View RequireEndContactConfirmation.Enabled RestrictContactAccessByHierarchy.View
  RestrictPhoneTypeSettings.Access RestrictTaskCreation.Access RoutingPolicies.Create RoutingPolicies.Delete
  RoutingPolicies.Edit RoutingPolicies.View Rules.Create Rules.Delete Rules.Edit Rules.View RulesGenerativeAI.Create
  RulesGenerativeAI.Delete RulesGenerativeAI.Edit RulesGenerativeAI.View Scheduling.Edit Scheduling.Publish
  Scheduling.View ScreenRecording.Access ScreenRecording.Delete ScreenRecording.Download
  ScreenRecording.Redacted.Access ScreenRecording.Redacted.Download SecurityProfiles.Create SecurityProfiles.Delete
  SecurityProfiles.Edit SecurityProfiles.View SelfAssignContacts.Access StaffCalendar.Edit StaffCalendar.View
  StopContact.Enabled TaskTemplates.Create TaskTemplates.Delete TaskTemplates.Edit TaskTemplates.View
  TeamCalendar.Edit TeamCalendar.View TestCases.Create TestCases.Delete TestCases.Edit TestCases.Execute
  TestCases.Publish TestCases.View ThemeDetection.Create ThemeDetection.Delete ThemeDetection.View TimeOff.Approve
  TimeOff.Edit TimeOff.View TimeOffBalance.Edit TimeOffBalance.View Transcript.View TransferContact.Enabled
  TransferDestinations.Create TransferDestinations.Delete TransferDestinations.Edit TransferDestinations.View
  UnredactedData.View UpdateContactSchedule.Enabled Users.Create Users.Delete Users.Edit Users.EditPermission
  Users.EnableAndDisable Users.View VideoContact.Access Views.Create Views.Edit Views.Remove Views.View
  VoiceId.Access VoiceIdAttributesAndSearch.View VoiceIdUpdateSpeakerId.Access Wisdom.View Workspaces.Assign
  Workspaces.Create Workspaces.Delete Workspaces.Edit Workspaces.EditVisibility Workspaces.View
`.split(/\s+/);

test('every permission that has come later is given by a migration to those who are there', () => {
  const folder = join(import.meta.dirname, '../../database/migrations');
  const migrations = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const named = (id: string) => migrations.some((text) => text.includes(`'${id}'`));
  const forgotten = permissionIds.filter((id) => !first.includes(id) && !named(id));
  expect(
    forgotten,
    `Give each in a migration to the profiles that have it in new instances (default-profiles.ts), as with
      update security_profile set permissions = permissions || array['${forgotten[0]}'] where name = 'Admin';
    or say in one that '${forgotten[0]}' is given to nobody, and why.`,
  ).toEqual([]);
});

test('no permission that instances were made with has gone: profiles would keep a word that means nothing', () => {
  const known: readonly string[] = permissionIds;
  expect(first.filter((id) => id !== '' && !known.includes(id))).toEqual([]);
});
