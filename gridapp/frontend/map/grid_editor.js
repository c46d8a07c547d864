// One grid's boundary: drawn, mended and split on the map, or written as a list of positions.
// Without a map (no WebGL) the list alone does everything but the split.

import { createElement as h, useEffect, useRef, useState } from "react";

import { canDraw, makeMap } from "./canvas.js";
import { geometryOf, partsOf, positionsOf, readText, rounded, textOf } from "./coordinates.js";
import { makeDrawing } from "./drawing.js";
import { makeSender, readMap } from "./wire.js";

const SAME_TAP_MS = 250;

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function useLeaveWarning(isChanged) {
  useEffect(() => {
    if (!isChanged) return undefined;
    const warn = (event) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isChanged]);
}

const button = (label, onClick, { look = "plain", ...more } = {}) =>
  h("button", { type: "button", className: `button ${look} short`, onClick, ...more }, label);

function Tools({ words, mode, history, tools, hasParts, canSplit }) {
  const steps = {
    draw: words.draw_how, line: words.line_how, half: words.half_how, look: words.mend_how,
  };
  return h(
    "div",
    { className: "map-tools" },
    h(
      "div",
      { className: "toolbar", role: "toolbar", "aria-label": words.tools },
      mode === "look"
        ? [
            button(hasParts ? words.draw_more : words.draw, tools.draw, { key: "draw" }),
            canSplit && hasParts && button(words.split, tools.line, { key: "split" }),
            button(words.undo, tools.undo, { key: "undo", disabled: !history.canUndo }),
            button(words.redo, tools.redo, { key: "redo", disabled: !history.canRedo }),
            hasParts && button(words.clear, tools.clear, { key: "clear" }),
          ]
        : button(words.stop, tools.stop),
    ),
    h("p", { className: "field-help" }, steps[mode]),
  );
}

function SplitTo({ words, beside, to, setTo }) {
  return h(
    "div",
    { className: "field" },
    h("label", { htmlFor: "split-to", className: "field-label" }, words.split_to),
    h(
      "select",
      {
        id: "split-to", className: "field-input", value: to,
        onChange: (event) => setTo(event.target.value),
      },
      h("option", { value: "" }, words.choose),
      beside.map((one) => h("option", { key: one.code, value: one.code }, one.name)),
    ),
  );
}

function Coordinates({ words, text, setText, apply, problem }) {
  return h(
    "details",
    { className: "map-coordinates", open: undefined },
    h("summary", null, words.coordinates),
    h(
      "div",
      { className: "field" },
      h("label", { htmlFor: "coordinates", className: "field-label" }, words.coordinates_label),
      h("p", { className: "field-help", id: "coordinates-help" }, words.coordinates_help),
      h("textarea", {
        id: "coordinates", className: "field-input", rows: 8, value: text, spellCheck: false,
        "aria-describedby": "coordinates-help coordinates-problem",
        "aria-invalid": problem ? "true" : undefined,
        onChange: (event) => setText(event.target.value),
      }),
      h("p", { className: "field-error", id: "coordinates-problem", role: "alert" }, problem),
      button(words.apply, apply),
    ),
  );
}

const NOTHING = { features: [] };

const own = (data, grid) =>
  data.features.find((one) => one.properties.kind === "boundary" && one.properties.grid === grid);

const cornersBeside = (data, grid) =>
  data.features
    .filter((one) => one.properties.kind === "boundary" && one.properties.grid !== grid)
    .flatMap((one) => positionsOf(one.geometry));

export function GridEditor({ src, grid, beside, tints, words }) {
  const place = useRef(null);
  const canvas = useRef(null);
  const drawing = useRef(null);
  const sender = useRef(makeSender());
  const now = useRef([]);
  const cut = useRef({ line: null, since: 0, to: "", version: 0 });
  const [isDrawn, setDrawn] = useState(canDraw);
  const [data, setData] = useState(null);
  const [parts, setParts] = useState([]);
  const [stands, setStands] = useState({ version: 0, parts: [] });
  const [history, setHistory] = useState({ canUndo: false, canRedo: false });
  const [mode, setMode] = useState("look");
  const [to, setTo] = useState("");
  const [clip, setClip] = useState(false);
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState("");
  const [said, say] = useState({ text: words.loading, isProblem: false });
  const [isBusy, setBusy] = useState(false);
  const [isReady, setReady] = useState(false);
  const isChanged = !same(parts, stands.parts);
  useLeaveWarning(isChanged);
  Object.assign(cut.current, { to, version: stands.version });

  function take(change) {
    now.current = change.parts;
    setParts(change.parts);
    setText(textOf(change.parts));
    setHistory({ canUndo: change.canUndo, canRedo: change.canRedo });
  }

  async function load(told) {
    try {
      const found = await readMap(src);
      const mine = own(found, grid);
      const list = partsOf(mine?.geometry);
      setStands({ version: mine?.properties.version ?? 0, parts: list });
      take({ parts: list, canUndo: false, canRedo: false });
      setData(found);
      say({ text: told, isProblem: false });
    } catch {
      say({ text: words.trouble, isProblem: true });
    }
  }

  useEffect(() => {
    load("");
  }, [src]);

  useEffect(() => {
    if (!isDrawn) return undefined;
    try {
      canvas.current = makeMap(place.current, { tints, locale: words.controls });
    } catch {
      setDrawn(false);
      return undefined;
    }
    canvas.current.map.on("click", (event) => {
      const isLater = event.originalEvent.timeStamp > cut.current.since + SAME_TAP_MS;
      if (cut.current.line && isLater) tapHalf(rounded([event.lngLat.lng, event.lngLat.lat]));
    });
    return () => {
      drawing.current?.stop();
      drawing.current = null;
      canvas.current.remove();
    };
  }, [isDrawn]);

  useEffect(() => {
    let isHere = Boolean(data && canvas.current);
    if (!isHere) return undefined;
    canvas.current.show(data, { without: grid, fit: !drawing.current, around: grid }).then(() => {
      if (!isHere) return;
      drawing.current?.stop();
      drawing.current = makeDrawing(canvas.current.map, cornersBeside(data, grid), {
        onChange: take,
        onLine(line) {
          // The tap that ends the line comes here as well, and is not meant for a half.
          Object.assign(cut.current, { line, since: performance.now() });
          setMode("half");
        },
      });
      // Positions may have been written while the map was still coming.
      drawing.current.put(now.current, { forget: true });
      setReady(true);
    });
    return () => {
      isHere = false;
    };
  }, [data]);

  function stop() {
    cut.current.line = null;
    drawing.current?.forgetLine();
    setMode("look");
  }

  const tools = {
    draw() {
      drawing.current?.drawPolygon();
      setMode("draw");
    },
    line() {
      if (isChanged) return say({ text: words.save_first, isProblem: true });
      drawing.current?.drawLine();
      return setMode("line");
    },
    undo: () => drawing.current?.undo(),
    redo: () => drawing.current?.redo(),
    clear: () => drawing.current?.clear(),
    stop,
  };

  useEffect(() => {
    if (mode === "draw" && parts.length > 0 && !same(parts, stands.parts)) setMode("look");
  }, [parts]);

  function apply() {
    const found = readText(text, parts);
    if (!found.parts) {
      return setWrong(
        found.line ? words.wrong_line.replace("{line}", found.line) : words.too_few,
      );
    }
    setWrong("");
    if (drawing.current) {
      if (drawing.current.put(found.parts)) return undefined;
      drawing.current.put(parts);
      return setWrong(words.wrong_shape);
    }
    return take({ parts: found.parts, ...history });
  }

  async function send(deed) {
    setBusy(true);
    const { reply, problem } = await sender.current(deed, words);
    setBusy(false);
    if (problem) say({ text: problem, isProblem: true });
    return reply;
  }

  async function save() {
    if (parts.length === 0) return say({ text: words.nothing, isProblem: true });
    const facts = { geometry: geometryOf(parts), clip };
    const reply = await send({
      deed: "boundary.draw", subject: grid, facts, version: stands.version || undefined,
    });
    if (!reply) return undefined;
    return load(words.saved);
  }

  async function tapHalf(at) {
    const { line, to: other } = cut.current;
    if (!other) return say({ text: words.choose_first, isProblem: true });
    cut.current.line = null; // a second tap means nothing more
    const reply = await send({
      deed: "boundary.split", subject: grid, facts: { line, to: other, at },
      version: cut.current.version || undefined,
    });
    stop();
    if (!reply) return undefined;
    return load(words.split_done);
  }

  return h(
    "div",
    { className: "map-editor", "data-ready": isReady },
    own(data ?? NOTHING, grid)?.properties.schematic &&
      h("p", { className: "note" }, words.sketched),
    isDrawn
      ? h(Tools, {
          words, mode, history, tools, hasParts: parts.length > 0, canSplit: beside.length > 0,
        })
      : h("p", { className: "note" }, words.no_map_editor),
    (mode === "line" || mode === "half") && h(SplitTo, { words, beside, to, setTo }),
    isDrawn &&
      h(
        "div",
        { className: "map-frame" },
        h("div", { ref: place, className: "map tall", role: "region", "aria-label": words.map }),
      ),
    h(
      "label",
      { className: "check-line" },
      h("input", {
        type: "checkbox", checked: clip, onChange: (event) => setClip(event.target.checked),
      }),
      h("span", null, words.clip),
    ),
    h(
      "div",
      { className: "map-save" },
      h(
        "p",
        { role: said.isProblem ? "alert" : "status", className: said.isProblem ? "field-error" : "quiet" },
        said.text || (isChanged ? words.unsaved : ""),
      ),
      h(
        "button",
        {
          type: "button", className: "button primary", onClick: save,
          disabled: isBusy || !isChanged || mode !== "look",
        },
        words.save,
      ),
    ),
    h(Coordinates, { words, text, setText, apply, problem: wrong }),
  );
}
