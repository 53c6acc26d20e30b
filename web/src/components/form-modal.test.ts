import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const web = fileURLToPath(new URL('../', import.meta.url));

test('a dialog in which something is entered is one that asks before that is lost', () => {
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  expect(files.length).toBeGreaterThan(100);
  const careless = files.filter((file) => {
    const text = readFileSync(join(web, file), 'utf8');
    return (
      text.includes('<ConfirmModal') &&
      /<(?:Input|Textarea|TextInput|Select|RadioGroup|Checkbox|TagEditor)\b/.test(text)
    );
  });
  expect(careless).toEqual([]);
});
