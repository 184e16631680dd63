/**
 * The least of a browser's IndexedDB that y-indexeddb and ours need, in memory: versions, one connection telling the
 * others, transactions that throw on a closed connection and are undone when they break.
 */
export type FakeDatabases = {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
  /** The rows that a database keeps; null where there is none of that name. */
  readonly rowsOf: (name: string) => readonly unknown[] | null;
  /** Lets connections of that name go without being asked, as phones do behind one's back. */
  readonly drop: (name: string) => void;
  /** From now on the disk is full, or is not any more. */
  readonly fill: (isFull: boolean) => void;
  /** From now on nothing can be opened, or can be again. */
  readonly refuse: (isRefused: boolean) => void;
  /** Opening waits for this before it succeeds. */
  readonly slow: (until: Promise<unknown>) => void;
};

type Rows = Map<number, unknown>;
type Base = { version: number; readonly stores: Map<string, { rows: Rows; next: number }> };
type Range = { readonly from: number; readonly to: number };

class Request extends EventTarget {
  result: unknown = undefined;
  error: unknown = null;
  transaction: unknown = null;
  [handler: `on${string}`]: ((event: { target: Request }) => void) | null;
  tell(type: string): void {
    this[`on${type}`]?.({ target: this });
    this.dispatchEvent(new Event(type));
  }
}

class Connection extends EventTarget {
  isClosed = false;
  onversionchange: ((event: Event) => void) | null = null;
  readonly name: string;
  readonly base: Base;
  readonly world: World;
  constructor(name: string, base: Base, world: World) {
    super();
    this.name = name;
    this.base = base;
    this.world = world;
  }
  get version(): number {
    return this.base.version;
  }
  close(): void {
    this.isClosed = true;
  }
  createObjectStore(name: string): void {
    this.base.stores.set(name, { rows: new Map(), next: 1 });
  }
  transaction(): Transaction {
    if (this.isClosed) throw new DOMException('The database connection is closing.', 'InvalidStateError');
    return new Transaction(this);
  }
  hearChange(newVersion: number | null): void {
    const event = Object.assign(new Event('versionchange'), { newVersion });
    this.onversionchange?.(event);
    this.dispatchEvent(event);
  }
}

class Transaction {
  isAborted = false;
  readonly connection: Connection;
  constructor(connection: Connection) {
    this.connection = connection;
  }
  abort(): void {
    this.isAborted = true;
  }
  objectStore(name: string) {
    const store = this.connection.base.stores.get(name);
    if (store === undefined) throw new DOMException('No such store', 'NotFoundError');
    const { world } = this.connection;
    const within = (range?: Range | null) =>
      [...store.rows.keys()].filter((key) => !range || (key >= range.from && key <= range.to));
    return {
      getAll: (range?: Range) =>
        answer(
          () => within(range).map((key) => store.rows.get(key)),
          () => world.pace,
        ),
      count: () => answer(() => store.rows.size),
      clear: () => answer(() => store.rows.clear()),
      delete: (range: Range) => answer(() => within(range).forEach((key) => store.rows.delete(key))),
      openKeyCursor: (range: Range | null) =>
        answer(() => {
          const key = within(range).at(-1);
          return key === undefined ? null : { key };
        }),
      add: (row: unknown) => {
        if (!world.isFull)
          return answer(() => {
            store.rows.set(store.next, row);
            return (store.next += 1) - 1;
          });
        queueMicrotask(() => this.connection.dispatchEvent(new Event('abort')));
        return answer(() => {
          throw new DOMException('The disk is full', 'QuotaExceededError');
        });
      },
    };
  }
}

type World = { isFull: boolean; isRefused: boolean; pace: Promise<unknown> };

/** Answers a little later, as a database does. */
function answer(read: () => unknown, pace: () => Promise<unknown> = () => Promise.resolve()): Request {
  const request = new Request();
  const settle = async (): Promise<void> => {
    await pace();
    try {
      request.result = read();
    } catch (thrown) {
      request.error = thrown;
      return request.tell('error');
    }
    request.tell('success');
  };
  void settle(); // its failure is the request's
  return request;
}

export function createFakeDatabases(): FakeDatabases {
  const bases = new Map<string, Base>();
  const connections = new Set<Connection>();
  const world: World = { isFull: false, isRefused: false, pace: Promise.resolve() };
  const openOf = (name: string) => [...connections].filter((one) => one.name === name && !one.isClosed);

  /** As the standard has it: whoever is open is told, and then waited for. */
  async function alone(name: string, newVersion: number | null): Promise<void> {
    for (const one of openOf(name)) one.hearChange(newVersion);
    while (openOf(name).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async function open(request: Request, name: string, wanted: number | undefined): Promise<void> {
    await world.pace;
    if (world.isRefused) return request.tell('error');
    const base = bases.get(name) ?? { version: 0, stores: new Map() };
    const version = wanted ?? Math.max(1, base.version);
    const connection = new Connection(name, base, world);
    request.result = connection;
    if (version > base.version) {
      if (bases.has(name)) await alone(name, version);
      const transaction = new Transaction(connection);
      request.transaction = transaction;
      request.tell('upgradeneeded');
      if (transaction.isAborted) return request.tell('error');
      base.version = version;
      bases.set(name, base);
      await Promise.resolve();
    }
    connections.add(connection);
    request.tell('success');
  }

  async function remove(request: Request, name: string): Promise<void> {
    await alone(name, null);
    bases.delete(name);
    request.tell('success');
  }

  const factory = {
    open: (name: string, version?: number) => {
      const request = new Request();
      void open(request, name, version); // it tells its failure itself
      return request;
    },
    deleteDatabase: (name: string) => {
      const request = new Request();
      void remove(request, name); // it does not fail
      return request;
    },
    databases: () => Promise.resolve([...bases].map(([name, { version }]) => ({ name, version }))),
  };
  const range = {
    lowerBound: (from: number, isOpen: boolean): Range => ({ from: isOpen ? from + 1 : from, to: Infinity }),
    upperBound: (to: number, isOpen: boolean): Range => ({ from: -Infinity, to: isOpen ? to - 1 : to }),
  };
  return {
    indexedDB: factory as unknown as IDBFactory,
    IDBKeyRange: range as unknown as typeof IDBKeyRange,
    rowsOf: (name) => {
      const base = bases.get(name);
      return base === undefined ? null : [...(base.stores.get('updates')?.rows.values() ?? [])];
    },
    drop: (name) => {
      for (const one of openOf(name)) {
        one.close();
        one.dispatchEvent(new Event('close'));
      }
    },
    fill: (isFull) => {
      world.isFull = isFull;
    },
    refuse: (isRefused) => {
      world.isRefused = isRefused;
    },
    slow: (until) => {
      world.pace = until;
    },
  };
}
