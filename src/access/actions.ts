/** `connect:` and an operation, in which `*` stands for any characters, as in IAM. */
export const actionPattern = /^connect:[A-Za-z*]{1,100}$/;

/** Whether an action, or every action that a pattern stands for, is among the allowed ones. Case does not matter. */
export function allows(allowed: readonly string[], action: string): boolean {
  // A pattern is allowed when it matches as text: its own `*` is then covered by a `*` of the other.
  const text = action.toLowerCase();
  return allowed.some((pattern) => matches(pattern.toLowerCase(), text));
}

/**
 * Piece by piece, each at the first place behind the one before: no later place could leave more room for the rest, so
 * nothing is ever tried twice. A regular expression would go through all places of all stars.
 */
function matches(pattern: string, text: string): boolean {
  const [beginning = '', ...pieces] = pattern.split('*');
  const ending = pieces.pop();
  if (ending === undefined) return pattern === text;
  const end = text.length - ending.length;
  if (beginning.length > end || !text.startsWith(beginning) || !text.endsWith(ending)) return false;
  let from = beginning.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, from);
    if (found < 0 || found + piece.length > end) return false;
    from = found + piece.length;
  }
  return true;
}
