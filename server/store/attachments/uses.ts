import type { Principal } from '#contract/roles.ts';
import type { AttachmentRightsPort } from '../../domain/ports/attachments.ts';
import type { Engine, Tx } from '../engine/engine.ts';
import { visibleTo } from '../log/scopeFilter.ts';

const NAMED = /"(at-[0-9a-f]{40})"/g;

/** A thing that shows pictures, with the text that names them. */
export interface Showing {
  thing: string;
  unit: string | null;
  ward: string | null;
  text: string;
}

/** Remembers which thing shows which picture, so that a picture is seen by those who see the thing. */
export async function noteUses(tx: Pick<Tx, 'query'>, showings: readonly Showing[]): Promise<void> {
  const uses = new Map<string, { attachment: string; thing: string; unit: string | null; ward: string | null }>();
  for (const { thing, unit, ward, text } of showings) {
    for (const [, attachment = ''] of text.matchAll(NAMED)) uses.set(`${attachment} ${thing}`, { attachment, thing, unit, ward });
  }
  if (uses.size === 0) return;
  await tx.query(
    `insert into attachment_use (attachment, thing, unit, ward)
     select u.attachment, u.thing, u.unit, u.ward from json_to_recordset($1::json) as u(attachment text, thing text, unit text, ward text)
     on conflict (attachment, thing) do update set unit = excluded.unit, ward = excluded.ward`,
    [JSON.stringify([...uses.values()])],
  );
}

/** Who may see a kept picture: who sees a thing or a camera that shows it, and who sent it. */
export function createAttachmentRights({ engine }: { engine: Engine }): AttachmentRightsPort {
  return {
    async noteSender(id: string, sender: Principal) {
      await noteUses(engine, [{ thing: sender.id, unit: null, ward: null, text: `"${id}"` }]);
    },
    async maySee(id, scope) {
      if (scope.units === null) return true;
      const [use, camera] = [visibleTo(scope, 'u', 3), visibleTo(scope, 't', 3)];
      const found = await engine.query(
        `select 1 from attachment_use u where u.attachment = $1 and (u.thing = $2 or ${use.sql})
         union all select 1 from camera_trace c join camera t on t.n = c.camera where c.attachment = $1 and ${camera.sql} limit 1`,
        [id, scope.principal.id, ...use.params],
      );
      return found.length > 0;
    },
  };
}
