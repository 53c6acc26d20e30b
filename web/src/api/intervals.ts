/** How the server cuts time into days, with those of 23 and 25 hours: the website asks for edges that the server takes. */
export { edgesOf } from '../../../src/features/metrics/intervals.ts';
