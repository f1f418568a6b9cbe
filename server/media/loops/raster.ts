export type Color = readonly [number, number, number];
export type Point = readonly [number, number, number];
/** A plain colour, or a colour for each place in the world. */
export type Shade = Color | ((x: number, y: number, z: number) => Color);

export interface Eye {
  at: Point;
  /** Degrees clockwise from straight ahead (+y). */
  yaw: number;
  /** Degrees below the horizon. */
  tilt: number;
  /** Horizontal field of view in degrees. */
  fieldOfView: number;
}

export interface Haze {
  color: Color;
  /** Share of light lost per metre. */
  density: number;
}

export interface Paint {
  alpha?: number;
  /** Adds light instead of covering. */
  isLight?: boolean;
}

const NEAR = 0.4;
const radians = (degrees: number) => (degrees * Math.PI) / 180;
type Vertex = [x: number, y: number, depth: number, wx: number, wy: number, wz: number];

function clipNear(vertices: Vertex[]): Vertex[] {
  return vertices.flatMap((vertex, index) => {
    const next = vertices[(index + 1) % vertices.length]!;
    const kept = vertex[2] >= NEAR ? [vertex] : [];
    if (vertex[2] >= NEAR === next[2] >= NEAR) return kept;
    const share = (NEAR - vertex[2]) / (next[2] - vertex[2]);
    return [...kept, vertex.map((value, axis) => value + (next[axis]! - value) * share) as Vertex];
  });
}

/** A picture with depth, seen by one eye: polygons of the world go in, pixels come out. */
export function createRaster(width: number, height: number, eye: Eye, haze: Haze) {
  const color = new Uint8Array(width * height * 3);
  const depth = new Float32Array(width * height);
  const focal = width / 2 / Math.tan(radians(eye.fieldOfView) / 2);
  const [sinYaw, cosYaw] = [Math.sin(radians(eye.yaw)), Math.cos(radians(eye.yaw))];
  const [sinTilt, cosTilt] = [Math.sin(radians(eye.tilt)), Math.cos(radians(eye.tilt))];

  const toEye = ([x, y, z]: Point): Vertex => {
    const [dx, dy, dz] = [x - eye.at[0], y - eye.at[1], z - eye.at[2]];
    const forward = dx * sinYaw + dy * cosYaw;
    return [dx * cosYaw - dy * sinYaw, -(forward * sinTilt + dz * cosTilt), forward * cosTilt - dz * sinTilt, x, y, z];
  };
  const project = (vertex: Vertex): Vertex => {
    const inverse = 1 / vertex[2];
    return [width / 2 + vertex[0] * focal * inverse, height / 2 + vertex[1] * focal * inverse, inverse, vertex[3] * inverse, vertex[4] * inverse, vertex[5] * inverse];
  };

  const put = (pixel: number, inverse: number, [r, g, b]: Color, { alpha = 1, isLight = false }: Paint) => {
    const clear = Math.exp(-haze.density / inverse);
    const veil = isLight ? 0 : 1 - clear;
    const source = [r * clear + haze.color[0] * veil, g * clear + haze.color[1] * veil, b * clear + haze.color[2] * veil];
    for (let channel = 0; channel < 3; channel += 1) {
      const at = pixel * 3 + channel;
      const under = color[at]!;
      const mixed = isLight ? under + source[channel]! * alpha : under + (source[channel]! - under) * alpha;
      color[at] = mixed > 255 ? 255 : mixed < 0 ? 0 : mixed;
    }
  };

  const triangle = (a: Vertex, b: Vertex, c: Vertex, shade: Shade, paint: Paint) => {
    const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    if (Math.abs(area) < 1e-6) return;
    const isSolid = paint.alpha === undefined && !paint.isLight;
    const top = Math.max(0, Math.floor(Math.min(a[1], b[1], c[1])));
    const bottom = Math.min(height - 1, Math.ceil(Math.max(a[1], b[1], c[1])));
    const left = Math.max(0, Math.floor(Math.min(a[0], b[0], c[0])));
    const right = Math.min(width - 1, Math.ceil(Math.max(a[0], b[0], c[0])));
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) {
        const [px, py] = [x + 0.5, y + 0.5];
        const wa = ((b[0] - px) * (c[1] - py) - (b[1] - py) * (c[0] - px)) / area;
        const wb = ((c[0] - px) * (a[1] - py) - (c[1] - py) * (a[0] - px)) / area;
        const wc = 1 - wa - wb;
        if (wa < 0 || wb < 0 || wc < 0) continue;
        const inverse = a[2] * wa + b[2] * wb + c[2] * wc;
        const pixel = y * width + x;
        if (inverse <= depth[pixel]!) continue;
        if (isSolid) depth[pixel] = inverse;
        const at = (axis: 3 | 4 | 5) => (a[axis] * wa + b[axis] * wb + c[axis] * wc) / inverse;
        put(pixel, inverse, typeof shade === 'function' ? shade(at(3), at(4), at(5)) : shade, paint);
      }
    }
  };

  return {
    width,
    height,
    color,
    depth,
    /** Fills a convex polygon; the nearest surface wins. */
    polygon(points: readonly Point[], shade: Shade, paint: Paint = {}) {
      const vertices = clipNear(points.map(toEye)).map(project);
      for (let index = 1; index + 1 < vertices.length; index += 1) triangle(vertices[0]!, vertices[index]!, vertices[index + 1]!, shade, paint);
    },
    /** A round spot that faces the eye. Units: metres. */
    spot(centre: Point, radius: number, shade: Color, paint: Paint = {}) {
      const vertex = toEye(centre);
      if (vertex[2] < NEAR) return;
      const [cx, cy, inverse] = project(vertex);
      const size = Math.max(0.8, radius * focal * inverse);
      const { alpha = 1, isLight = false } = paint;
      const isSolid = paint.alpha === undefined && !isLight;
      for (let y = Math.max(0, Math.floor(cy - size)); y <= Math.min(height - 1, cy + size); y += 1) {
        for (let x = Math.max(0, Math.floor(cx - size)); x <= Math.min(width - 1, cx + size); x += 1) {
          const reach = Math.hypot(x + 0.5 - cx, y + 0.5 - cy) / size;
          const pixel = y * width + x;
          if (reach > 1 || inverse <= depth[pixel]!) continue;
          if (isSolid) depth[pixel] = inverse;
          put(pixel, inverse, shade, { alpha: isLight ? alpha * (1 - reach) ** 2 : alpha, isLight });
        }
      }
    },
    /** Paints what no polygon reached; `up` is 0 at the horizon and 1 at the top of the picture. */
    sky(shade: (across: number, up: number) => Color) {
      const horizon = height / 2 - Math.tan(radians(eye.tilt)) * focal;
      for (let pixel = 0; pixel < width * height; pixel += 1) {
        if (depth[pixel]! > 0) continue;
        const up = Math.max(0, (horizon - Math.floor(pixel / width)) / Math.max(horizon, height * 0.25));
        color.set(shade((pixel % width) / width, Math.min(1, up)), pixel * 3);
      }
    },
    restore(saved: { color: Uint8Array; depth: Float32Array }) {
      color.set(saved.color);
      depth.set(saved.depth);
    },
  };
}

export type Raster = ReturnType<typeof createRaster>;
