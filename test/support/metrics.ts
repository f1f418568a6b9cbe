/** A figure out of what `/metrics` says; NaN when it is not told. */
export const figureIn = (text: string, name: string): number => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);

/** One figure of a running server. */
export const figureOf = async (url: string, name: string): Promise<number> => figureIn(await (await fetch(`${url}/metrics`)).text(), name);
