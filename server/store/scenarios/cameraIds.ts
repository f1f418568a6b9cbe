import type { CollectionPort } from '../../domain/ports/collections.ts';
import { wholeScope } from '../../domain/scope.ts';

const PAGE = 500;

/** Id of every camera by the name its source gives it. Undefined when they could not be read whole. */
export async function readCameraIds(collections: Pick<CollectionPort, 'list'>): Promise<ReadonlyMap<string, string> | undefined> {
  const ids = new Map<string, string>();
  for (let cursor: string | undefined; ; ) {
    const page = await collections.list('cameras', { limit: PAGE, cursor }, wholeScope('scenario'));
    if (!page.ok) return undefined;
    for (const { id, ref } of page.value.items as { id: string; ref: string }[]) ids.set(ref, id);
    if (page.value.next === null) return ids;
    cursor = page.value.next;
  }
}
