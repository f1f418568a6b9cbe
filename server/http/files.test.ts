import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { createTestApp } from './testing/app.ts';
import { asKey, asPerson } from './testing/people.ts';

const http = await createTestApp();
afterAll(() => http.close());
const get = (url: string, headers: Record<string, string> = {}) => http.app.inject({ url, headers });

test('screens of the interface are the client, everything else is a coded 404', async () => {
  for (const url of ['/', '/desk', '/wall/w2x2', '/wall/w2x2/r1c1', '/report/results', '/gallery']) {
    const page = await get(url);
    expect([page.statusCode, page.headers['cache-control'], page.body.includes('Toàn Cảnh')], url).toEqual([200, 'no-cache', true]);
  }
  for (const url of ['/desk/more', '/index.htm', '/wall', '/wp-admin', '/package.json']) expect((await get(url)).json().fault.code, url).toBe('NOT_FOUND');
});

test('a person astray is told so in a page, a machine in JSON', async () => {
  const asBrowser = { accept: 'text/html,application/xhtml+xml' };
  const page = await get('/camera', asBrowser);
  expect([page.statusCode, page.headers['content-type'], page.body.includes('Toàn Cảnh')]).toEqual([404, expect.stringContaining('text/html'), true]);
  for (const url of ['/api/v1/nothing', '/geo/nothing', '/assets/nothing.js', '/media/nothing']) expect((await get(url, asBrowser)).headers['content-type'], url).not.toContain('text/html');
});

test('hashed files are kept for ever, the service worker never', async () => {
  expect((await get('/assets/app-1a2b3c.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect((await get('/sw.js')).headers['cache-control']).toBe('no-cache');
});

test.each(['..', '%2e%2e', '..%2f..', '%2e%2e%2f%2e%2e', '..%5c..', '%252e%252e', '....//', '%00'])('no way out of any folder through %s', async (way) => {
  for (const base of ['/assets/', '/geo/fonts/', '/media/cam-1/', '/media/', '/']) {
    for (const file of ['secret.txt', 'etc/passwd', '.env']) {
      const answer = await get(`${base}${way}/${file}`, asPerson('operator'));
      expect([400, 404], `${base}${way}/${file} ${answer.statusCode}`).toContain(answer.statusCode);
      expect(answer.body).not.toMatch(/not yours|PASSWORD|root:/);
    }
  }
});

test('hidden files are not served', async () => {
  for (const url of ['/.env', '/assets/../.env', '/assets/.env']) expect((await get(url)).statusCode, url).toBe(404);
});

test('tiles come gzipped with their name, and are not sent twice', async () => {
  const first = await get('/geo/tiles/3/1/1', { 'accept-encoding': 'gzip' });
  expect([first.statusCode, first.headers['content-encoding'], first.headers.etag]).toEqual([200, 'gzip', '"tile"']);
  expect((await get('/tiles/base/3/1/1', { 'if-none-match': '"tile"' })).statusCode).toBe(304);
  expect((await get('/geo/tiles/3/1/1')).headers['content-encoding']).toBeUndefined();
  expect((await get('/geo/tiles/4/1/1')).statusCode).toBe(204);
  for (const url of ['/geo/tiles/3/8/0', '/geo/tiles/19/0/0', '/geo/tiles/-1/0/0', '/geo/tiles/a/b/c', '/tiles/other/3/1/1']) expect((await get(url)).statusCode, url).toBe(404);
});

test('the style names addresses as the page reached us', async () => {
  const style = (await get('/geo/style.json?lang=en&theme=light', { host: 'ioc.local:8443' })).json();
  expect([style.name, style.sources.basemap.tiles]).toEqual(['en light', ['http://ioc.local:8443/geo/tiles/{z}/{x}/{y}']]);
  expect((await get('/geo/style.json?lang=fr')).json().fault).toMatchObject({ code: 'REQUEST_QUERY', pointer: '/lang' });
});

test('a camera is served without being kept, and gone when the player is gone', async () => {
  const playlist = await get('/media/cam-1/index.m3u8?_HLS_msn=4&_HLS_part=1', asPerson('wall-device'));
  expect([playlist.statusCode, playlist.headers['cache-control'], playlist.body]).toEqual([200, 'no-store', '#EXTM3U']);
  expect((await get('/media/cam-1/index.m3u8')).statusCode).toBe(401);
});

function form(file: Buffer, sha256?: string) {
  const field = sha256 === undefined ? '' : `--x\r\ncontent-disposition: form-data; name="sha256"\r\n\r\n${sha256}\r\n`;
  return Buffer.concat([Buffer.from(`${field}--x\r\ncontent-disposition: form-data; name="file"; filename="../../a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`), file, Buffer.from('\r\n--x--\r\n')]);
}
const send = (payload: Buffer) => http.app.inject({ method: 'POST', url: '/api/v1/ingest/attachment', payload, headers: { ...asKey(), 'content-type': 'multipart/form-data; boundary=x' } });

test('a picture is redrawn without the place it was taken, kept once, and read back', async () => {
  const sent = await sharp({ create: { width: 64, height: 32, channels: 3, background: '#cc0000' } }).withExif({ IFD3: { GPSLatitude: '16/1 4/1 0/1' } }).jpeg().toBuffer();
  expect((await sharp(sent).metadata()).exif).toBeDefined();
  const first = (await send(form(sent))).json();
  expect(first).toMatchObject({ status: 'accepted', id: `at-${first.sha256.slice(0, 40)}` });
  expect((await send(form(sent, first.sha256))).json()).toEqual({ ...first, status: 'duplicate' });
  const read = await get(`/api/v1/attachments/${first.id}`, asPerson('operator'));
  const kept = await sharp(read.rawPayload).metadata();
  expect([read.headers['content-type'], kept.format, kept.width, kept.exif]).toEqual(['image/webp', 'webp', 64, undefined]);
});

test('what is no raster picture, or not what it claims to be, is refused', async () => {
  const svg = await send(form(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>')));
  expect([svg.statusCode, svg.json().fault.code]).toEqual([415, 'REQUEST_MEDIA_TYPE']);
  expect((await send(form(Buffer.from('%PDF-1.7')))).statusCode).toBe(415);
  expect((await send(form(Buffer.from('anything'), 'ab'.repeat(32)))).json().fault).toMatchObject({ code: 'REQUEST_BODY', pointer: '/sha256' });
  expect((await send(Buffer.from('--x--\r\n'))).json().fault.code).toBe('REQUEST_BODY');
  expect((await get('/api/v1/attachments/at-none', asPerson('operator'))).statusCode).toBe(404);
});

test('a file over 30 MiB is 413', async () => {
  const answer = await send(form(Buffer.alloc(30 * 1024 * 1024 + 10)));
  expect([answer.statusCode, answer.json().fault.code]).toEqual([413, 'REQUEST_TOO_LARGE']);
});
