import { instanceId, length, pattern } from '../../operations/constraints.ts';

export const moduleId = { ...instanceId, ContactFlowModuleId: length(1, 256) };

const visible = pattern(/\S/, 'text that is not blank');

export const names = {
  Name: { ...visible, length: [1, 127] },
  // The model's pattern asks for a visible character, and its length allows for none: an empty text empties it.
  Description: { ...pattern(/^$|\S/, 'empty, or text that is not blank'), length: [0, 500] },
} as const;

/** The model bounds Content alone. */
export const settings = { Settings: length(0, 256_000) };
