import { REPORT_LIMITS, type PhotoProgress } from '#contract/citizen.ts';
import { postOnce, type Sent } from './send.ts';

/**
 * Sends a photo in pieces small enough for a link of 64 kbit/s. Called again after a break it goes on where it was:
 * the server answers with the pieces it has. Value: the id of the kept photo.
 */
export async function sendPhoto(upload: string, photo: Blob, post: typeof postOnce = postOnce): Promise<Sent<string>> {
  const { pieceBytes } = REPORT_LIMITS;
  const count = Math.max(1, Math.ceil(photo.size / pieceBytes));
  const have = new Set<number>();
  for (let turn = 0; turn < count * 2; turn += 1) {
    const index = [...Array(count).keys()].find((place) => !have.has(place)) ?? 0;
    const form = new FormData();
    form.set('upload', upload);
    form.set('index', String(index));
    form.set('count', String(count));
    form.set('piece', photo.slice(index * pieceBytes, (index + 1) * pieceBytes), 'piece');
    const sent = await post<PhotoProgress>('/api/v1/report/piece', form);
    if (sent.kind !== 'done') return sent;
    if (sent.value.media !== null) return { kind: 'done', value: sent.value.media };
    have.clear();
    for (const place of sent.value.have) have.add(place);
  }
  return { kind: 'later' };
}
