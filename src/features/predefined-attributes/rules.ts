import { type Constraint, type Constraints, items, length } from '../../operations/constraints.ts';
import { invalidParameter } from '../../operations/errors.ts';

/** Admin guide, "Create predefined attributes": one pattern for names and values that customers choose. */
const custom: Constraint = {
  length: [1, 100],
  pattern: /^(?!(aws:|connect:))[\p{L}\p{Z}\p{N}_.:/=+-@']+$/u,
  meaning: "letters, digits, spaces and _ . : / = + - @ ' only, and must not begin with aws: or connect:",
};

export const newNameConstraint = { Name: custom } satisfies Constraints;

/** Of an attribute that is there; the system's own begin with connect:. */
export const nameConstraint = { Name: length(1, 100) } satisfies Constraints;

/** What Create and Update take beside the name. */
export const settingsConstraints = {
  'PredefinedAttributeValues.StringList': items(0, 500),
  'PredefinedAttributeValues.StringList[]': custom,
  Purposes: items(0, 10),
  'Purposes[]': length(1, 100),
} satisfies Constraints;

/** @throws InvalidParameterException for a value that is there twice */
export function checkValues(values: readonly string[] | undefined): void {
  const twice = values?.find((value, index) => values.indexOf(value) < index);
  if (twice !== undefined) throw invalidParameter(`Values has "${twice}" twice: give every value once.`);
}

const prefix = 'connect:';

/** Whether Amazon Connect itself keeps the attribute: it cannot be deleted. */
export const isSystemAttribute = (name: string): boolean => name.startsWith(prefix);

/** Whether callers cannot change it at all; the other system attributes take customers' own values. */
export const isReadOnly = (name: string): boolean => name === `${prefix}Subtype`;

/**
 * What every instance begins with (Admin guide, "System predefined attributes"). The subtypes are those that Amazon
 * Connect's other documents name; the guide does not list them.
 */
export const systemAttributes = [
  { name: `${prefix}Language`, values: [] },
  {
    name: `${prefix}Subtype`,
    values: ['Telephony', 'WebRTC', 'Chat', 'SMS', 'Apple', 'WhatsApp', 'Guide', 'Task', 'Email'].map(
      (subtype) => `${prefix}${subtype}`,
    ),
  },
  { name: `${prefix}WorkloadType`, values: [] },
] as const satisfies readonly { name: string; values: readonly string[] }[];

/** For the audit. */
export const snapshotOf = (settings: {
  readonly values: readonly string[];
  readonly purposes?: readonly string[];
  readonly enableValueValidationOnAssociation?: boolean;
}) => ({
  Values: settings.values,
  Purposes: settings.purposes,
  EnableValueValidationOnAssociation: settings.enableValueValidationOnAssociation,
});
