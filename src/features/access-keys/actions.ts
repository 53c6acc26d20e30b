/** `connect:` and an operation, in which `*` stands for any characters, as in IAM. */
export const actionPattern = /^connect:[A-Za-z*]{1,100}$/;

/** Whether an action, or every action that a pattern stands for, is among the allowed ones. Case does not matter. */
export function allows(allowed: readonly string[], action: string): boolean {
  // A pattern is allowed when it matches as text: its own `*` is then covered by a `*` of the other.
  return allowed.some((pattern) => expressionOf(pattern).test(action));
}

const expressions = new Map<string, RegExp>();
const keptExpressions = 1000;

function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known) return known;
  const text = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*');
  const expression = new RegExp(`^${text}$`, 'i');
  if (expressions.size >= keptExpressions) expressions.clear();
  expressions.set(pattern, expression);
  return expression;
}
