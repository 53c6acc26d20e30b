import { OperationError } from '../../operations/errors.ts';
import { isReadOnly } from './rules.ts';
import type { PredefinedAttribute } from './store.ts';

export function noSuchAttribute(name: string): OperationError {
  return new OperationError(
    'ResourceNotFoundException',
    `There is no predefined attribute with the name "${name}" in this instance.`,
  );
}

export const shownAttribute = (attribute: PredefinedAttribute) => ({
  Name: attribute.name,
  Values: { StringList: [...attribute.values] },
  Purposes: [...attribute.purposes],
  AttributeConfiguration: {
    EnableValueValidationOnAssociation: attribute.enableValueValidationOnAssociation,
    IsReadOnly: isReadOnly(attribute.name),
  },
  LastModifiedTime: attribute.lastModifiedTime,
  LastModifiedRegion: attribute.lastModifiedRegion,
});

/** For the audit, which knows an attribute by its name alone. */
export const named = (name: string) => ['predefined-attribute', { id: name, name }] as const;
