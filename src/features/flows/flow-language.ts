import { deepestJson, isTooDeep } from '../../operations/json-nesting.ts';

/**
 * Checks content against the Amazon Connect flow language (API Reference, "Amazon Connect Flow language"): its frame, its
 * actions, and that every transition leads to an action that is there. What the parameters of each type of action may be
 * is not checked, nor whether a type is known.
 */

/** Actions that one flow may have. */
const mostActions = 250;
/** Problems that one refusal names; whoever mends these sees the others next. */
const mostProblems = 50;
const longestIdentifier = 50;

/** Characters and names that the flow language does not allow as identifiers. */
const forbiddenCharacters = /[%:(\\/)=$,;[\]{}]/;
const forbiddenNames = new Set([
  '__proto__',
  'constructor',
  '__defineGetter__',
  '__defineSetter__',
  'toString',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'valueOf',
]);

/** What is wrong with the content, a sentence for each; empty when it is valid. */
export function problemsOf(content: string): string[] {
  if (isTooDeep(Buffer.from(content))) return [`The content is nested deeper than ${deepestJson} levels.`];
  let flow: unknown;
  try {
    flow = JSON.parse(content);
  } catch {
    return ['The content is not valid JSON.'];
  }
  if (!isObject(flow)) return ['The content must be a JSON object.'];
  const problems: string[] = [];
  if (flow.Version !== '2019-10-30') problems.push('Version must be "2019-10-30".');
  if (!Array.isArray(flow.Actions) || flow.Actions.length === 0) {
    problems.push('Actions must be a list of at least one action.');
    return problems;
  }
  if (flow.Actions.length > mostActions) {
    problems.push(`A flow may have ${mostActions} actions; this one has ${flow.Actions.length}.`);
    return problems;
  }
  const identifiers = identifiersOf(flow.Actions, problems);
  if (typeof flow.StartAction !== 'string' || !identifiers.has(flow.StartAction)) {
    problems.push('StartAction must be the Identifier of one of the Actions.');
  }
  for (const [index, action] of flow.Actions.entries()) {
    if (isObject(action)) checkAction(action, nameOf(action, index), identifiers, problems);
  }
  return problems.slice(0, mostProblems);
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How a problem speaks of an action: by its identifier when that can be shown, else by its place. */
function nameOf(action: Json, index: number): string {
  const { Identifier: identifier } = action;
  return typeof identifier === 'string' && identifier !== '' && identifier.length <= longestIdentifier
    ? `The action "${identifier}"`
    : `Actions[${index}]`;
}

function identifiersOf(actions: readonly unknown[], problems: string[]): Set<string> {
  const identifiers = new Set<string>();
  for (const [index, action] of actions.entries()) {
    if (!isObject(action)) {
      problems.push(`Actions[${index}] must be an object.`);
      continue;
    }
    const { Identifier: identifier } = action;
    const length = typeof identifier === 'string' ? [...identifier].length : 0;
    if (typeof identifier !== 'string' || length === 0 || length > longestIdentifier) {
      problems.push(`Actions[${index}] needs an Identifier of 1 to ${longestIdentifier} characters.`);
      continue;
    }
    if (forbiddenCharacters.test(identifier) || forbiddenNames.has(identifier)) {
      problems.push(`The Identifier of Actions[${index}] has characters, or is a name, that identifiers cannot have.`);
    }
    if (identifiers.has(identifier)) problems.push(`The Identifier "${identifier}" is used by more than one action.`);
    identifiers.add(identifier);
  }
  return identifiers;
}

function checkAction(action: Json, name: string, identifiers: ReadonlySet<string>, problems: string[]): void {
  if (typeof action.Type !== 'string' || action.Type === '') problems.push(`${name} needs a Type.`);
  if (!isObject(action.Parameters)) problems.push(`${name} needs Parameters, an object.`);
  if (!isObject(action.Transitions)) {
    problems.push(`${name} needs Transitions, an object; an empty one for an action that ends the flow.`);
    return;
  }
  const { NextAction: next, Errors: errors, Conditions: conditions } = action.Transitions;
  const leads = (to: unknown, place: string) => {
    if (typeof to === 'string' && identifiers.has(to)) return;
    problems.push(`${name}: ${place} must be the Identifier of one of the Actions.`);
  };
  if (next !== undefined) leads(next, 'NextAction');
  for (const [member, list] of Object.entries({ Errors: errors, Conditions: conditions })) {
    if (list === undefined) continue;
    if (!Array.isArray(list)) {
      problems.push(`${name}: ${member} must be a list.`);
      continue;
    }
    for (const [index, one] of list.entries()) {
      if (isObject(one)) leads(one.NextAction, `NextAction of ${member}[${index}]`);
      else problems.push(`${name}: ${member}[${index}] must be an object.`);
    }
  }
}
