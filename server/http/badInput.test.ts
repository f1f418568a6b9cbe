import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkApp, formOf, type WorkApp } from './testing/workApp.ts';

const REPORT = { key: 'bad-input-report-01', service: 'environment', description: 'Rác chưa thu gom trước cổng chợ', lon: '108.2131', lat: '16.0668' };
const VIETNAMESE = /[àáạảãăâđêôơưèéẹẻẽìíịỉĩòóọỏõùúụủũỳýỵỷỹ]/i;
const MIB = 1024 * 1024;

describe('what goes wrong in the hand of a citizen', () => {
  let work: WorkApp;
  beforeAll(async () => void (work = await createWorkApp()), 180_000);
  afterAll(() => work.close());
  const post = (fields: Record<string, string>, files: { name: string; bytes: Uint8Array }[] = []) => work.app.inject({ method: 'POST', url: '/api/v1/report', ...formOf(fields, files) });
  const rows = () => work.store.engine.query<{ description: string; media: string[] }>('select description, media from feedback order by n');

  it('a photo of more than 30 MB is refused in words, and the report can be sent without it', async () => {
    const refused = await post(REPORT, [{ name: 'to.jpg', bytes: Buffer.alloc(31 * MIB, 7) }]);
    expect(refused.statusCode).toBe(413);
    expect(refused.json().fault.message).toMatch(VIETNAMESE);
    expect(await rows()).toEqual([]);
    expect((await post(REPORT)).json()).toMatchObject({ status: 'accepted' });
  });

  it('a photo with a broken EXIF is kept without it', async () => {
    const plain = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#336699' } }).jpeg().toBuffer();
    const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0x00, 0x1a]), Buffer.from('Exif\0\0MM\0\u002a\0\0\0\u0008\u00ff\u00ff\u00ff\u00ff', 'latin1'), Buffer.alloc(6)]);
    const broken = Buffer.concat([plain.subarray(0, 2), exif, plain.subarray(2)]);
    const sent = await post({ ...REPORT, key: 'bad-input-report-02' }, [{ name: 'exif.jpg', bytes: broken }]);
    expect(sent.statusCode).toBe(200);
    const kept = (await rows()).at(-1)!.media[0]!;
    const picture = await work.app.inject({ method: 'GET', url: `/api/v1/attachments/${kept}`, headers: { cookie: '__Host-ioc=operator' } });
    expect((await sharp(picture.rawPayload).metadata()).exif).toBeUndefined();
  });

  it('the place and owner a camera wrote never leave the house', async () => {
    const exif = { IFD0: { Copyright: 'chu-anh', Software: 'may-anh' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '16/1 3/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '108/1 13/1 0/1' } };
    const sent = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#336699' } }).withExif(exif).jpeg().toBuffer();
    expect((await sharp(sent).metadata()).exif).toBeDefined();
    const { code } = (await post({ ...REPORT, key: 'bad-input-report-05' }, [{ name: 'gps.jpg', bytes: sent }])).json();
    const media = (await rows()).at(-1)!.media[0]!;
    const kept = await work.app.inject({ url: `/api/v1/attachments/${media}`, headers: { cookie: '__Host-ioc=operator' } });
    const { exif: left, xmp, iptc } = await sharp(kept.rawPayload).metadata();
    expect([left, xmp, iptc]).toEqual([undefined, undefined, undefined]);
    expect(kept.rawPayload.includes('chu-anh')).toBe(false);
    for (const url of [`/api/v1/report/follow/${code}`, '/api/v1/report/results', '/open311/v2/requests.json']) expect((await work.app.inject(url)).body, url).not.toContain(media);
  });

  it('the same photo chosen twice is kept once', async () => {
    const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#996633' } }).jpeg().toBuffer();
    await post({ ...REPORT, key: 'bad-input-report-06' }, [{ name: 'a.jpg', bytes: photo }, { name: 'b.jpg', bytes: photo }]);
    expect((await rows()).at(-1)!.media).toHaveLength(1);
  });

  it('a script in the words stays words, and is never in what the public reads', async () => {
    const script = '<script>alert(1)</script> Ổ gà lớn <img src=x onerror=alert(2)>';
    expect((await post({ ...REPORT, key: 'bad-input-report-03', description: script })).statusCode).toBe(200);
    expect((await rows()).at(-1)!.description).toBe(script);
    const shown = await work.app.inject({ method: 'GET', url: '/api/v1/report/results' });
    expect(shown.headers['content-type']).toContain('application/json');
    expect(shown.body).not.toContain('script');
  });

  it('a form posted twice is one report; a rating is taken once', async () => {
    const before = (await rows()).length;
    const [first, second] = [await post({ ...REPORT, key: 'bad-input-report-04' }), await post({ ...REPORT, key: 'bad-input-report-04' })];
    expect([first.json().code, second.json().status]).toEqual([second.json().code, 'duplicate']);
    expect(await rows()).toHaveLength(before + 1);
    const rate = (stars: number) => work.app.inject({ method: 'POST', url: '/api/v1/report/rating', payload: { code: first.json().code, stars } });
    expect((await rate(5)).json().fault.code).toBe('REPORT_RATED');
    await work.store.engine.query(`update feedback set state = 'verified', verified_at = $1 where n = (select max(n) from feedback)`, [work.store.clock.now()]);
    expect((await rate(5)).statusCode).toBe(200);
    expect((await rate(5)).statusCode).toBe(200);
    const replayed = await rate(1);
    expect([replayed.statusCode, replayed.json().fault.code]).toEqual([409, 'REPORT_RATED']);
    expect(replayed.json().fault.message).toMatch(VIETNAMESE);
  });

  it('a time in 1970 or at sea is named per row of a sheet', async () => {
    const sheet = Buffer.from('Mã phản ánh,Thời gian,Nội dung,Kinh độ,Vĩ độ\r\n1,01/01/1970 07:00,Rác,108.21,16.06\r\n2,28/09/2026,Rác,120.5,5.1\r\n');
    const { payload, headers } = formOf({ mode: 'take' }, [{ name: 'x.csv', bytes: sheet }]);
    const answer = await work.app.inject({ method: 'POST', url: '/api/v1/feedback/import', payload, headers: { ...headers, cookie: '__Host-ioc=operator' } });
    expect(answer.json()).toMatchObject({ fresh: 0, refused: 2 });
    for (const { reason } of answer.json().rows) expect(reason).toMatch(VIETNAMESE);
  });
});
