// The map of grids as a React component: looked at, or with one grid's boundary to be changed.

import { createElement as h, useEffect, useRef, useState } from "react";

import { canDraw, makeMap } from "./canvas.js";
import { GridEditor } from "./grid_editor.js";
import { readMap } from "./wire.js";

function StillPicture({ picture, words }) {
  return h(
    "figure",
    { className: "map-picture" },
    h("img", { src: picture, alt: words.picture }),
    h("figcaption", { className: "quiet small" }, words.no_map),
  );
}

export function GridMap({ src, picture, edition, tints, words, onPick }) {
  const place = useRef(null);
  const shown = useRef(null);
  const [isDrawn, setDrawn] = useState(canDraw);
  const [said, say] = useState("");
  const [isSketch, setSketch] = useState(false);

  useEffect(() => {
    if (!isDrawn) return undefined;
    try {
      shown.current = makeMap(place.current, { tints, locale: words.controls });
    } catch {
      setDrawn(false);
      return undefined;
    }
    shown.current.onPick((code) => onPick?.(code));
    return () => shown.current.remove();
  }, [isDrawn]);

  useEffect(() => {
    if (!isDrawn || !src) return undefined;
    let isWanted = true;
    say(words.loading);
    readMap(src)
      .then((data) => {
        if (!isWanted) return undefined;
        setSketch(data.features.some((one) => one.properties.schematic));
        return shown.current?.show(data);
      })
      .then(() => isWanted && say(""))
      .catch(() => isWanted && say(words.trouble));
    return () => {
      isWanted = false;
    };
  }, [isDrawn, src, edition]);

  if (!isDrawn) return h(StillPicture, { picture, words });
  return h(
    "div",
    { className: "map-frame" },
    h("div", { ref: place, className: "map", role: "region", "aria-label": words.map }),
    h("p", { className: "map-said", role: "status" }, said || (isSketch ? words.sketch : "")),
  );
}

export { GridEditor };
