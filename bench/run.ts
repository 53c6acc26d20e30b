import { deletion } from './deletion.suite.ts';
import { lists } from './lists.suite.ts';
import { type Measurement, measurement, type Suite } from './measure.ts';
import { reports } from './reports.suite.ts';
import { start } from './start.suite.ts';
import { website } from './website.suite.ts';

// npm run bench [-- [--json] SUITE...]. Times swing with the machine; the ratios, taken in turns within one run, are what to compare.

const suites: readonly Suite[] = [start, deletion, lists, website, reports];

const given = process.argv.slice(2);
const json = given.includes('--json');
const names = given.filter((word) => word !== '--json');
const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));

if (unknown.length > 0) {
  console.error(
    [
      `There is no suite called ${unknown.join(', ')}. npm run bench -- [--json] [SUITE...]; without a name all of them:`,
      ...suites.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`),
    ].join('\n'),
  );
  process.exit(2);
}

let missed = 0;
for (const suite of suites.filter(({ name }) => names.length === 0 || names.includes(name))) {
  if (!json) console.log(`\n${suite.name}: ${suite.about}`);
  await suite.run((what, unit, values, goal) => {
    const measured = measurement(suite.name, what, unit, values, goal);
    if (measured.met === false) missed += 1;
    console.log(json ? JSON.stringify(measured) : inWords(measured));
  });
}
if (!json && missed > 0) console.log(`\nGoals missed: ${missed}`);

/** One line: what, the median, the lowest and highest, the goal and whether it was met. */
function inWords({ what, unit, median, lowest, highest, rounds, goal, met }: Measurement): string {
  const spread = rounds > 1 ? `${short(lowest)} to ${short(highest)}` : '';
  const bound = goal && (goal.atMost !== undefined ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`);
  const judged = bound ? `goal ${bound}: ${met ? 'met' : 'MISSED'}` : '';
  return `  ${what.padEnd(62)} ${`${short(median)} ${unit}`.padStart(15)}  ${spread.padEnd(20)} ${judged}`.trimEnd();
}

function short(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2);
}
