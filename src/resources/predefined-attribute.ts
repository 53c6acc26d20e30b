import { kind } from './kind.ts';

export const predefinedAttribute = kind({
  words: ['predefined attribute', 'predefined attributes'],
  table: 'predefined_attribute',
  name: 'name',
  // Whoever gives proficiencies to users sees what there is to give.
  sees: ['PredefinedAttributes.View', 'PredefinedAttributes.Edit', 'Users.View', 'Users.Edit'],
  quota: 150,
  // Requests name one by its name.
  members: [],
});
