/** How the server cuts time into days, with those of 23 and 25 hours: the website asks for days that the server takes, and shows those without data. */
export { beginningOfDay, edgesOf, isOnClock } from '../../../src/features/metrics/intervals.ts';
export { clockAt } from '../../../src/operations/zone-clock.ts';
