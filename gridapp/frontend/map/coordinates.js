// Boundaries as lists of positions that a person can read and change without a map.
// A part is {outer: [[lng, lat], …], holes: [ring, …]}; rings are closed as GeoJSON wants them.

const DECIMALS = 7;
const PARTS_APART = /\n\s*\n/;
const NUMBERS_APART = /[,，;；\s]+/;

export const rounded = ([lng, lat]) => [
  Number(lng.toFixed(DECIMALS)),
  Number(lat.toFixed(DECIMALS)),
];

export function partsOf(geometry) {
  if (!geometry) return [];
  const polygons =
    geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
  return polygons.map(([outer, ...holes]) => ({ outer: outer.map(rounded), holes }));
}

export function geometryOf(parts) {
  const polygons = parts.map((part) => [part.outer, ...part.holes]);
  return polygons.length === 1
    ? { type: "Polygon", coordinates: polygons[0] }
    : { type: "MultiPolygon", coordinates: polygons };
}

export const textOf = (parts) =>
  parts
    .map((part) =>
      part.outer
        .slice(0, -1)
        .map(([lng, lat]) => `${lng},${lat}`)
        .join("\n"),
    )
    .join("\n\n");

// Gives {parts} or {line}: the number of the line that cannot be read, 0 when points are too few.
export function readText(text, former) {
  const parts = [];
  let line = 0;
  for (const block of text.replaceAll("\r", "").trim().split(PARTS_APART)) {
    const outer = [];
    for (const row of block.split("\n")) {
      line += 1;
      if (!row.trim()) continue;
      const numbers = row.trim().split(NUMBERS_APART).map(Number);
      if (numbers.length !== 2 || !onEarth(numbers)) return { line };
      outer.push(rounded(numbers));
    }
    line += 1;
    if (outer.length < 3) return { line: 0 };
    parts.push({ outer: closed(outer), holes: former[parts.length]?.holes ?? [] });
  }
  return { parts };
}

const onEarth = ([lng, lat]) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90;

function closed(ring) {
  const [first, last] = [ring[0], ring.at(-1)];
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first];
}

export function boundsOf(positions) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of positions) {
    box[0] = Math.min(box[0], lng);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lng);
    box[3] = Math.max(box[3], lat);
  }
  return box[0] <= box[2] ? box : null;
}

export function positionsOf(geometry) {
  if (!geometry) return [];
  if (geometry.type === "Point") return [geometry.coordinates];
  const polygons =
    geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
  return polygons.flat(2);
}
