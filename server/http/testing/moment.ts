export const NOW = Date.UTC(2026, 9, 1, 3, 0, 0);
export const EPOCH = '0e9d1f2a-0000-4000-8000-000000000001';
