/** Deeper than any real request; what is parsed must not be deeper, for it is walked by functions that call themselves. */
export const deepestJson = 64;

const quote = 0x22;
const backslash = 0x5c;

/**
 * Whether JSON is nested deeper than anybody reads, told before it is parsed: parsing a body that is nothing but opening
 * brackets takes a minute. Of what is no JSON it does not matter what this says.
 */
export function isTooDeep(json: Uint8Array): boolean {
  const { length } = json;
  let depth = 0;
  for (let at = 0; at < length; at += 1) {
    const byte = json[at];
    if (byte === quote) at = endOfText(json, at + 1);
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > deepestJson) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return false;
}

/** Where the quote is that ends a text. Most of JSON is text, so this loop is kept short. */
function endOfText(json: Uint8Array, from: number): number {
  const { length } = json;
  let at = from;
  while (at < length) {
    const byte = json[at];
    if (byte === quote) return at;
    at += byte === backslash ? 2 : 1;
  }
  return length;
}
