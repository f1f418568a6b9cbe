import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import Type, { type TSchema } from 'typebox';
import { FaultAnswer } from '#contract/http.ts';

type RefusalStatus = 400 | 401 | 403 | 404 | 408 | 409 | 413 | 415 | 422 | 429 | 503 | 507;

/** The fault form under every status a route may refuse with. */
export function refusals<S extends RefusalStatus>(...statuses: S[]): Record<S, typeof FaultAnswer> {
  return Object.fromEntries(statuses.map((status) => [status, FaultAnswer])) as Record<S, typeof FaultAnswer>;
}

/** A body that is sent as it is: a picture, a tile, a file. */
export const rawAnswer = (description: string) => ({ 200: Type.Unknown({ description }) });

const TAGS = {
  ingest: 'Cửa tiếp nhận: nguồn bên ngoài gửi tin vào. / The door: sources outside send items in.',
  log: 'Nhật ký theo thứ tự, đọc tiếp được từ chỗ dừng. / The log in order, resumable.',
  collections: 'Danh sách theo quyền và địa bàn. / Lists within rights and area.',
  cameras: 'Camera và hình ảnh. / Cameras and their pictures.',
  walls: 'Màn hình ghép. / Walls, scenes, tours, outputs.',
  citizens: 'Phản ánh hiện trường của người dân. / Reports by citizens.',
  open311: 'Open311 GeoReport v2: đọc và gửi phản ánh. / Open311 GeoReport v2: reading and posting reports.',
  procedures: 'Quy trình xử lý. / Procedures.',
  commands: 'Lệnh như trên kênh thời gian thực. / The commands of the socket.',
  telemetry: 'Giá trị mới nhất. / Latest values.',
  map: 'Bản đồ nền, không lấy gì từ bên ngoài. / The basemap, nothing from outside.',
  export: 'Xuất dữ liệu. / Export.',
  session: 'Phiên làm việc. / Sessions.',
  pairing: 'Ghép đầu ra màn hình. / Pairing of outputs.',
  accounts: 'Tài khoản và khóa. / Accounts and keys.',
  reports: 'Báo cáo và công văn. / Reports and official letters.',
  connectors: 'Kết nối tới hệ thống ngoài, do quản trị khai báo. / Connections to other systems, declared by the administrator.',
  clock: 'Đồng hồ nghiệp vụ. / The domain clock.',
  health: 'Tình trạng. / Health.',
} as const;

/** What the generator is told; the rest comes from the route schemas. */
export function openApiOptions(version: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Toàn Cảnh', version, description: 'Giao diện của Toàn Cảnh. / The interface of Toàn Cảnh.' },
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: '__Host-ioc' },
          ingestKey: { type: 'http', scheme: 'bearer', description: 'ioc_<id>_<secret>' },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const policy = route.config?.policy;
      const security = policy === 'public' ? [] : policy === 'ingest' ? [{ ingestKey: [] }] : [{ session: [] }];
      return { schema: { ...schema, security, ...(policy ? { 'x-policy': policy } : {}) } as typeof schema & TSchema, url };
    },
  };
}
