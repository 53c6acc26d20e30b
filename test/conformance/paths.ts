/** Where a value stands in JSON: members by name, items by index. */
export type Path = readonly (string | number)[];

/** A copy with another value at the path; undefined takes the member away. */
export function replaced(root: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(root)) return root.map((item, index) => (index === key ? replaced(item, rest, value) : item));
  const { [key]: old, ...others } = Object(root) as Record<string, unknown>;
  const inner = replaced(old, rest, value);
  return inner === undefined ? others : { ...others, [key]: inner };
}

/** As messages write it. */
export const textOf = (path: Path) =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
