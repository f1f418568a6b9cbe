import type { Box } from './position.ts';

/** The sea around Quần đảo Hoàng Sa. */
export const HOANG_SA_BOX: Box = [110.9, 15.4, 113.2, 17.4];

/** The sea around Quần đảo Trường Sa. */
export const TRUONG_SA_BOX: Box = [109.3, 7.4, 116.9, 12.2];

/** Both archipelagos: inside these boxes only our own islands are drawn. */
export const ARCHIPELAGO_BOXES: readonly Box[] = [HOANG_SA_BOX, TRUONG_SA_BOX];

/** Official codes of the two island units: đặc khu Hoàng Sa (Đà Nẵng) and đặc khu Trường Sa (Khánh Hòa). */
export const ISLAND_UNITS = { hoangSa: '20333', truongSa: '22736' } as const;
