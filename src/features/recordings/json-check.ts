/**
 * Whether text that comes in pieces is JSON. A parser would hold all of it, several times over, and the process as long as it
 * takes; this keeps nothing but where it is.
 */
export interface JsonCheck {
  /** @returns what is wrong, as soon as something is */
  take(text: string): JsonFault | null;
  end(): JsonFault | null;
}

export type JsonFault = 'NO_JSON' | 'TOO_DEEP';

type Place =
  | 'VALUE'
  /** Behind an opening bracket. */
  | 'FIRST_ITEM'
  /** Behind an opening brace. */
  | 'FIRST_KEY'
  | 'KEY'
  | 'COLON'
  /** Behind a value. */
  | 'BEHIND'
  | 'TEXT'
  | 'ESCAPE'
  /** The four digits of an escape. */
  | 'DIGITS'
  /** A number, true, false or null, as far as it has come. */
  | 'WORD';

const wholeWord = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;
/** No number that means anything is longer, and a word is kept. */
const longestWord = 1000;

const kindOf = (isOne: (char: string) => boolean) =>
  Array.from({ length: 128 }, (_, code) => isOne(String.fromCharCode(code)));
/** By the code of a character: what goes on without a change of place. */
const isBlank = kindOf((char) => ' \n\r\t'.includes(char));
const isOfWord = kindOf((char) => /[-+.\w]/.test(char));
const isOfText = kindOf((char) => char >= ' ' && char !== '"' && char !== '\\');

/** Where a run of such characters ends; `others`: whether those of other alphabets are such. */
function endOfRun(isOne: readonly boolean[], others: boolean, text: string, at: number): number {
  let end = at;
  while (end < text.length && (isOne[text.charCodeAt(end)] ?? others)) end += 1;
  return end;
}

export function createJsonCheck(deepest: number): JsonCheck {
  let place: Place = 'VALUE';
  let isKey = false;
  let digits = 0;
  let held = '';
  const open: ('[' | '{')[] = [];

  /** What a character that no run has passed over does; false: it cannot stand here. */
  function step(char: string): boolean {
    switch (place) {
      case 'TEXT':
        if (char === '"') place = isKey ? 'COLON' : 'BEHIND';
        else place = 'ESCAPE';
        return char === '"' || char === '\\';
      case 'ESCAPE':
        place = char === 'u' ? 'DIGITS' : 'TEXT';
        digits = 0;
        return '"\\/bfnrtu'.includes(char);
      case 'DIGITS':
        digits += 1;
        if (digits === 4) place = 'TEXT';
        return /[\da-f]/i.test(char);
      case 'COLON':
        place = 'VALUE';
        return char === ':';
      case 'BEHIND':
        if (char === ']' || char === '}') return close(char);
        place = open.at(-1) === '{' ? 'KEY' : 'VALUE';
        return char === ',' && open.length > 0;
      case 'FIRST_KEY':
      case 'KEY':
        if (char === '}' && place === 'FIRST_KEY') return close(char);
        isKey = true;
        place = 'TEXT';
        return char === '"';
      default:
        return char === ']' && place === 'FIRST_ITEM' ? close(char) : begin(char);
    }
  }

  function close(char: ']' | '}'): boolean {
    place = 'BEHIND';
    return open.pop() === (char === ']' ? '[' : '{');
  }

  function begin(char: string): boolean {
    if (char === '[' || char === '{') {
      open.push(char);
      place = char === '[' ? 'FIRST_ITEM' : 'FIRST_KEY';
    } else if (char === '"') {
      isKey = false;
      place = 'TEXT';
    } else {
      held = char;
      place = 'WORD';
      return /[-\w]/.test(char);
    }
    return true;
  }

  function endWord(): boolean {
    const isOne = wholeWord.test(held);
    held = '';
    place = 'BEHIND';
    return isOne;
  }

  function take(text: string): JsonFault | null {
    for (let at = 0; at < text.length; ) {
      if (place === 'TEXT') at = endOfRun(isOfText, true, text, at);
      else if (place === 'WORD') {
        const end = endOfRun(isOfWord, false, text, at);
        held += text.slice(at, end);
        if (held.length > longestWord || (end < text.length && !endWord())) return 'NO_JSON';
        at = end;
      }
      if (place !== 'TEXT' && place !== 'ESCAPE' && place !== 'DIGITS') at = endOfRun(isBlank, false, text, at);
      if (at === text.length) break;
      if (!step(text.charAt(at))) return 'NO_JSON';
      if (open.length > deepest) return 'TOO_DEEP';
      at += 1;
    }
    return null;
  }

  return {
    take,
    end: () => {
      if (place === 'WORD' && !endWord()) return 'NO_JSON';
      return place === 'BEHIND' && open.length === 0 ? null : 'NO_JSON';
    },
  };
}
