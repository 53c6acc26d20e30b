import type { PermissionId } from '../access/permissions.ts';
import type { Database } from '../database/tables.ts';

/** All that is known of a kind of resource wherever kinds are dealt with alike; each has a file beside this one. */
export interface Kind {
  /** As people call one of them, and several: for messages. */
  readonly words: readonly [one: string, several: string];
  readonly table: keyof Database;
  /** The column by which people know one; null when there is none that is always filled. */
  readonly name: 'name' | 'username' | null;
  /** Who sees them whole, by any one of the permissions. */
  readonly sees?: readonly PermissionId[];
  /**
   * Who sees their names: in the list of their kind, and in the drop-downs of forms (Admin guide "About inherited
   * permissions"). Whoever has none of these is told no name by any answer or message. The website grants View with Edit,
   * Create and the like; the API stores a profile's permissions as given, so each counts on its own.
   */
  readonly seesNames?: readonly PermissionId[];
  /** What TagRestrictedResources calls them. Whoever leaves it out says that no security profile can limit them. */
  readonly restrictedAs?: string;
  /** Left out of what carries no tags. The table then has a column `tags`. */
  readonly tags?: {
    readonly view: readonly PermissionId[];
    readonly edit: PermissionId;
    /** Its name among the ResourceTypes of SearchResourceTags, which knows fewer types than TagResource. */
    readonly searchedAs?: string;
  };
  /** How many an instance may have (Admin guide, Amazon Connect service quotas). */
  readonly quota?: number;
  /** Whether `:$SAVED` may stand behind the id: of flows and modules, which have states and versions. */
  readonly versioned?: true;
  /**
   * The members of requests that name one or several, in whatever operation and however deep. A member that means
   * something else elsewhere is given with the member that holds its structure and a dot.
   */
  readonly members: readonly string[];
  /** The fields of other kinds' searches that are ids of this one. Their text may be a part of an id. */
  readonly searchedBy?: readonly string[];
  /** Connect's names for it where metrics are filtered: the values beside a FilterKey are ids of this kind. */
  readonly filterKeys?: readonly string[];
  /** The searches of this kind, whose field resourceID names one. */
  readonly foundBy?: readonly string[];
}

/** Keeps the words as they are written, so that the types of resources.ts can be read from them. */
export const kind = <const K extends Kind>(declared: K): K => declared;
