import { absentOperations } from '../../src/features/absent/operations/index.ts';

/** Looks as if it named something, and is not read by the runner. */
export const exceptions: Readonly<Record<string, string>> = {
  InstanceId: 'read by the runner to find the instance',
  ClientToken: 'chosen by the caller, names nothing',
  AccessKeyId: 'of the account, not of an instance; has no ARN',
  ActorId: 'who made a change, living or not: nothing is found by it that is not within reach',
  ResourceId: 'of whatever kind, living or not: nothing is found by it that is not within reach',
  Queue: 'a queue of the history by its id or name, living or not: the check answers to whoever may import all of it',
  Records: 'contact records as text: what was, kept as it was written, whoever it names',
  'Metrics.MetricId': 'a metric of one’s own, of which there are none: refused',
  'CurrentMetrics.MetricId': 'a metric of one’s own, of which there are none: refused',
  ResourceArn: 'read by the runner to find the instance',
  DirectoryId: 'a directory outside of Cordboard',
  DirectoryUserId: 'a user of a directory outside of Cordboard',
  'OutboundCallerConfig.OutboundCallerIdNumberId': 'there are no phone numbers: kept as it is given',
  'OutboundEmailConfig.OutboundEmailAddressId': 'there are no e-mail addresses: refused or kept as it is given',
  'EmailAddressesConfig.EmailAddressId': 'there are no e-mail addresses: refused',
  'AllowedFlowModules.FlowModuleId': 'kept as it is given, as part of a security profile, which limits nobody here',
  'Criteria.Id': 'there are no AI agents: refused',
  'AllowedAIAgents.Arn': 'there are no AI agents: kept as it is given',
};

/** There is nothing of what they name, so there is nothing to judge. */
export const absent = new Set<string>(absentOperations.map(({ name }) => name));
