import { expect, test } from 'vitest';
import type { SensorState } from '#contract/topics/telemetry.ts';
import { chosenSensors } from '#contract/boards/gauges.ts';
import { shortNames } from './model.ts';

const sensors = [{ ref: 'r2', kind: 'rain', name: 'Sơn Trà' }, { ref: 'w1', kind: 'water-level', name: 'Sông Hàn' }, { ref: 'r1', kind: 'rain', name: 'Hải Châu' }] as SensorState[];

test('sensors stand by kind and name, or in the order a scene asks for', () => {
  expect(chosenSensors(sensors, {}).map((one) => one.ref)).toEqual(['r1', 'r2', 'w1']);
  expect(chosenSensors(sensors, { refs: ['w1', 'gone', 'r2'] }).map((one) => one.ref)).toEqual(['w1', 'r2']);
  expect(chosenSensors(sensors, { kinds: ['water-level'] }).map((one) => one.ref)).toEqual(['w1']);
});

test('what is past its bounds stands first', () => {
  const bounds = { worse: 'above', amber: 85, red: 95 } as const;
  const beds = [{ ref: 'a', kind: 'beds-used', name: 'A', value: 60, bounds }, { ref: 'b', kind: 'beds-used', name: 'B', value: 86, bounds }, { ref: 'c', kind: 'beds-used', name: 'C', value: 95, bounds }, { ref: 'd', kind: 'icu-free', name: 'D', value: 2, bounds: { worse: 'below', amber: 5, red: 2 } }] as SensorState[];
  expect(chosenSensors(beds, {}).map(({ ref }) => ref)).toEqual(['c', 'd', 'b', 'a']);
});

test('on a narrow tile names begin where they differ, kind by kind', () => {
  const named = (kind: string, ...names: string[]) => names.map((name) => ({ ref: name, kind, name }));
  const short = shortNames([...named('rain', 'Trạm mưa Cẩm Lệ', 'Trạm mưa Hải Châu'), ...named('noise', 'Tiếng ồn Bạch Đằng'), ...named('flood-depth', 'Độ ngập đường 2 Tháng 9', 'Độ ngập hầm chui')]);
  expect([...short.values()]).toEqual(['Cẩm Lệ', 'Hải Châu', 'Tiếng ồn Bạch Đằng', 'Đường 2 Tháng 9', 'Hầm chui']);
  expect([...shortNames([...named('beds-used', 'Bệnh viện mẫu A', 'Bệnh viện mẫu B'), ...named('water-oxygen', 'Trạm nước mẫu sông 1', 'Trạm nước mẫu hồ 2')]).values()]).toEqual(['Mẫu A', 'Mẫu B', 'Sông 1', 'Hồ 2']);
  expect([...shortNames([{ ref: 'a', kind: 'rain', name: 'Mưa' }, { ref: 'b', kind: 'rain', name: 'Mưa' }]).values()]).toEqual(['Mưa', 'Mưa']);
});
