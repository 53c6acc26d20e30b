/** How the server cuts time into days, with those of 23 and 25 hours: the website asks for days that the server takes. */
export { beginningOfDay, clockAt, isOnClock } from '../../../src/features/metrics/intervals.ts';
