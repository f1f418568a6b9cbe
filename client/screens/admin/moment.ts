const form = new Intl.DateTimeFormat('vi', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** A moment as staff write it. */
export const momentOf = (at: number): string => form.format(at);
