// A map without tiles: grids as coloured areas, buildings as points, names over them.
// Nothing is fetched from anywhere but our own address; the worker is one of our files.

import * as maplibregl from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";

import { boundsOf, positionsOf } from "./coordinates.js";

const FONT = ["Noto Sans SC"];
const EMPTY = { type: "FeatureCollection", features: [] };
const CHINA = [73, 18, 135, 54];

maplibregl.setWorkerUrl(workerUrl);

export function canDraw() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function styleOf(tints) {
  const tint = ["match", ["get", "tint"], ...tints.flatMap((colour, n) => [n, colour]), tints[0]];
  const area = ["all", ["==", ["get", "kind"], "boundary"], ["!", ["get", "top"]]];
  const real = ["!", ["get", "schematic"]];
  const line = { "line-color": token("--sheet"), "line-width": 2 };
  return {
    version: 8,
    sources: { grids: { type: "geojson", data: EMPTY } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": token("--sunken") } },
      {
        id: "areas", type: "fill", source: "grids", filter: area,
        paint: { "fill-color": tint, "fill-opacity": 0.75 },
      },
      { id: "borders", type: "line", source: "grids", filter: ["all", area, real], paint: line },
      {
        id: "sketched", type: "line", source: "grids", filter: ["all", area, ["get", "schematic"]],
        paint: { ...line, "line-dasharray": [3, 2] },
      },
      {
        id: "frame", type: "line", source: "grids",
        filter: ["all", ["==", ["get", "kind"], "boundary"], ["get", "top"]],
        paint: { "line-color": token("--ink"), "line-width": 2 },
      },
      {
        id: "buildings", type: "circle", source: "grids", minzoom: 14,
        filter: ["==", ["get", "kind"], "building"],
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 14, 1.5, 18, 5],
          "circle-color": token("--ink"), "circle-opacity": 0.55,
        },
      },
      {
        id: "names", type: "symbol", source: "grids", filter: area,
        layout: {
          "text-field": ["get", "short"], "text-font": FONT, "text-size": 14,
          "text-max-width": 8, "text-padding": 4,
        },
        paint: {
          "text-color": "#1a2330", "text-halo-color": "#ffffff", "text-halo-width": 1.6,
        },
      },
    ],
  };
}

// What the frame says already is left out of the names, as in 南大街第一网格 within 南大街社区.
function withShortNames(data) {
  const top = data.features.find((one) => one.properties.top)?.properties.name ?? "";
  const stem = top.replace(/(社区|街道)$/, "");
  const short = (name) =>
    (top && name.startsWith(top) && name.slice(top.length)) ||
    (stem && name.startsWith(stem) && name.slice(stem.length)) ||
    name;
  const features = data.features.map((one) =>
    one.properties.kind === "boundary"
      ? { ...one, properties: { ...one.properties, short: short(one.properties.name) } }
      : one,
  );
  return { ...data, features };
}

// Around one grid where it has a boundary, else around all that have one, else around all points.
const boxOf = (data, grid) => {
  const all = data.features.filter((one) => one.properties.kind === "boundary");
  const one = all.filter((shape) => grid && shape.properties.grid === grid);
  const shapes = one.length > 0 ? one : all;
  const shown = shapes.length > 0 ? shapes : data.features;
  return boundsOf(shown.flatMap((one) => positionsOf(one.geometry)));
};

export function makeMap(container, { tints, locale }) {
  const map = new maplibregl.Map({
    container,
    style: styleOf(tints),
    bounds: CHINA,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 21,
    fadeDuration: 0,
    locale,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl({ unit: "metric" }), "bottom-left");
  const loaded = new Promise((resolve) => map.once("load", resolve));
  const look = new MutationObserver(() => map.setStyle(styleOf(tints), { diff: true }));
  look.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return {
    map,
    loaded,
    async show(data, { fit = true, without = "", around = "" } = {}) {
      await loaded;
      const named = withShortNames(data);
      const shown = named.features.filter((one) => !without || one.properties.grid !== without);
      map.getSource("grids").setData({ type: "FeatureCollection", features: shown });
      const box = fit && boxOf(data, around);
      if (box) map.fitBounds(box, { padding: around ? 72 : 32, duration: 0, maxZoom: 18 });
    },
    onPick(told) {
      map.on("click", "areas", (event) => told(event.features[0].properties.grid));
      const point = (cursor) => () => (map.getCanvas().style.cursor = cursor);
      map.on("mouseenter", "areas", point("pointer"));
      map.on("mouseleave", "areas", point(""));
    },
    remove() {
      look.disconnect();
      map.remove();
    },
  };
}
