/** Deeper than any real request; what is parsed must not be deeper, for it is walked by functions that call themselves. */
export const deepestJson = 64;

const quote = 0x22;
const backslash = 0x5c;

/**
 * Whether JSON is nested deeper than anybody reads, told before it is parsed: parsing a body that is nothing but opening
 * brackets takes a minute. Of what is no JSON it does not matter what this says.
 */
export function isTooDeep(json: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > deepestJson) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return false;
}
