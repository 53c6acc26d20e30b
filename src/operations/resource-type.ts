/** Kinds of records as audit entries and ARNs name them. */
export type ResourceType =
  | 'instance'
  | 'agent'
  | 'agent-group'
  | 'agent-group-level'
  | 'agent-state'
  | 'security-profile'
  | 'routing-profile'
  | 'queue'
  | 'transfer-destination'
  | 'contact-flow'
  | 'flow-module'
  | 'operating-hours'
  | 'predefined-attribute'
  | 'user-batch'
  | 'access-key'
  | 'contact';
