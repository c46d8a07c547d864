// Draws and mends one boundary on the map; new points snap to the neighbours' corners.

import {
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawModeUndoRedo,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
  TerraDrawSessionUndoRedo,
  TerraDrawUndoRedoKeyboardShortcuts,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";

import { rounded } from "./coordinates.js";

const SNAP_PX = 14;
const COLOUR = "#1c4f91";

// Only corners within the snapping distance in degrees are measured on the screen.
function snapTo(corners) {
  return (event, { project, unproject }) => {
    const here = project(event.lng, event.lat);
    const there = unproject(here.x + SNAP_PX, here.y + SNAP_PX);
    const reach = [Math.abs(there.lng - event.lng), Math.abs(there.lat - event.lat)];
    let best;
    let nearest = SNAP_PX;
    for (const corner of corners) {
      if (Math.abs(corner[0] - event.lng) > reach[0]) continue;
      if (Math.abs(corner[1] - event.lat) > reach[1]) continue;
      const spot = project(corner[0], corner[1]);
      const away = Math.hypot(spot.x - here.x, spot.y - here.y);
      if (away < nearest) [best, nearest] = [corner, away];
    }
    return best;
  };
}

function modesOf(toCustom) {
  const points = {
    selectionPointColor: "#ffffff", selectionPointOutlineColor: COLOUR, selectionPointWidth: 6,
    selectionPointOutlineWidth: 2, midPointColor: COLOUR, midPointWidth: 4,
    midPointOutlineColor: "#ffffff", midPointOutlineWidth: 1,
    selectedPolygonColor: COLOUR, selectedPolygonOutlineColor: COLOUR,
    selectedPolygonFillOpacity: 0.25, selectedPolygonOutlineWidth: 3,
  };
  const polygon = {
    fillColor: COLOUR, fillOpacity: 0.25, outlineColor: COLOUR, outlineWidth: 3,
    closingPointColor: "#ffffff", closingPointOutlineColor: COLOUR, closingPointWidth: 6,
    closingPointOutlineWidth: 2,
  };
  return [
    new TerraDrawSelectMode({
      styles: points,
      pointerDistance: 22,
      flags: {
        polygon: {
          feature: {
            draggable: false,
            coordinates: {
              midpoints: true, draggable: true, deletable: true, snappable: { toCustom },
            },
          },
        },
      },
    }),
    new TerraDrawPolygonMode({
      styles: polygon, snapping: { toCustom }, pointerDistance: 22, showCoordinatePoints: true,
    }),
    new TerraDrawLineStringMode({
      styles: { lineStringColor: "#1a2330", lineStringWidth: 3 }, pointerDistance: 22,
      snapping: { toCustom },
    }),
  ];
}

export function makeDrawing(map, corners, { onChange, onLine }) {
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 9 }),
    modes: modesOf(snapTo(corners)),
    undoRedo: {
      modeLevel: new TerraDrawModeUndoRedo(),
      sessionLevel: new TerraDrawSessionUndoRedo(),
      keyboardShortcuts: new TerraDrawUndoRedoKeyboardShortcuts(),
    },
  });
  const holes = new Map();
  draw.start();

  const polygons = () =>
    draw
      .getSnapshot()
      .filter((one) => one.geometry.type === "Polygon" && !one.properties.currentlyDrawing);
  const parts = () =>
    polygons().map((one) => ({
      outer: one.geometry.coordinates[0].map(rounded),
      holes: holes.get(one.id) ?? [],
    }));
  const told = () =>
    onChange({ parts: parts(), canUndo: draw.canUndo(), canRedo: draw.canRedo() });

  // Its corners can be taken at once: nobody has to tap the only polygon first.
  function selectOnly() {
    const [first, ...others] = polygons();
    if (first && others.length === 0 && !first.properties.selected) draw.selectFeature(first.id);
  }

  function select() {
    draw.setMode("select");
    selectOnly();
  }

  // What was undone or redone is no longer selected, and dragging would move the map instead.
  function step(back) {
    if (back) draw.undo();
    else draw.redo();
    if (draw.getMode() === "select") selectOnly();
  }

  draw.on("finish", (id, context) => {
    if (context.mode === "linestring") {
      onLine(draw.getSnapshotFeature(id).geometry.coordinates.map(rounded));
      draw.setMode("static");
    } else if (context.action === "draw") {
      select();
    }
    told();
  });
  draw.on("history", told);

  function put(list, { forget = false } = {}) {
    draw.setMode("select");
    const ids = polygons().map((one) => one.id);
    if (ids.length > 0) draw.removeFeatures(ids);
    const features = list.map((part) => ({
      type: "Feature",
      id: draw.getFeatureId(),
      geometry: { type: "Polygon", coordinates: [part.outer] },
      properties: { mode: "polygon" },
    }));
    const results = draw.addFeatures(features);
    results.forEach((result, n) => holes.set(features[n].id, list[n].holes));
    if (forget) draw.clearUndoRedoHistory();
    if (features.length > 0) select();
    told();
    return results.every((result) => result.valid);
  }

  return {
    put,
    parts,
    select,
    undo: () => step(true),
    redo: () => step(false),
    drawPolygon: () => draw.setMode("polygon"),
    drawLine: () => draw.setMode("linestring"),
    forgetLine() {
      const lines = draw.getSnapshot().filter((one) => one.geometry.type === "LineString");
      if (lines.length > 0) draw.removeFeatures(lines.map((one) => one.id));
      select();
    },
    clear: () => put([]),
    stop: () => draw.stop(),
  };
}
