/**
 * What clients did and what they were told, for the checker to compare with the tables. Nothing here knows the code of
 * the server.
 */
export type Resource = 'agent' | 'transfer-destination' | 'security-profile';

/**
 * A record as registers: each holds, as text, what one operation writes together. A value that no operation wrote is
 * half of one write and half of another.
 */
export type State = Readonly<Record<string, string>>;

export type Selection =
  | { readonly by: 'IDS'; readonly ids: readonly string[] }
  | { readonly by: 'USERNAMES'; readonly usernames: readonly string[] }
  | { readonly by: 'PREFIX'; readonly prefix: string };

export type Verb = 'Pause' | 'Resume' | 'Stop' | 'Dismiss';

export type Intent =
  | { readonly kind: 'CREATE'; readonly resource: Resource; readonly name: string; readonly state: State }
  | {
      readonly kind: 'CHANGE';
      readonly resource: Resource;
      readonly id: string;
      readonly register: string;
      readonly value: string;
      /** The value is not unique, so that the record may have had it: then nothing is written and nothing audited. */
      readonly mayBeSo: boolean;
    }
  | { readonly kind: 'DELETE'; readonly resource: Resource; readonly id: string }
  | {
      readonly kind: 'START';
      readonly selection: Selection;
      readonly quickConnects: 'DELETE' | 'KEEP';
      readonly token: string | null;
      readonly expected: number | null;
    }
  | { readonly kind: 'STEER'; readonly batch: string; readonly verb: Verb }
  | { readonly kind: 'RETRY'; readonly batch: string };

/** `UNCLEAR`: no answer, or one that does not say whether it was done. */
export type Outcome = 'ACKNOWLEDGED' | 'REFUSED' | 'UNCLEAR';

export interface Act<I extends Intent = Intent> {
  /** Beginnings and ends of all clients are numbered through: what began after another's end has the greater number. */
  readonly began: number;
  readonly ended: number;
  readonly operation: string;
  readonly intent: I;
  readonly outcome: Outcome;
  /** Status and error of the answer, or what broke the connection. */
  readonly answer: string;
  readonly requestId: string | null;
  /** What the answer says was made. */
  readonly id: string | null;
  readonly count: number | null;
  /** Something was being killed, or not yet back, at some time between beginning and end. */
  readonly disturbed: boolean;
}

export interface Given {
  readonly resource: Resource;
  readonly id: string;
  readonly name: string;
  readonly state: State;
}

export interface History {
  readonly acts: Act[];
  /** What was there before the first act, or was put into the tables past the API: nobody audited it. */
  readonly given: Given[];
  /** Ids of audit and feed entries that were there before. */
  readonly auditBefore: ReadonlySet<string>;
  readonly feedBefore: ReadonlySet<string>;
}

export const text = (...values: readonly unknown[]): string => JSON.stringify(values.map((value) => value ?? null));
