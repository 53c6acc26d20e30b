/**
 * Writes src/connect-api/model.generated.ts: Connect's operations, structures and errors, as the wire needs them.
 *
 * Shapes come from the runtime schemas of @aws-sdk/client-connect. Three things that those lack are in the
 * documentation of its commands and are read from there: the errors of an operation (`@throws`), the kind of a number
 * (`Number("int")`) and the values of an enumeration (`"VOICE" || "CHAT"`).
 * The same SDK gives the same bytes, and the file is left alone when nothing changed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as sdk from '@aws-sdk/client-connect';
import { NormalizedSchema } from '@smithy/core/schema';

const UNION = 4;
const OPERATION = 9;
const ERROR = -3;
const DATE_TIME = 5;
const EPOCH_SECONDS = 7;

const fail = (text) => {
  throw new Error(`generate-model: ${text}`);
};
const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const commands = join(root, 'node_modules/@aws-sdk/client-connect/dist-types/commands');

// ---- What only the documentation of a command says -------------------------------------------------------------------

/** `Structure.Member[]` -> 'integer' | 'long' | 'float' | 'double' | { oneOf }. */
const documented = new Map();
const numberKinds = { int: 'integer', long: 'long', float: 'float', double: 'double' };

/** Notes the leaf in a line such as `MaxResults: Number("int"),` under the place where it stands. */
function noteLeaf(place, text) {
  const number = /^Number\("(\w+)"\)/.exec(text);
  if (number) return documented.set(place, numberKinds[number[1]] ?? fail(`a number of kind ${number[1]} at ${place}`));
  const values = [...text.replace(/, \/\/.*$/, '').matchAll(/"([^"]*)"/g)].map((match) => match[1]);
  if (values.length === 0 || values[0] === 'STRING_VALUE' || values[0].startsWith('<')) return undefined;
  return documented.set(place, { oneOf: values });
}

/** Walks the example input beside the schema: both open and close the same structures, lists and maps. */
function readExample(text, schema) {
  const lines = (/const input = \{.*\n([\s\S]*?)\n \* \};/.exec(text)?.[1] ?? '').split('\n');
  const open = [{ schema, place: schema.getName() }];
  for (const line of lines.map((each) => each.replace(/^ \*\s*/, ''))) {
    const { schema: parent, place } = open.at(-1);
    if (/^[}\]],?/.test(line)) {
      open.pop();
      continue;
    }
    const [, key, rest] = /^(?:(?:"?(<?\w+>?)"?): )?(.*)$/.exec(line);
    const inside = parent.isStructSchema()
      ? { schema: parent.getMemberSchema(key), place: `${parent.getName()}.${key}` }
      : { schema: parent.getValueSchema(), place: `${place}${parent.isListSchema() ? '[]' : '{value}'}` };
    if (/^\{\}|^\[\]/.test(rest)) continue;
    if (/^[{[]/.test(rest)) open.push(inside);
    else noteLeaf(inside.place, rest);
  }
}

// ---- Structures --------------------------------------------------------------------------------------------------

const structures = {};

function scalarOf(schema, place) {
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isNumericSchema()) return documented.get(place) ?? 'double';
  if (schema.isTimestampSchema()) {
    const format = schema.getSchema();
    if (format === DATE_TIME) return 'dateTime';
    return format === 4 || format === EPOCH_SECONDS ? 'timestamp' : fail(`the time format ${format} at ${place}`);
  }
  return schema.isStringSchema() ? (documented.get(place) ?? 'string') : fail(`no shape for ${place}`);
}

function shapeOf(schema, place) {
  if (schema.isStructSchema()) return { structure: nameOf(schema) };
  if (schema.isListSchema()) return { list: shapeOf(schema.getValueSchema(), `${place}[]`) };
  if (schema.isMapSchema()) return { map: shapeOf(schema.getValueSchema(), `${place}{value}`) };
  return scalarOf(schema, place);
}

const knownTraits = new Set(['httpLabel', 'httpQuery', 'httpHeader', 'idempotencyToken', 'sensitive', 'jsonName']);

function memberOf(schema, place, required) {
  const traits = schema.getMergedTraits();
  for (const trait of Object.keys(traits)) if (!knownTraits.has(trait)) fail(`${place} has the unknown trait ${trait}`);
  const wireName = traits.httpQuery ?? traits.httpHeader ?? traits.jsonName;
  return {
    shape: shapeOf(schema, place),
    ...(traits.httpLabel && { in: 'label' }),
    ...(traits.httpQuery && { in: 'query' }),
    ...(traits.httpHeader && { in: 'header' }),
    ...(wireName && wireName !== schema.getMemberName() && { wireName }),
    ...(required && { required: true }),
    ...(traits.sensitive && { sensitive: true }),
    ...(traits.idempotencyToken && { idempotencyToken: true }),
  };
}

/** Adds the structure and all inside it; its members keep the model's order, which documentation follows. */
function nameOf(schema) {
  const name = schema.getName();
  if (structures[name]) return name;
  const members = {};
  structures[name] = { members };
  const raw = schema.getSchema();
  if (raw[0] === UNION) structures[name].union = true;
  const required = Math.max(0, raw[0] === UNION ? 0 : (raw[6] ?? 0));
  let position = 0;
  for (const [member, child] of schema.structIterator()) {
    members[member] = memberOf(child, `${name}.${member}`, position < required);
    position += 1;
  }
  return name;
}

// ---- The model ---------------------------------------------------------------------------------------------------

const all = Object.entries(sdk).filter(([key, value]) => key.endsWith('$') && Array.isArray(value));
const declared = all.filter(([, value]) => value[0] === OPERATION).sort(([a], [b]) => (a < b ? -1 : 1));
const documentation = new Map(
  declared.map(([, value]) => [value[2], readFileSync(join(commands, `${value[2]}Command.d.ts`), 'utf8')]),
);
for (const [, value] of declared) {
  const input = NormalizedSchema.of(value[4]);
  if (input.isStructSchema()) readExample(documentation.get(value[2]), input);
}

const operations = {};
for (const [, [, , name, traits, input, output]] of declared) {
  const [method, uri, status] = traits.http;
  const structureOf = (schema) => (schema.isStructSchema() ? nameOf(schema) : null);
  const errors = [...documentation.get(name).matchAll(/@throws \{@link (\w+)\}/g)].map((match) => match[1]);
  operations[name] = {
    method,
    uri,
    status,
    input: structureOf(NormalizedSchema.of(input)),
    output: structureOf(NormalizedSchema.of(output)),
    errors: errors.filter((error) => error !== 'ConnectServiceException').sort(),
  };
  if (operations[name].errors.length === 0) fail(`no errors found for ${name}`);
}

const errors = {};
for (const [, [kind, , name, traits, members]] of all) {
  if (kind !== ERROR || name === 'ConnectServiceException') continue;
  errors[name] = { status: traits.httpError, members };
}

const json = JSON.stringify({ operations, structures: sorted(structures), errors: sorted(errors) });
const literal = json.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
const text = `// Made by scripts/generate-model.mjs from @aws-sdk/client-connect; not for editing.
import type { Model } from '../operations/shapes.ts';

/** Text, not an object literal: it loads in milliseconds and costs the type checker nothing. */
export const model = JSON.parse('${literal}') as Model;
`;

const target = join(root, 'src/connect-api/model.generated.ts');
const present = (() => {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return null;
  }
})();
const size = `${Object.keys(operations).length} operations, ${Object.keys(structures).length} structures`;
if (present === text) {
  console.log(`src/connect-api/model.generated.ts is up to date: ${size}`);
} else {
  writeFileSync(target, text);
  console.log(`wrote src/connect-api/model.generated.ts: ${size}, ${Math.round(text.length / 1024)} KiB`);
}
