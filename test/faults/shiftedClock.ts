/** Loaded before the product: from its first line on, this process believes that it is another time. */
const shiftMs = Number(process.env.SHIFT_MS);
const RealDate = Date;
const now = () => RealDate.now() + shiftMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], as) => Reflect.construct(target, args.length === 0 ? [now()] : args, as) as Date,
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
});
