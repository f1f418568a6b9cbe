import { Scenario } from '#contract/scenario.ts';
import { Salvo, SceneFile, Tour, WallProfile } from '#contract/wall.ts';
import { WallRule } from '#contract/wallRule.ts';

/** Kinds of files that people edit, their folder and the schema each must follow. */
export const LAYOUT_KINDS = {
  wall: { folder: 'walls', schema: WallProfile },
  scene: { folder: 'scenes', schema: SceneFile },
  tour: { folder: 'tours', schema: Tour },
  rule: { folder: 'rules', schema: WallRule },
  salvo: { folder: 'salvos', schema: Salvo },
  stage: { folder: 'stages', schema: SceneFile },
  scenario: { folder: 'scenarios', schema: Scenario },
} as const;
export type LayoutKind = keyof typeof LAYOUT_KINDS;

/** JSON Schema as published in `layouts/schema/`, so that an editor can check and complete while typing. */
export function publishedSchema(kind: LayoutKind): object {
  const title = { wall: 'Toàn Cảnh: màn hình ghép', scene: 'Toàn Cảnh: bố cục', tour: 'Toàn Cảnh: vòng trình chiếu', rule: 'Toàn Cảnh: quy tắc ghép màn hình', salvo: 'Toàn Cảnh: bộ camera lên vùng', stage: 'Toàn Cảnh: sân khấu của kịch bản', scenario: 'Toàn Cảnh: kịch bản' }[kind];
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...(JSON.parse(JSON.stringify(LAYOUT_KINDS[kind].schema)) as object) };
}
