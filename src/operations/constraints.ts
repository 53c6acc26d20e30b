/**
 * What the SDK's schemas lack: lengths, ranges, patterns and enumerations. They stand with the operation.
 *
 * A key is a member of the operation's input (`Username`), or a member of a structure anywhere inside it
 * (`UserIdentityInfo.FirstName`: the structure's name in the model; a structure of an extension has the name of the
 * member that holds it). `[]` behind it means each item of a list, `{key}` and `{value}` those of a map.
 * A key that fits nothing in the operation's shapes stops the server from starting.
 */
export interface Constraint {
  /** Also what cannot be stored: NUL and half characters. The operation judges it. */
  readonly anyText?: true;
  /** Characters of a string: Unicode code points, as the model counts them, so an emoji is one. */
  readonly length?: readonly [min: number, max: number | null];
  /** Entries of a list or a map. */
  readonly items?: readonly [min: number, max: number | null];
  /** Smallest and largest number. */
  readonly range?: readonly [min: number, max: number | null];
  readonly oneOf?: readonly string[];
  /** Lifts the model's enumeration: names that AWS has and its SDK does not know yet are taken too. */
  readonly open?: true;
  readonly pattern?: RegExp;
  /** What the pattern asks for, in words: the end of "<Member> must be …". */
  readonly meaning?: string;
}

export type Constraints = Readonly<Record<string, Constraint>>;

export const length = (min: number, max: number | null): Constraint => ({ length: [min, max] });
export const items = (min: number, max: number | null): Constraint => ({ items: [min, max] });
export const range = (min: number, max: number | null): Constraint => ({ range: [min, max] });
export const oneOf = (...values: readonly string[]): Constraint => ({ oneOf: values });
export const pattern = (expression: RegExp, meaning: string): Constraint => ({ pattern: expression, meaning });

/** Every operation has an instance; ids may be given as ARNs, and an instance's ARN fits into 100 characters. */
export const instanceId = { InstanceId: length(1, 100) } satisfies Constraints;

/** Pages of List operations (`maxResults` 1 to 1000) and of Search operations. */
export const pageOf = (max: number) => ({ MaxResults: range(1, max) }) satisfies Constraints;

/** E.164, as the model writes it for desk phones and quick connects. */
export const phoneNumber = pattern(
  /^\+[1-9]\d{1,14}$/,
  'a phone number in E.164 form: a plus sign, then 2 to 15 digits, as in +12065550100',
);

/** A user's phone: also empty, as DescribeUser answers it for a soft phone (the AWS CLI's example of describe-user). */
export const phoneNumberOrEmpty = pattern(
  /^(\+[1-9]\d{1,14})?$/,
  'a phone number in E.164 form: a plus sign, then 2 to 15 digits, as in +12065550100; or empty',
);

const tagKey: Constraint = {
  length: [1, 128],
  pattern: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
  meaning: 'a tag key of letters, digits, spaces and _ . : / = + - @ that does not begin with aws:',
};

/** The model's TagMap. */
export function tagMap(member: string): Constraints {
  return { [member]: items(1, 50), [`${member}{key}`]: tagKey, [`${member}{value}`]: length(0, 256) };
}

/**
 * The tags of what is created: the model's TagMap, or none. The model wants one at least, but Describe answers an empty
 * map where there are none, and what it answers is good enough for Create.
 */
export const newTags: Constraints = { ...tagMap('Tags'), Tags: items(0, 50) };

/** The model's TagKeyList. */
export const tagKeys = (member: string): Constraints => ({ [member]: items(1, 50), [`${member}[]`]: tagKey });
