import { join, resolve } from 'node:path';
import { passwordForm, passwordWords } from './password-rule.ts';
import { type TrustedProxies, trustedProxies } from './remote-address.ts';

/** Every setting: its variable, its default, and what it means. `cordboard serve --help` prints this list. */
export const settings = {
  CORDBOARD_HOST: { default: '127.0.0.1', meaning: 'Address to listen on' },
  CORDBOARD_PORT: { default: '8080', meaning: 'Port of the website and the API' },
  CORDBOARD_PUBLIC_URL: { default: '', meaning: 'Address that people use, if a proxy stands in front' },
  CORDBOARD_ALLOWED_HOSTS: {
    default: '',
    meaning: 'Further names by which browsers may reach the website, comma-separated',
  },
  CORDBOARD_DATA_DIR: { default: '.cordboard', meaning: 'Data folder' },
  CORDBOARD_RECORDINGS: {
    default: '',
    meaning: 'Folder of recordings, the same for all servers of a database; unset: recordings in the data folder',
  },
  DATABASE_URL: { default: '', meaning: 'A PostgreSQL 15 or later to use instead of the embedded one' },
  CORDBOARD_DATABASE_SESSIONS: { default: '16', meaning: 'Most sessions with PostgreSQL at a time' },
  CORDBOARD_ACCOUNT_ID: { default: '123456789012', meaning: 'Account id in ARNs' },
  CORDBOARD_REGION: { default: 'us-east-1', meaning: 'Region of the first instance' },
  CORDBOARD_ACCESS_KEY_ID: { default: '', meaning: 'First access key; unset: made at random on the first start' },
  CORDBOARD_SECRET_ACCESS_KEY: { default: '', meaning: 'Its secret' },
  CORDBOARD_ADMIN_USERNAME: { default: 'admin', meaning: 'Login of the first administrator' },
  CORDBOARD_ADMIN_PASSWORD: { default: '', meaning: 'Password of the first administrator; unset: random, shown once' },
  CORDBOARD_INSTANCE_ALIAS: { default: 'cordboard', meaning: 'Alias of the first instance' },
  CORDBOARD_SAMPLE_DAYS: {
    default: '90',
    meaning: 'Days of history that serve --sample makes, while it is serving already; 0: none',
  },
  CORDBOARD_TRUSTED_PROXIES: {
    default: '',
    meaning: 'Addresses or networks of proxies whose X-Forwarded-For is believed, comma-separated',
  },
  CORDBOARD_FAILED_SIGN_INS_PER_ADDRESS: {
    default: '100',
    meaning: 'Failed sign-ins from one address within ten minutes, before it has to wait',
  },
  CORDBOARD_REFUSAL_DAYS: {
    default: '90',
    meaning: 'Days that counts of failed sign-ins and denied calls are kept',
  },
  CORDBOARD_AWS_QUOTAS: {
    default: 'off',
    meaning: 'on: limit API requests as Amazon Connect does (2 a second, burst 5)',
  },
  CORDBOARD_FEED_DAYS: { default: '30', meaning: 'Days that the change feed is kept' },
  CORDBOARD_BATCH_DAYS: {
    default: '0',
    meaning: 'Days that ended user batches and their results are kept; 0: for good',
  },
  CORDBOARD_AUDIT_DAYS: { default: '0', meaning: 'Days that the audit is kept; 0: for good' },
  CORDBOARD_CONTACT_DAYS: {
    default: '731',
    meaning: 'Days that contacts are kept from their beginning, 24 months as in Amazon Connect; 0: for good',
  },
  CORDBOARD_FILES_AT_ONCE: { default: '32', meaning: 'Files of results that are sent at the same time' },
  CORDBOARD_FILE_CHUNK_SECONDS: {
    default: '60',
    meaning: 'A client that takes longer for 500 lines of one is cut off',
  },
  CORDBOARD_BODY_MEGABYTES: {
    default: '64',
    meaning: 'Megabytes of request bodies over 64 KiB that may lie in memory at the same time',
  },
  CORDBOARD_UNFINISHED_BATCHES: { default: '20', meaning: 'User batches of one requester that may be unfinished' },
  CORDBOARD_UNFINISHED_RECORDS: { default: '500000', meaning: 'Records of them that may be unfinished' },
  CORDBOARD_BATCH_RANGE_SIZE: { default: '500', meaning: 'Records of a user batch that are done in one transaction' },
  CORDBOARD_STOP_DELAY_SECONDS: {
    default: '0',
    meaning: 'When stopping: serve so much longer while /readyz says 503, for a proxy to turn away',
  },
  CORDBOARD_STOP_TIMEOUT_SECONDS: { default: '10', meaning: 'When stopping: longest wait for what is under way' },
  CORDBOARD_SESSION_IDLE_MINUTES: {
    default: '60',
    meaning: 'A session of the website ends when its user has done nothing for so long; after 12 hours in any case',
  },
  CORDBOARD_METRICS_TOKEN: {
    default: '',
    meaning:
      'What /metrics asks for as a bearer token; unset: /metrics answers on loopback only, where no proxy is trusted',
  },
  CORDBOARD_LOG_LEVEL: { default: 'info', meaning: 'trace, debug, info, warn, error or silent' },
} as const;

export type SettingName = keyof typeof settings;

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Null: derived from host and the port that was really taken. */
  readonly publicUrl: string | null;
  /** Beside localhost, addresses, and the name in the public URL; in lower case. */
  readonly allowedHosts: readonly string[];
  readonly dataDir: string;
  readonly recordings: string;
  readonly databaseUrl: string | null;
  readonly databaseSessions: number;
  readonly accountId: string;
  readonly region: string;
  readonly accessKey: { readonly id: string; readonly secret: string } | null;
  readonly adminUsername: string;
  readonly adminPassword: string | null;
  readonly instanceAlias: string;
  readonly sampleDays: number;
  readonly trustedProxies: TrustedProxies;
  readonly failedSignInsPerAddress: number;
  readonly awsQuotas: boolean;
  /** Days; null: for good. */
  readonly retention: {
    readonly feedDays: number;
    readonly refusalDays: number;
    readonly batchDays: number | null;
    readonly auditDays: number | null;
    readonly contactDays: number | null;
  };
  readonly fileLimits: { readonly atOnce: number; readonly chunkSeconds: number };
  readonly bodyMegabytes: number;
  readonly batchLimits: { readonly batches: number; readonly records: number };
  readonly batchRangeSize: number;
  readonly stopDelaySeconds: number;
  readonly stopTimeoutSeconds: number;
  readonly sessionIdleMinutes: number;
  /** Null: whoever reaches a server that is on loopback alone may read /metrics. */
  readonly metricsToken: string | null;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** A setting, file or database that keeps Cordboard from starting. The message is one line for whoever started it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/**
 * Reads the settings from environment variables. @throws StartError naming the first variable that cannot be used.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const text = (name: SettingName): string => environment[name]?.trim() || settings[name].default;
  const number = (name: SettingName, min: number, max: number): number => {
    const value = text(name);
    if (!/^\d+$/.test(value) || Number(value) < min || Number(value) > max) {
      throw new StartError(`${name} must be a whole number from ${min} to ${max}, not "${value}".`);
    }
    return Number(value);
  };
  const matching = (name: SettingName, pattern: RegExp, meaning: string): string => {
    const value = text(name);
    if (!pattern.test(value)) throw new StartError(`${name} must be ${meaning}, not "${value}".`);
    return value;
  };

  const accessKeyId = text('CORDBOARD_ACCESS_KEY_ID');
  const secret = text('CORDBOARD_SECRET_ACCESS_KEY');
  if (Boolean(accessKeyId) !== Boolean(secret)) {
    throw new StartError('CORDBOARD_ACCESS_KEY_ID and CORDBOARD_SECRET_ACCESS_KEY must be set together.');
  }
  if (accessKeyId && !/^[A-Za-z0-9_-]{4,128}$/.test(accessKeyId)) {
    throw new StartError('CORDBOARD_ACCESS_KEY_ID must be 4 to 128 letters, digits, _ or -.');
  }
  const adminPassword = text('CORDBOARD_ADMIN_PASSWORD');
  if (adminPassword && !passwordForm.test(adminPassword)) {
    throw new StartError(`CORDBOARD_ADMIN_PASSWORD must be ${passwordWords}.`);
  }
  const logLevel = logLevels.find((level) => level === text('CORDBOARD_LOG_LEVEL'));
  if (!logLevel) throw new StartError(`CORDBOARD_LOG_LEVEL must be one of ${logLevels.join(', ')}.`);

  return {
    host: text('CORDBOARD_HOST'),
    port: number('CORDBOARD_PORT', 0, 65_535),
    publicUrl: publicUrlIn(text('CORDBOARD_PUBLIC_URL')),
    allowedHosts: hosts(text('CORDBOARD_ALLOWED_HOSTS')),
    dataDir: resolve(text('CORDBOARD_DATA_DIR')),
    recordings: resolve(text('CORDBOARD_RECORDINGS') || join(text('CORDBOARD_DATA_DIR'), 'recordings')),
    databaseUrl: text('DATABASE_URL') || null,
    // Two workers and a request at the least.
    databaseSessions: number('CORDBOARD_DATABASE_SESSIONS', 3, 1000),
    accountId: matching('CORDBOARD_ACCOUNT_ID', /^\d{12}$/, '12 digits'),
    region: matching('CORDBOARD_REGION', /^[a-z]{2}(-[a-z]+){1,2}-\d$/, 'a Region such as us-east-1'),
    accessKey: accessKeyId ? { id: accessKeyId, secret } : null,
    adminUsername: matching('CORDBOARD_ADMIN_USERNAME', /^[^\p{Cc}]{1,100}$/u, '1 to 100 characters'),
    adminPassword: adminPassword || null,
    instanceAlias: matching(
      'CORDBOARD_INSTANCE_ALIAS',
      /^(?!d-)(?!.*-$)[\da-zA-Z][-\da-zA-Z]{0,44}$/,
      '1 to 45 letters, digits and hyphens, without a hyphen at either end and not beginning with d-',
    ),
    sampleDays: number('CORDBOARD_SAMPLE_DAYS', 0, 365),
    trustedProxies: proxies(text('CORDBOARD_TRUSTED_PROXIES')),
    failedSignInsPerAddress: number('CORDBOARD_FAILED_SIGN_INS_PER_ADDRESS', 10, 100_000),
    awsQuotas: matching('CORDBOARD_AWS_QUOTAS', /^(on|off)$/, 'on or off') === 'on',
    retention: {
      feedDays: number('CORDBOARD_FEED_DAYS', 1, 36_500),
      refusalDays: number('CORDBOARD_REFUSAL_DAYS', 1, 36_500),
      batchDays: number('CORDBOARD_BATCH_DAYS', 0, 36_500) || null,
      auditDays: number('CORDBOARD_AUDIT_DAYS', 0, 36_500) || null,
      contactDays: number('CORDBOARD_CONTACT_DAYS', 0, 36_500) || null,
    },
    fileLimits: {
      atOnce: number('CORDBOARD_FILES_AT_ONCE', 1, 10_000),
      chunkSeconds: number('CORDBOARD_FILE_CHUNK_SECONDS', 1, 3600),
    },
    // One of the largest must fit.
    bodyMegabytes: number('CORDBOARD_BODY_MEGABYTES', 16, 65_536),
    batchLimits: {
      batches: number('CORDBOARD_UNFINISHED_BATCHES', 1, 10_000),
      records: number('CORDBOARD_UNFINISHED_RECORDS', 1, 100_000_000),
    },
    batchRangeSize: number('CORDBOARD_BATCH_RANGE_SIZE', 1, 5000),
    stopDelaySeconds: number('CORDBOARD_STOP_DELAY_SECONDS', 0, 300),
    stopTimeoutSeconds: number('CORDBOARD_STOP_TIMEOUT_SECONDS', 1, 600),
    sessionIdleMinutes: number('CORDBOARD_SESSION_IDLE_MINUTES', 1, 720),
    metricsToken:
      matching(
        'CORDBOARD_METRICS_TOKEN',
        /^([\x21-\x7e]{16,})?$/,
        '16 or more letters, digits and signs without spaces',
      ) || null,
    logLevel,
  };
}

/** @throws StartError */
function hosts(list: string): string[] {
  const names = list.split(',').map((name) => name.trim().toLowerCase());
  if (list !== '' && !names.every((name) => /^[-.\w]+$/.test(name))) {
    throw new StartError(
      `CORDBOARD_ALLOWED_HOSTS must be names such as contact.example.com,cordboard, without ports, not "${list}".`,
    );
  }
  return list === '' ? [] : names;
}

/** @throws StartError */
function proxies(list: string): TrustedProxies {
  const entries = list.split(',').map((entry) => entry.trim());
  try {
    return trustedProxies(entries.filter((entry) => entry !== ''));
  } catch {
    throw new StartError(
      `CORDBOARD_TRUSTED_PROXIES must be addresses or networks such as 10.0.0.7,192.168.0.0/16,fd00::/8, not "${list}".`,
    );
  }
}

/** Without the slash at its end; null for none. @throws StartError */
function publicUrlIn(text: string): string | null {
  if (!text) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw new StartError(`CORDBOARD_PUBLIC_URL must be an address such as https://contact.example.com, not "${text}".`);
  }
  return url.href.replace(/\/$/, '');
}
