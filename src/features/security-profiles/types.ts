import type { Tags } from '../../database/tables.ts';
import type { InputOf } from '../../operations/connect-types.ts';

type Given = Required<InputOf<'UpdateSecurityProfile'>>;

/** What can be set of a security profile, as Connect names it. Null: never given, or taken away. */
export interface SecurityProfileSettings {
  readonly Description: string | null;
  readonly Permissions: readonly string[];
  readonly AllowedAccessControlTags: Readonly<Tags> | null;
  readonly TagRestrictedResources: readonly string[] | null;
  readonly HierarchyRestrictedResources: readonly string[] | null;
  readonly AllowedAccessControlHierarchyGroupId: string | null;
  readonly Applications: Given['Applications'] | null;
  readonly AllowedFlowModules: Given['AllowedFlowModules'] | null;
  readonly AllowedAIAgents: Given['AllowedAIAgents'] | null;
  readonly GranularAccessControlConfiguration: Given['GranularAccessControlConfiguration'] | null;
}

export interface SecurityProfile {
  readonly id: string;
  readonly name: string;
  readonly settings: SecurityProfileSettings;
  readonly tags: Readonly<Tags>;
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

export interface NewSecurityProfile {
  readonly id: string;
  readonly instanceId: string;
  readonly name: string;
  readonly description: string | null;
  readonly permissions: readonly string[];
  /** What else is given. */
  readonly settings?: Partial<SecurityProfileSettings>;
  readonly tags?: Readonly<Tags>;
  readonly now: Date;
  readonly region: string;
}
