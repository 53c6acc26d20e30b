import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import { getFirstConsumedChar } from 'regexp-ast-analysis';
import { analyse, type Report } from 'scslre';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';

/*
 * An expression that goes back over what it took needs, for some texts, time that grows with the square of their length or
 * worse: one request then holds everybody up. So each expression of the server and of the website takes linear time,
 * whether it meets a caller's text today or not.
 */

const root = join(import.meta.dirname, '..');

const sources = ['src', 'web/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(root, folder, file))
    .filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|generated)\.tsx?$/.test(file)),
);

/** The expressions of all sources, each once, with a place where it stands; and what makes one of a text. */
function expressionsOf(files: readonly string[]) {
  const written = new Map<string, { pattern: string; flags: string; place: string }>();
  const made: string[] = [];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const { program, errors } = parseSync(file, text);
    if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
    const placeOf = (start: number) => `${relative(root, file)}:${text.slice(0, start).split('\n').length}`;
    const walk = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const { type, start, regex, callee } = node as {
        type?: string;
        start?: number;
        regex?: { pattern: string; flags: string };
        callee?: { name?: string };
      };
      if (type === 'Literal' && regex) {
        written.set(`/${regex.pattern}/${regex.flags}`, { ...regex, place: placeOf(start ?? 0) });
      }
      if ((type === 'NewExpression' || type === 'CallExpression') && callee?.name === 'RegExp') {
        made.push(placeOf(start ?? 0));
      }
      for (const inner of Object.values(node)) walk(inner);
    };
    walk(program);
  }
  return { written, made };
}

const { written, made } = expressionsOf(sources);

/** Why an expression may go back over what it took; empty when it does not. Bounded repetitions are judged like endless ones. */
function reasonsOf(pattern: string, flags: string): string[] {
  const source = pattern.replace(/\{\d+(?:,(\d*))?\}/g, (bound, most?: string) =>
    most === '' || Number(most ?? /\d+/.exec(bound)?.[0]) > 8 ? '+' : bound,
  );
  const { reports } = analyse({ source, flags }, { reportTypes: { Self: true, Trade: true, Move: true } });
  return [...reports.map(placeOfReport), ...alikeBranches(source, flags)];
}

const placeOfReport = (report: Report) =>
  report.type === 'Trade'
    ? `Trade between ${report.startQuant.raw} and ${report.endQuant.raw}`
    : `${report.type} at ${report.quant.raw}`;

/** Branches of a repeated group that begin alike, as in (a|a)*: a text of them can be cut in more ways than one. */
function alikeBranches(source: string, flags: string): string[] {
  const parsed = new RegExpParser().parsePattern(source, 0, source.length, { unicode: /u/.test(flags) });
  const parsedFlags = new RegExpParser().parseFlags(flags);
  const found: string[] = [];
  visitRegExpAST(parsed, {
    onQuantifierEnter(quantifier) {
      if (quantifier.max < 9) return;
      const group = quantifier.element;
      if (group.type !== 'Group' && group.type !== 'CapturingGroup') return;
      const firsts = group.alternatives.map((branch) => getFirstConsumedChar(branch, 'ltr', parsedFlags).char);
      const alike = firsts.some((one, index) => firsts.slice(index + 1).some((other) => !one.isDisjointWith(other)));
      if (alike) found.push(`branches that begin alike in ${quantifier.raw}`);
    },
  });
  return found;
}

test('no expression is made of a text', () => {
  expect(made, 'write it as a literal, so that it can be judged').toEqual([]);
});

test('every expression takes linear time', () => {
  expect(written.size).toBeGreaterThan(100);
  const slow = [...written].flatMap(([expression, { pattern, flags, place }]) =>
    reasonsOf(pattern, flags).map((reason) => `${place} ${expression}: ${reason}`),
  );
  expect(slow, 'anchor them, or say what may not come before or behind').toEqual([]);
});

test('the judge knows slow ones', () => {
  for (const pattern of ['^(a|a)*$', '^(a+)+$', '\\s+$', '^a.*a.*a.*b$', '^(?:a|ab)+$', '^\\d{1,99}\\d{1,99}x']) {
    expect(reasonsOf(pattern, ''), pattern).not.toEqual([]);
  }
  for (const pattern of ['^[a-z]+$', '^(?:a|b)+$', '^\\d{1,3}(?:,\\d{3})*$', '^a+b+$']) {
    expect(reasonsOf(pattern, ''), pattern).toEqual([]);
  }
});
