/**
 * Follows a path such as `properties.name` or `values[0].mm` into a value; a property of exactly that name comes first.
 * Only own properties are followed. Gives undefined where the path ends early.
 */
export function valueAt(root: unknown, path: string): unknown {
  if (isObject(root) && Object.hasOwn(root, path)) return root[path];
  let value: unknown = root;
  for (const step of path.replaceAll(/\[(\d+)\]/g, '.$1').split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
