import sharp from 'sharp';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { REPORT_LIMITS } from '#contract/citizen.ts';
import { asPerson, PEOPLE } from './testing/people.ts';
import { createWorkApp, formOf } from './testing/workApp.ts';

const REPORTER = { name: 'Canary Họ Tên', phone: '0900 000 777', email: 'canary@example.vn' };
const KEY = 'phone-key-0000000001';
const REPORT = { key: KEY, service: 'environment', description: 'Rác chất đống cạnh chợ, bốc mùi mấy hôm nay.', lon: '108.2201', lat: '16.0601', address: 'Chợ Cồn' };

const work = await createWorkApp();
const post = (fields: Record<string, string>, files: Parameters<typeof formOf>[1] = [], headers: Record<string, string> = {}) => {
  const form = formOf(fields, files);
  return work.app.inject({ method: 'POST', url: '/api/v1/report', payload: form.payload, headers: { ...form.headers, ...headers } });
};
const piece = (upload: string, index: number, count: number, bytes: Uint8Array) => {
  const form = formOf({ upload, index: String(index), count: String(count) }, [{ name: 'p', bytes }]);
  return work.app.inject({ method: 'POST', url: '/api/v1/report/piece', ...form });
};
const newest = async () => (await work.app.inject({ url: '/api/v1/feedback', headers: asPerson('operator') })).json().items[0];
const photo = () => sharp({ create: { width: 900, height: 700, channels: 3, background: '#357' } }).withExif({ IFD0: { Copyright: 'secret-owner' } }).jpeg().toBuffer();

/** From received to verified by the unit that got it. */
async function handle(id: string): Promise<void> {
  const { body } = await work.command<{ id: string }>('feedback.assign', { id, unit: '20242' });
  await work.command('handling-request.accept', { id: body.id }, 'ward-officer');
  await work.command('handling-request.carry-out', { id: body.id, result: 'Đã thu gom' }, 'ward-officer');
  expect((await work.command('feedback.verify', { id, isAccepted: true })).status).toBe(200);
}

afterAll(() => work.close());
beforeEach(() => work.store.test.empty(['event_head']));

describe('the public form', () => {
  it('takes a report with place, photo and contact, and answers with a code', async () => {
    const answer = await post({ ...REPORT, ...REPORTER }, [{ name: 'a.jpg', bytes: await photo() }]);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({ code: expect.stringMatching(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){2}$/), status: 'accepted' });
    const report = await newest();
    expect(report).toMatchObject({ source: 'citizen', provenance: 'real', service: 'environment', ward: '20242', state: 'received', position: [108.2201, 16.0601] });
    const kept = work.kept.get(report.media[0]);
    expect(kept?.contentType).toBe('image/webp');
    expect((await sharp(kept?.body).metadata()).exif).toBeUndefined();
  });

  it('gives the same code when it is sent again, and refuses other words under the same key', async () => {
    const first = (await post(REPORT)).json();
    work.store.clock.move({ at: work.store.clock.now() + 60_000 });
    const again = (await post(REPORT)).json();
    expect(again).toEqual({ ...first, status: 'duplicate' });
    const other = await post({ ...REPORT, description: 'Nước chảy tràn' });
    expect([other.statusCode, other.json().fault.code]).toEqual([409, 'REPORT_SENT']);
    expect((await work.app.inject({ url: '/api/v1/feedback', headers: asPerson('operator') })).json().items).toHaveLength(1);
  });

  it.each([
    [{ description: '   ' }, 422, 'REPORT_EMPTY'],
    [{ description: '!!! ???' }, 422, 'REPORT_EMPTY'],
    [{ description: `Rác${'\u0301'.repeat(2000)}` }, 422, 'REPORT_MARKS'],
    [{ description: 'a'.repeat(4001) }, 422, 'REPORT_LONG'],
    [{ service: 'no-such-service' }, 422, 'REPORT_SERVICE'],
    [{ service: '__proto__' }, 422, 'REPORT_SERVICE'],
    [{ lon: '109.5', lat: '16.0' }, 422, 'REPORT_PLACE'],
    [{ lon: '2.35', lat: '48.85' }, 422, 'REPORT_PLACE'],
    [{ lon: 'abc', lat: '16' }, 422, 'REPORT_PLACE'],
    [{ lon: '', lat: '', address: '' }, 422, 'REPORT_PLACE_MISSING'],
    [{ phone: 'gọi cho tôi' }, 422, 'REPORT_CONTACT'],
    [{ key: 'x' }, 400, 'REQUEST_BODY'],
  ])('refuses %j with %i %s in Vietnamese and stores nothing', async (change, status, code) => {
    const answer = await post({ ...REPORT, ...change });
    expect([answer.statusCode, answer.json().fault.code]).toEqual([status, code]);
    expect(answer.json().fault.message).toMatch(/[àáạảãăâđêôơưèéẹẻẽìíịỉĩòóọỏõùúụủũỳýỵỷỹ]/i);
    expect(await newest()).toBeUndefined();
  });

  it('refuses what is no photo, and a request from another site', async () => {
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(400)]);
    const answer = await post(REPORT, [{ name: 'a.heic', bytes: heic }]);
    expect([answer.statusCode, answer.json().fault.code]).toEqual([415, 'REPORT_PHOTO']);
    expect((await post(REPORT, [], { origin: 'https://evil.example' })).json().fault.code).toBe('AUTH_ORIGIN');
    expect(await newest()).toBeUndefined();
  });

  it('takes a photo piece by piece, in any order and twice, and the report names it', async () => {
    const whole = await photo();
    const size = Math.ceil(whole.length / 3);
    const pieces = [0, 1, 2].map((index) => whole.subarray(index * size, (index + 1) * size));
    const name = 'upload-000000000001';
    expect((await piece(name, 2, 3, pieces[2]!)).json()).toEqual({ have: [2], media: null });
    expect((await piece(name, 0, 3, pieces[0]!)).json()).toEqual({ have: [0, 2], media: null });
    expect((await piece(name, 0, 3, pieces[0]!)).json()).toEqual({ have: [0, 2], media: null });
    const { media } = (await piece(name, 1, 3, pieces[1]!)).json();
    expect(work.kept.has(media)).toBe(true);
    expect((await piece(name, 1, 3, pieces[1]!)).json()).toEqual({ have: [], media });
    expect((await post({ ...REPORT, media })).statusCode).toBe(200);
    expect((await newest()).media).toEqual([media]);
    expect((await piece(name, 0, 1, new Uint8Array(REPORT_LIMITS.pieceBytes + 1))).statusCode).toBe(413);
  });

  it('is answered by code only, rated once when handled, and then public without words of the reporter', async () => {
    const { code } = (await post({ ...REPORT, ...REPORTER })).json();
    const { id } = await newest();
    expect((await work.app.inject('/api/v1/report/follow/AAAA-BBBB-CCCC')).json().fault.code).toBe('REPORT_CODE');
    expect((await work.app.inject(`/api/v1/report/follow/${code}`)).json()).toMatchObject({ id, state: 'received', mayRate: false });
    expect((await work.app.inject('/api/v1/report/results')).json()).toMatchObject({ items: [], figures: { handled: 0, ratingMean: null } });

    await handle(id);
    await work.command('feedback.answer', { id, answer: 'Đơn vị vệ sinh đã thu gom lúc 9 giờ.' });
    expect((await work.app.inject(`/api/v1/report/follow/${code}`)).json()).toMatchObject({ state: 'verified', mayRate: true });
    const rating = (stars: number) => work.app.inject({ method: 'POST', url: '/api/v1/report/rating', payload: { code, stars } });
    expect((await rating(4)).json()).toMatchObject({ rating: 4, mayRate: false });
    expect((await rating(4)).statusCode).toBe(200);
    expect((await rating(5)).json().fault.code).toBe('REPORT_RATED');

    const results = await work.app.inject('/api/v1/report/results');
    expect(results.json()).toMatchObject({
      items: [{ id, answer: 'Đơn vị vệ sinh đã thu gom lúc 9 giờ.', position: [108.22, 16.06], wardName: 'Phường Hải Châu', rating: 4 }],
      figures: { handled: 1, simulated: 0, onTime: 1, rated: 1, ratingMean: 4 },
    });
    const [made] = await work.store.send('feedback', [{ key: 's-1', at: work.store.clock.now(), service: 'forest', description: 'Khói', provenance: 'simulated' }]);
    await work.command('feedback.assign', { id: made!.id, unit: '20242' }).then(async ({ body }) => {
      await work.command('handling-request.accept', { id: (body as { id: string }).id }, 'ward-officer');
      await work.command('handling-request.carry-out', { id: (body as { id: string }).id, result: 'Xong' }, 'ward-officer');
    });
    expect((await work.app.inject('/api/v1/report/results')).json().figures).toMatchObject({ handled: 1, simulated: 1, onTime: 1 });
    for (const secret of [...Object.values(REPORTER), 'Rác chất đống', code, 'Chợ Cồn']) expect(results.body).not.toContain(secret);
  });
});

describe('a result its reporter does not accept', () => {
  const reopen = (code: string, reason: string) => work.app.inject({ method: 'POST', url: '/api/v1/report/reopening', payload: { code, reason } });

  it('is taken up again with a new clock, within the times of the policy, and counts in the figures', async () => {
    const { code } = (await post(REPORT)).json();
    const { id, dueAt } = await newest();
    expect((await reopen(code, 'Chưa ai tới')).json().fault.code).toBe('REPORT_REOPEN');
    for (const round of [1, 2]) {
      await handle(id);
      await work.command('feedback.answer', { id, answer: 'Đã thu gom.' });
      work.store.clock.move({ at: work.store.clock.now() + 3 * 86_400_000 });
      expect((await work.app.inject(`/api/v1/report/follow/${code}`)).json().reopenUntil).toBeGreaterThan(work.store.clock.now());
      const again = await reopen(code, `Rác lại đầy, lần ${round}`);
      expect(again.json()).toMatchObject({ id, state: 'received', answer: null, rating: null, reopened: round, reopenUntil: null });
      expect((await reopen(code, `Rác lại đầy, lần ${round}`)).json()).toEqual(again.json());
    }
    const stored = await newest();
    expect(stored).toMatchObject({ state: 'received', unit: null, requestId: null, closedReason: 'Rác lại đầy, lần 2', reopened: 2 });
    expect(stored.dueAt).toBeGreaterThan(dueAt + 5 * 86_400_000);
    const acts = await work.store.engine.query(`select act, words from work_act where thing = $1 and act = 'feedback.ask-again' order by rev`, [id]);
    expect(acts).toEqual([1, 2].map((round) => ({ act: 'feedback.ask-again', words: `Rác lại đầy, lần ${round}` })));
    const now = work.store.clock.now();
    const board = await work.app.inject({ url: `/api/v1/handling?of=feedback&by=category&from=${now - 30 * 86_400_000}&to=${now}`, headers: asPerson('operator') });
    expect(board.json().whole.now).toMatchObject({ reopened: 2 });
    await handle(id);
    const third = await reopen(code, 'Lần nữa');
    expect([third.statusCode, third.json().fault.code]).toEqual([409, 'REPORT_REOPEN']);
    expect(third.json().fault.message).toContain('phản ánh mới');
  });

  it('stays as it is for a wrong code, without words, with stacked marks, or after the days of the policy', async () => {
    const { code } = (await post(REPORT)).json();
    const { id } = await newest();
    await handle(id);
    expect((await reopen('AAAA-BBBB-CCCC', 'Chưa xong')).json().fault.code).toBe('REPORT_CODE');
    expect((await reopen(code, ' !!! ')).json().fault).toMatchObject({ code: 'REPORT_EMPTY', pointer: '/reason' });
    expect((await reopen(code, `Rác${'\u0301'.repeat(2000)}`)).json().fault.code).toBe('REPORT_MARKS');
    work.store.clock.move({ at: work.store.clock.now() + 16 * 86_400_000 });
    expect((await work.app.inject(`/api/v1/report/follow/${code}`)).json().reopenUntil).toBeNull();
    expect((await reopen(code, 'Chưa xong')).json().fault.code).toBe('REPORT_REOPEN');
    expect((await newest()).state).toBe('verified');
  });
});

describe('a report under the wrong category', () => {
  it('is put right before a unit has it, with the deadline of the new one, in timeline and audit', async () => {
    await post(REPORT);
    const { id, dueAt } = await newest();
    const moved = await work.command<{ service: string; dueAt: number; state: string }>('feedback.recategorise', { id, service: 'drainage' });
    expect(moved.body).toMatchObject({ service: 'drainage', state: 'received' });
    expect(moved.body.dueAt).toBeLessThan(dueAt);
    expect((await work.command('feedback.recategorise', { id, service: 'khong-co' })).body).toMatchObject({ fault: { code: 'REPORT_SERVICE' } });
    const timeline = await work.app.inject({ url: `/api/v1/feedback/${id}/timeline`, headers: asPerson('operator') });
    expect(timeline.json().items.at(-1)).toMatchObject({ act: 'feedback.recategorise', words: 'Thoát nước, ngập úng' });
    expect(await work.store.engine.query(`select actor, object from audit_log where action = 'feedback.recategorise'`)).toEqual([{ actor: 'us-operator', object: id }]);
    await work.command('feedback.assign', { id, unit: '20242' });
    expect((await work.command('feedback.recategorise', { id, service: 'forest' })).body).toMatchObject({ fault: { code: 'STATE_STEP' } });
    expect((await work.command('feedback.recategorise', { id, service: 'forest' }, 'ward-officer')).status).toBe(403);
  });
});

describe('who reported', () => {
  it('is read by the operator alone, and every reading is in the audit', async () => {
    await post({ ...REPORT, ...REPORTER });
    const { id } = await newest();
    const ask = (person: string) => work.app.inject({ url: `/api/v1/feedback/${id}/contact`, headers: asPerson(person) });
    expect((await ask('operator')).json()).toEqual(REPORTER);
    for (const person of Object.keys(PEOPLE).filter((name) => name !== 'operator')) expect((await ask(person)).statusCode, person).toBe(403);
    const audit = await work.store.engine.query<{ actor: string; object: string }>(`select actor, object from audit_log where action = 'feedback.contact'`);
    expect(audit).toEqual([{ actor: 'us-operator', object: id }]);
    const [row] = await work.store.engine.query<{ sealed: Uint8Array }>('select sealed from feedback_contact');
    expect(Buffer.from(row!.sealed).toString('latin1')).not.toContain('Canary');
  });

  it('is gone when its time is over', async () => {
    await post({ ...REPORT, ...REPORTER });
    const { id } = await newest();
    work.store.clock.move({ at: work.store.clock.now() + 91 * 86_400_000 });
    expect((await work.app.inject({ url: `/api/v1/feedback/${id}/contact`, headers: asPerson('operator') })).statusCode).toBe(404);
  });

  it('is in no answer and no push a unit officer can get', async () => {
    const pushed: string[] = [];
    const stop = work.deps.log.follow((entries) => pushed.push(...entries.map((entry) => JSON.stringify(entry))));
    await post({ ...REPORT, ...REPORTER });
    const { id } = await newest();
    await handle(id);
    const seen: string[] = [];
    const routes = work.describePolicies().filter(({ method }) => method === 'GET');
    for (const { url } of routes) {
      for (const thing of [id, 'hr-1', 'x']) {
        const answer = await work.app.inject({ url: url.replace('/:z/:x/:y', '/3/1/1').replaceAll(/:[a-zA-Z]+/g, thing).replace('*', 'x'), headers: asPerson('ward-officer') });
        seen.push(answer.body);
      }
    }
    await expect.poll(() => pushed.length).toBeGreaterThan(3);
    stop();
    expect(seen.filter((body) => body.includes(id)).length).toBeGreaterThan(2);
    for (const secret of Object.values(REPORTER)) {
      expect([...seen, ...pushed].filter((body) => body.includes(secret))).toEqual([]);
      const rows = await work.store.engine.query('select 1 from event_log where body::text like $1 union all select 1 from work_act where words like $1', [`%${secret}%`]);
      expect(rows).toEqual([]);
    }
  });
});
