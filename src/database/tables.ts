import type { ColumnType, Generated } from 'kysely';

/** The tables as the migrations leave them; a test holds docs/schema.md against the real ones. */
export interface Database {
  instance: InstanceTable;
  hours_of_operation: HoursOfOperationTable;
  hours_of_operation_override: HoursOfOperationOverrideTable;
  hours_of_operation_parent: HoursOfOperationParentTable;
  queue: QueueTable;
  routing_profile: RoutingProfileTable;
  routing_profile_queue: RoutingProfileQueueTable;
  routing_profile_manual_assignment_queue: Pick<
    RoutingProfileQueueTable,
    'routing_profile_id' | 'queue_id' | 'channel'
  >;
  contact_flow: ContactFlowTable;
  contact_flow_module: ContactFlowModuleTable;
  agent_status: AgentStatusTable;
  hierarchy_level: HierarchyLevelTable;
  hierarchy_group: HierarchyGroupTable;
  security_profile: SecurityProfileTable;
  users: UsersTable;
  user_security_profile: UserSecurityProfileTable;
  predefined_attribute: PredefinedAttributeTable;
  user_proficiency: UserProficiencyTable;
  user_status: UserStatusTable;
  quick_connect: QuickConnectTable;
  queue_quick_connect: QueueQuickConnectTable;
  audit_entry: AuditEntryTable;
  change_entry: ChangeEntryTable;
  change_feed: ChangeFeedTable;
  change_set: ChangeSetTable;
  user_batch: UserBatchTable;
  user_batch_record: UserBatchRecordTable;
  user_batch_requester: UserBatchRequesterTable;
  session: SessionTable;
  sign_in_attempt: SignInAttemptTable;
  refusal_count: RefusalCountTable;
  access_key: AccessKeyTable;
  agent_snapshot: AgentSnapshotTable;
  queue_snapshot: QueueSnapshotTable;
  contact: ContactTable;
  contact_raw: ContactRawTable;
  agent_activity: AgentActivityTable;
  agent_event: AgentEventTable;
  agent_segment: AgentSegmentTable;
  agent_interval: AgentIntervalTable;
  agent_offer: AgentOfferTable;
  agent_session: AgentSessionTable;
  sample_history: SampleHistoryTable;
  recording: RecordingTable;
  recording_removal: RecordingRemovalTable;
  saved_report: SavedReportTable;
}

/** Read as a value, written as JSON text: the driver would take an array for a PostgreSQL array. */
export type Json<T> = ColumnType<T, string, string>;
export type Tags = Record<string, string>;

export interface InstanceTable {
  id: string;
  region: string;
  account_id: string;
  alias: string | null;
  identity_management_type: 'CONNECT_MANAGED' | 'SAML' | 'EXISTING_DIRECTORY';
  inbound_calls_enabled: boolean;
  outbound_calls_enabled: boolean;
  tags: ColumnType<Tags, string | undefined, string>;
  created_time: Date;
  sample_data_time: Date | null;
  active_time: Date;
  deletion_time: Date | null;
  directory_id: string | null;
  attributes: ColumnType<Record<string, boolean>, string | undefined, string>;
  client_token: string | null;
  request_hash: string | null;
}

/** What nearly every resource has. */
interface Resource {
  id: string;
  instance_id: string;
  tags: ColumnType<Tags, string | undefined, string>;
  last_modified_time: Date;
  last_modified_region: string;
}

export interface HoursOfOperationTable extends Resource {
  name: string;
  description: string | null;
  time_zone: string;
  config: Json<unknown>;
}

export interface HoursOfOperationOverrideTable {
  id: string;
  hours_of_operation_id: string;
  name: string;
  description: string | null;
  type: Generated<'STANDARD' | 'OPEN' | 'CLOSED'>;
  effective_from: string;
  effective_till: string;
  config: Json<unknown>;
  recurrence_config: ColumnType<unknown, string | null | undefined, string | null>;
}

export interface HoursOfOperationParentTable {
  hours_of_operation_id: string;
  parent_id: string;
  position: number;
}

export interface QueueTable extends Resource {
  name: string;
  description: string | null;
  hours_of_operation_id: string;
  max_contacts: number | null;
  status: ColumnType<'ENABLED' | 'DISABLED', 'ENABLED' | 'DISABLED' | undefined>;
  outbound_caller_config: ColumnType<unknown, string | null | undefined, string | null>;
  outbound_email_config: ColumnType<unknown, string | null | undefined, string | null>;
}

export interface RoutingProfileTable extends Resource {
  name: string;
  description: string;
  default_outbound_queue_id: string;
  media_concurrencies: Json<unknown>;
  agent_availability_timer: Generated<'TIME_SINCE_LAST_ACTIVITY' | 'TIME_SINCE_LAST_INBOUND'>;
  is_default: Generated<boolean>;
}

export interface RoutingProfileQueueTable {
  routing_profile_id: string;
  queue_id: string;
  channel: 'VOICE' | 'CHAT' | 'TASK' | 'EMAIL';
  priority: number;
  delay: number;
}

export interface ContactFlowTable extends Resource {
  name: string;
  type: string;
  description: string | null;
  content: string;
  saved_content: string | null;
  state: Generated<'ACTIVE' | 'ARCHIVED'>;
  status: Generated<'PUBLISHED' | 'SAVED'>;
  is_default: Generated<boolean>;
}

export interface ContactFlowModuleTable extends Resource {
  name: string;
  description: string | null;
  content: string;
  saved_content: string | null;
  settings: string | null;
  external_invocation_enabled: boolean | null;
  state: Generated<'ACTIVE' | 'ARCHIVED'>;
  client_token: string | null;
  request_hash: string | null;
}

export interface AgentStatusTable extends Resource {
  name: string;
  description: string | null;
  type: 'ROUTABLE' | 'CUSTOM' | 'OFFLINE';
  state: 'ENABLED' | 'DISABLED';
  display_order: number | null;
}

export interface HierarchyLevelTable {
  instance_id: string;
  level: number;
  id: string;
  name: string;
  last_modified_time: Date;
  last_modified_region: string;
}

export interface HierarchyGroupTable extends Resource {
  level: number;
  parent_group_id: string | null;
  name: string;
}

export interface SecurityProfileTable extends Resource {
  name: string;
  description: string | null;
  permissions: Generated<string[]>;
  allowed_access_control_tags: ColumnType<Tags | null, string | null | undefined, string | null>;
  tag_restricted_resources: string[] | null;
  hierarchy_restricted_resources: string[] | null;
  allowed_access_control_hierarchy_group_id: string | null;
  applications: ColumnType<unknown, string | null | undefined, string | null>;
  allowed_flow_modules: ColumnType<unknown, string | null | undefined, string | null>;
  allowed_ai_agents: ColumnType<unknown, string | null | undefined, string | null>;
  granular_access_control_configuration: ColumnType<unknown, string | null | undefined, string | null>;
}

export interface UsersTable extends Resource {
  username: string;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  secondary_email: string | null;
  mobile: string | null;
  password_hash: string | null;
  directory_user_id: string | null;
  routing_profile_id: string;
  hierarchy_group_id: string | null;
  phone_type: 'SOFT_PHONE' | 'DESK_PHONE' | null;
  auto_accept: Generated<boolean>;
  after_contact_work_time_limit: Generated<number>;
  desk_phone_number: string | null;
  persistent_connection: Generated<boolean>;
  channel_configs: ColumnType<unknown, string | null | undefined, string | null>;
  created_time: Date;
  proficiencies_modified_time: Date | null;
}

export interface UserSecurityProfileTable {
  user_id: string;
  security_profile_id: string;
  position: number;
}

export interface PredefinedAttributeTable {
  id: string;
  instance_id: string;
  name: string;
  string_list: string[];
  purposes: Generated<string[]>;
  enable_value_validation_on_association: Generated<boolean>;
  last_modified_time: Date;
  last_modified_region: string;
}

export interface UserProficiencyTable {
  user_id: string;
  attribute_id: string;
  value: string;
  level: number;
}

export interface UserStatusTable {
  user_id: string;
  agent_status_id: string;
  start_time: Date;
}

export interface QuickConnectTable extends Resource {
  name: string;
  description: string | null;
  type: 'USER' | 'QUEUE' | 'PHONE_NUMBER' | 'FLOW';
  user_id: string | null;
  queue_id: string | null;
  contact_flow_id: string | null;
  phone_number: string | null;
}

export interface QueueQuickConnectTable {
  queue_id: string;
  quick_connect_id: string;
}

export interface AuditEntryTable {
  id: Generated<string>;
  instance_id: string | null;
  time: Date;
  operation: string;
  actor_type: 'USER' | 'ACCESS_KEY' | 'SYSTEM';
  actor_id: string;
  actor_name: string;
  door: 'WEBSITE' | 'API' | 'BATCH' | 'REPLICATION' | 'SYSTEM';
  permission: string;
  resource_type: string;
  resource_id: string;
  resource_name: string;
  change: 'CREATED' | 'UPDATED' | 'DELETED';
  details: ColumnType<unknown, string | null | undefined, never>;
  user_batch_id: string | null;
  request_id: string;
}

export interface ChangeSetTable {
  id: string;
  time: Date;
  size: number;
  sequence: number | null;
}

export interface ChangeFeedTable {
  only_row: Generated<boolean>;
  id: Generated<string>;
  last_sequence: number;
  pruned_through: number;
}

export interface ChangeEntryTable {
  id: Generated<string>;
  set_id: string;
  instance_id: string | null;
  resource_type: string;
  resource_id: string;
  change: 'CREATED' | 'UPDATED' | 'DELETED';
}

export interface UserBatchTable {
  id: string;
  instance_id: string;
  type: 'DELETION' | 'UPDATE' | 'IMPORT';
  status: 'QUEUED' | 'IN_PROGRESS' | 'PAUSED' | 'STOPPED' | 'COMPLETED' | 'COMPLETED_WITH_FAILURES';
  instructions: Json<object>;
  requested_by_type: 'USER' | 'ACCESS_KEY';
  requested_by_id: string;
  requested_by_name: string;
  request_id: string;
  client_token: string | null;
  request_hash: string;
  retry_of: string | null;
  requested_count: number;
  succeeded_count: Generated<number>;
  failed_count: Generated<number>;
  retryable_count: Generated<number>;
  stopped_count: Generated<number>;
  kind_counts: ColumnType<Record<string, number>, string | undefined, string>;
  created_time: Date;
  start_time: Date | null;
  end_time: Date | null;
  last_range_time: Date | null;
  range_errors: Generated<number>;
  note: Generated<string | null>;
  dismissed_time: Date | null;
  dismissed_by: string | null;
}

export interface UserBatchRequesterTable {
  type: 'USER' | 'ACCESS_KEY';
  id: string;
}

export interface UserBatchRecordTable {
  user_batch_id: string;
  position: number;
  user_id: string | null;
  username: string | null;
  first_name: string | null;
  last_name: string | null;
  status: Generated<'PENDING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED'>;
  error_code: string | null;
  reason: string | null;
  retryable: boolean | null;
  kind_counts: ColumnType<Record<string, number>, string | undefined, string>;
  time: Date | null;
  given: string | null;
  case_differs: Generated<boolean>;
  finding: 'DELETED_BEFORE' | 'NEVER_EXISTED' | 'UNREADABLE' | 'AMBIGUOUS' | null;
  payload: ColumnType<object | null, string | null | undefined, string | null>;
}

export interface SessionTable {
  id: Generated<string>;
  address: string | null;
  token_hash: Buffer;
  user_id: string;
  instance_id: string;
  csrf_token: string;
  created_time: Date;
  expires_time: Date;
}

export interface SignInAttemptTable {
  digest: Buffer;
  attempts: number;
  window_start: Date;
}

export interface RefusalCountTable {
  minute: Date;
  /** HOUR: of the hour that begins with the minute. */
  span: Generated<'MINUTE' | 'HOUR'>;
  kind: 'SIGN_IN' | 'CALL';
  caller_type: 'ADDRESS' | 'USER' | 'ACCESS_KEY' | 'OTHERS';
  caller_id: string;
  caller_name: string;
  address: string;
  count: number;
  reasons: Json<Record<string, number>>;
}

export interface AccessKeyTable {
  id: string;
  sealed_secret: Buffer;
  description: string | null;
  actions: string[];
  status: Generated<'ENABLED' | 'DISABLED'>;
  created_time: Date;
  created_by: string;
  last_used_time: Date | null;
}

export interface AgentSnapshotTable {
  id: string;
  instance_id: string;
  user_id: string;
  username: string;
  first_name: string | null;
  last_name: string | null;
  routing_profile_id: string | null;
  routing_profile_name: string | null;
  hierarchy_group_ids: string[];
  hierarchy_group_names: string[];
}

export interface QueueSnapshotTable {
  id: string;
  instance_id: string;
  queue_id: string;
  type: 'STANDARD' | 'AGENT';
  name: string | null;
}

export interface ContactTable {
  instance_id: string;
  contact_id: string;
  initial_contact_id: string | null;
  previous_contact_id: string | null;
  next_contact_id: string | null;
  related_contact_id: string | null;
  agent_id: string | null;
  agent_snapshot_id: string | null;
  queue_id: string | null;
  queue_snapshot_id: string | null;
  initiation_time: Date;
  connected_to_system_time: Date | null;
  scheduled_time: Date | null;
  enqueue_time: Date | null;
  dequeue_time: Date | null;
  connected_to_agent_time: Date | null;
  after_contact_work_end_time: Date | null;
  transfer_completed_time: Date | null;
  disconnect_time: Date | null;
  last_update_time: Date;
  record_hash: Buffer;
  version: number;
  queue_duration: number | null;
  agent_interaction_duration: number | null;
  customer_hold_duration: number | null;
  after_contact_work_duration: number | null;
  agent_pause_duration: number | null;
  number_of_holds: number | null;
  agent_connection_attempts: number | null;
  channel: string;
  subtype: string | null;
  initiation_method: string;
  disconnect_reason: string | null;
  customer_endpoint: string | null;
  system_endpoint: string | null;
  transferred_to_endpoint: string | null;
  name: string | null;
  attributes: ColumnType<Record<string, string>, string | undefined, string>;
  tags: ColumnType<Tags, string | undefined, string>;
}

export interface ContactRawTable {
  instance_id: string;
  contact_id: string;
  record: Buffer;
}

export interface AgentActivityTable {
  instance_id: string;
  agent_id: string;
}

export interface AgentEventTable {
  instance_id: string;
  agent_id: string;
  event_id: string;
  event_time: Date;
  type: 'LOGIN' | 'LOGOUT' | 'STATE_CHANGE';
  record: Buffer;
}

export interface AgentSegmentTable {
  instance_id: string;
  agent_id: string;
  start_time: Date;
  end_time: Date | null;
  agent_snapshot_id: string;
  status_id: string | null;
  status_name: string;
  status_type: 'ROUTABLE' | 'CUSTOM' | 'OFFLINE';
  activity: string | null;
  channel: string | null;
  initiation_method: string | null;
  on_contact: boolean;
  in_error: boolean;
  incomplete: boolean;
}

export interface AgentIntervalTable {
  instance_id: string;
  agent_id: string;
  interval_start: Date;
  agent_snapshot_id: string;
  online_ms: number;
  idle_ms: number;
  contact_ms: number;
  non_productive_ms: number;
  error_ms: number;
  incomplete: boolean;
}

export interface AgentOfferTable {
  instance_id: string;
  agent_id: string;
  contact_id: string;
  event_id: string;
  start_time: Date;
  end_time: Date;
  outcome: 'ACCEPTED' | 'MISSED' | 'REJECTED' | 'CUSTOMER_LEFT' | 'ERROR';
  connecting_ms: number;
  queue_id: string | null;
  queue_snapshot_id: string | null;
  channel: string;
  initiation_method: string;
  agent_snapshot_id: string;
}

export interface AgentSessionTable {
  instance_id: string;
  agent_id: string;
  login_time: Date;
  logout_time: Date | null;
  agent_snapshot_id: string;
  source: 'EVENT' | 'WEBSITE';
}

export interface SampleHistoryTable {
  instance_id: string;
  filled: number;
  days: number;
  time: Date;
}

export interface RecordingTable {
  instance_id: string;
  contact_id: string;
  name: string;
  object_id: string | null;
  content_type: string;
  size: number;
  sha256: Buffer;
  stored_time: Date;
  deletion_time: Date | null;
  deletion_reason: string | null;
  deletion_actor: string | null;
}

export interface RecordingRemovalTable {
  object_id: string;
  due_time: Date;
}

export interface SavedReportTable {
  id: string;
  instance_id: string;
  owner_type: 'USER' | 'ACCESS_KEY';
  owner_id: string;
  owner_name: string;
  name: string;
  type: 'AGENT_PERFORMANCE' | 'CONTACT_METRICS' | 'AGENT_METRICS';
  status: 'PRIVATE' | 'SHARED' | 'PUBLISHED';
  settings: Json<object>;
  version: number;
  created_time: Date;
  last_modified_time: Date;
}
