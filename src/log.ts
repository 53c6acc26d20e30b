import { type Logger as PinoLogger, pino } from 'pino';
import type { Config } from './config.ts';

export type Logger = PinoLogger;

/**
 * On standard error, so that standard output holds only what a person asked for: JSON lines for a log collector, plain
 * lines for a terminal. Never a body or a header of a request.
 */
export function createLogger(level: Config['logLevel']): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return process.stderr.isTTY
    ? pino(options, { write: plainLine })
    : pino(options, pino.destination({ fd: 2, sync: true }));
}

function plainLine(json: string): void {
  const { level, msg, err } = JSON.parse(json) as { level: number; msg?: string; err?: { message?: string } };
  const severity = level >= 50 ? 'error: ' : level >= 40 ? 'warning: ' : '';
  process.stderr.write(`${severity}${msg ?? ''}${err?.message ? `: ${err.message}` : ''}\n`);
}
