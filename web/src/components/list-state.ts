/** One filter of a list, as it stands in the address. `read` takes whatever text there is. */
export interface FilterCodec<T, Name extends string = string> {
  /** Its name in the address. */
  readonly name: Name;
  readonly none: T;
  read(text: string): T;
  /** Its inverse; empty for `none`. */
  write(value: T): string;
}

export const textFilter = <Name extends string>(name: Name, longest = 500): FilterCodec<string, Name> => ({
  name,
  none: '',
  read: (text) => text.slice(0, longest),
  write: (value) => value,
});

export const flagFilter = <Name extends string>(name: Name): FilterCodec<boolean, Name> => ({
  name,
  none: false,
  read: (text) => text === 'true',
  write: (value) => (value ? 'true' : ''),
});

/** One of the members of `words`, or any. */
export const choiceFilter = <T extends string, Name extends string>(
  name: Name,
  words: Readonly<Record<T, unknown>>,
): FilterCodec<T | null, Name> => ({
  name,
  none: null,
  read: (text) => (Object.keys(words) as T[]).find((known) => known === text) ?? null,
  write: (value) => value ?? '',
});

/** Several of something, by ids. */
export function idsFilter<Name extends string>(name: Name, most: number): FilterCodec<readonly string[], Name> {
  const none: readonly string[] = [];
  return {
    name,
    none,
    read: (text) => (text === '' ? none : [...new Set(text.split(',').filter((id) => id !== ''))].slice(0, most)),
    write: (ids) => ids.join(','),
  };
}

export type FilterCodecs = Readonly<Record<string, FilterCodec<unknown>>>;

/** What of a list its address says. */
export interface ListShape<Sort extends string, Codecs extends FilterCodecs> {
  readonly sizes: readonly number[];
  /** What it can be sorted by, the order of a plain address first. */
  readonly sorts: readonly Sort[];
  /** Whether a plain address begins with the last, as of what is newest first. */
  readonly descends?: boolean;
  readonly filters: Codecs;
}

export type FilterOf<Codecs extends FilterCodecs> = { readonly [K in keyof Codecs]: Codecs[K]['none'] };

export type ListState<Sort extends string, Codecs extends FilterCodecs> = FilterOf<Codecs> & {
  /** From 1. */
  readonly page: number;
  readonly size: number;
  readonly sort: Sort;
  readonly descending: boolean;
};

/** A list's address behind the question mark: all of it text, and only what is not as usual. */
export type ListSearch<Codecs extends FilterCodecs> = {
  readonly [Name in 'page' | 'size' | 'sort' | Codecs[keyof Codecs]['name']]?: string;
};

/** Whatever stands in the address bar becomes a state that the server takes. */
export function readList<Sort extends string, Codecs extends FilterCodecs>(
  shape: ListShape<Sort, Codecs>,
  given: Readonly<Record<string, unknown>>,
  defaultSize: number,
): ListState<Sort, Codecs> {
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '');
  const page = Number(text('page'));
  const size = Number(text('size'));
  const field = text('sort').replace(/^-/, '');
  const sort = shape.sorts.find((known) => known === field);
  const filter = Object.entries(shape.filters).map(([member, codec]) => [member, codec.read(text(codec.name))]);
  return {
    ...Object.fromEntries(filter),
    page: Number.isSafeInteger(page) && page >= 1 ? page : 1,
    size: shape.sizes.find((known) => known === size) ?? defaultSize,
    sort: sort ?? shape.sorts[0],
    descending: sort === undefined ? shape.descends === true : text('sort').startsWith('-'),
  };
}

/** The inverse of `readList`; what has its default value is left out. */
export function writeList<Sort extends string, Codecs extends FilterCodecs>(
  shape: ListShape<Sort, Codecs>,
  state: ListState<Sort, Codecs>,
  defaultSize: number,
): ListSearch<Codecs> {
  const { page, size, sort, descending } = state;
  const all: Record<string, string> = {
    page: page === 1 ? '' : String(page),
    size: size === defaultSize ? '' : String(size),
    sort: sort === shape.sorts[0] && descending === (shape.descends === true) ? '' : `${descending ? '-' : ''}${sort}`,
  };
  for (const [member, codec] of Object.entries(shape.filters)) all[codec.name] = codec.write(state[member]);
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== '')) as ListSearch<Codecs>;
}

/** What a page declares as its search: the address without what means nothing. */
export function listSearch<Sort extends string, Codecs extends FilterCodecs>(shape: ListShape<Sort, Codecs>) {
  // Which size is the usual one is a matter of each user's preferences; 0 is nobody's.
  return (given: Readonly<Record<string, unknown>>): ListSearch<Codecs> =>
    writeList(shape, readList(shape, given, 0), 0);
}

export function noFilterOf<Codecs extends FilterCodecs>({ filters }: { readonly filters: Codecs }): FilterOf<Codecs> {
  return Object.fromEntries(Object.entries(filters).map(([member, codec]) => [member, codec.none])) as FilterOf<Codecs>;
}

/** The filter alone, for what is to be the same on every page and in every order. */
export function filterOf<Codecs extends FilterCodecs>(
  { filters }: { readonly filters: Codecs },
  state: FilterOf<Codecs>,
): FilterOf<Codecs> {
  return Object.fromEntries(Object.keys(filters).map((member) => [member, state[member]])) as FilterOf<Codecs>;
}
