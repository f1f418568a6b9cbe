/** Things a page keeps through a reload, by id. */
export interface Box<Item extends { id: string }> {
  all(): Promise<Item[]>;
  put(item: Item): Promise<void>;
  remove(id: string): Promise<void>;
}

const STORE = 'items';

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser kept nothing'));
  });
}

/** A box that lives as long as the page: for tests, and where the browser keeps nothing. */
export function createMemoryBox<Item extends { id: string }>(): Box<Item> {
  const items = new Map<string, Item>();
  return {
    all: async () => [...items.values()],
    put: async (item) => void items.set(item.id, item),
    remove: async (id) => void items.delete(id),
  };
}

/** A box in the browser's own store, pictures included. Where there is none it lives as long as the page. */
export async function openBox<Item extends { id: string }>(name: string): Promise<Box<Item>> {
  let store: IDBDatabase;
  try {
    const opening = indexedDB.open(`toan-canh.${name}`, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id' });
    store = await settle(opening);
  } catch (error) {
    console.info('nothing is kept through a reload here', String(error));
    return createMemoryBox();
  }
  const items = (mode: IDBTransactionMode) => store.transaction(STORE, mode).objectStore(STORE);
  return {
    all: () => settle(items('readonly').getAll() as IDBRequest<Item[]>),
    put: async (item) => void (await settle(items('readwrite').put(item))),
    remove: async (id) => void (await settle(items('readwrite').delete(id))),
  };
}
