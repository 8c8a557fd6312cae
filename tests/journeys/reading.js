// What a page says, to eyes and to assistive technology, and where its text is cut, laid over other text or off the screen.
() => {
  const said = [], faults = [];
  const LETTER = /\p{L}/u;
  const SKIPPED = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE"]);
  const SPOKEN = ["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "aria-placeholder", "placeholder", "title", "alt"];
  const CUTS = new Set(["hidden", "clip"]);
  const SLACK = 1.5;  // pixels: rounding of fractions

  const parent = one => one.parentElement || (one.getRootNode() instanceof ShadowRoot ? one.getRootNode().host : null);
  const above = function* (one) { for (let each = one; each; each = parent(each)) yield each; };
  const shown = one => one.checkVisibility({visibilityProperty: true, opacityProperty: false, contentVisibilityAuto: true});
  const kept = new Map();  // asking the browser is slow, and nothing moves meanwhile
  const style = one => {
    let found = kept.get(one);
    if (!found) {
      const css = getComputedStyle(one);
      found = {};
      for (const name of ["display", "visibility", "opacity", "overflow", "overflowX", "overflowY", "position", "clip", "clipPath", "textOverflow",
        "webkitLineClamp", "fontFamily", "font", "paddingLeft", "paddingRight"]) found[name] = css[name];
      found.box = one.getBoundingClientRect();
      kept.set(one, found);
    }
    return found;
  };
  const icon = one => one.childElementCount === 0 && style(one).fontFamily.includes("Material Symbols");  // drawn by the name of the picture
  const inline = one => ["inline", "contents", "ruby"].includes(style(one).display) || one.tagName === "BR" || one.tagName === "tspan";

  // Where on the page: the nearest names that its makers know.
  function place(one) {
    const names = [];
    for (const each of above(one)) {
      const key = [...each.classList].find(name => name.startsWith("st-key-"));
      const test = each.getAttribute("data-testid");
      if (key) names.unshift("." + key.replace(/-[0-9A-Za-z]{32,}|-[0-9a-f]{8}(?=-|$)/g, ""));
      else if (test && names.length < 2) names.unshift(test);
      if (names.length > 2 || key) break;
    }
    return `${names.join(" ")} <${one.tagName.toLowerCase()}>`;
  }
  const brief = text => text.replace(/\s+/g, " ").trim().slice(0, 160);
  const say = (text, where, kind) => { if (LETTER.test(text)) said.push({text: text.replace(/[ \t\n]+/g, " ").trim(), where, kind}); };

  // ── what is said ──────────────────────────────────────────────────────────────────────────────────────────────────
  let run = "", runs = document.body;
  const flush = () => { say(run, place(runs), "text"); run = ""; };
  const leaves = [];  // text nodes, for what is cut and what overlaps
  function read(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.data.trim()) { const at = parent(node) || node.getRootNode().host; if (!run.trim()) runs = at; leaves.push([node, at]); }
      run += node.data;
      return;
    }
    if (node.nodeType === Node.DOCUMENT_FRAGMENT_NODE) { node.childNodes.forEach(read); return; }
    if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.tagName)) return;
    if (!shown(node)) {
      const css = style(node);
      if (css.display === "none" || css.visibility === "hidden") { if (css.display !== "none") node.childNodes.forEach(read); return; }
      if (!node.checkVisibility()) return;
    }
    for (const name of SPOKEN) if (node.hasAttribute(name)) say(node.getAttribute(name), place(node), name);
    if (icon(node)) return;
    for (const part of ["::before", "::after"]) {
      const made = getComputedStyle(node, part).content;
      if (/^"/.test(made)) say(made.slice(1, -1), place(node), part);
    }
    if (node.tagName === "INPUT" && node.value && !["hidden", "checkbox", "radio", "file"].includes(node.type)) {
      say(node.value, place(node), node.getAttribute("role") === "combobox" ? "chosen" : "value");
    }
    if (node.tagName === "TEXTAREA") { say(node.value, place(node), "value"); return; }
    if (node.tagName === "IFRAME") { say("a frame from elsewhere", place(node), "frame"); return; }
    const apart = !inline(node);
    if (apart) flush();
    if (node.tagName === "BR") run += "\n";
    if (node.shadowRoot) read(node.shadowRoot);
    if (node.tagName === "SLOT") node.assignedNodes().forEach(each => { if (node.getRootNode().host !== parent(each)) read(each); });
    node.childNodes.forEach(read);
    if (apart) flush();
  }
  say(document.title, "tab of the browser", "title");
  read(document.body);
  flush();

  // What a chart says when somebody points at it.
  const strings = function* (value) {
    if (typeof value === "string") yield value;
    else if (Array.isArray(value)) for (const each of value) yield* strings(each);
  };
  for (const chart of document.querySelectorAll(".js-plotly-plot")) {
    const told = [];
    for (const trace of chart.data || []) {
      for (const name of ["name", "text", "hovertext", "hovertemplate", "texttemplate", "theta", "labels"]) told.push(...strings(trace[name]));
      const named = JSON.stringify([trace.hovertemplate, trace.texttemplate]).matchAll(/%\{customdata(?:\[(\d+)\])?/g);
      for (const [, at] of named) told.push(...strings([...(trace.customdata || [])].map(one => at === undefined ? one : one[at])));  // the rest is for clicks
    }
    const layout = chart.layout || {};
    for (const note of layout.annotations || []) told.push(note.text || "", note.hovertext || "");
    for (const shape of layout.shapes || []) told.push(shape.label?.text || "");
    for (const [name, axis] of Object.entries(layout)) if (/axis|polar/.test(name) && axis) told.push(axis.title?.text || "", ...strings(axis.ticktext));
    for (const text of new Set(told)) say(text.replace(/%\{[^}]*\}/g, " ").replace(/<[^>]*>/g, " "), place(chart), "chart");
  }

  // ── what cannot be read ───────────────────────────────────────────────────────────────────────────────────────────
  const fault = (kind, one, text, by) => faults.push({kind, where: place(one), text: brief(text), by: Math.ceil(by)});
  const all = root => [...root.querySelectorAll("*")].flatMap(one => one.shadowRoot ? [one, ...all(one.shadowRoot)] : [one]);
  const main = document.querySelector("[data-testid=stMain]");
  for (const whole of [document.documentElement, main]) {
    const by = whole ? whole.scrollWidth - whole.clientWidth : 0;
    if (by <= 1) continue;
    const scrolls = one => { for (const each of above(one)) { if (each === main) return false; if (each !== one && style(each).overflowX !== "visible") return true; } return false; };
    const wide = all(whole).filter(one => shown(one) && style(one).box.right > innerWidth + 1 && !scrolls(one));
    const inner = wide.filter(one => ![...one.children].some(child => wide.includes(child)));
    fault("the page is wider than the screen", inner[0] || whole, inner.slice(0, 3).map(one => one.textContent.trim() ? brief(one.textContent).slice(0, 40) : one.tagName).join(" | "), by);
  }

  const ears = new Map();
  const forEars = one => { if (!ears.has(one)) ears.set(one, isForEars(one)); return ears.get(one); };
  const isForEars = one => { for (const each of above(one)) { const css = style(each), box = css.box;
    if (css.clip !== "auto" || css.clipPath !== "none" || ((box.width <= 1.5 || box.height <= 1.5) && css.overflow !== "visible")) return true; } return false; };
  const rectsOf = node => { const range = document.createRange(); range.selectNodeContents(node); return [...range.getClientRects()].filter(box => box.width > 0 && box.height > 0); };

  // The box around slanted text is larger than the text: it says nothing of what lies in it.
  const slanted = one => { const turn = one instanceof SVGGraphicsElement && one.getCTM(); return Boolean(turn) && Math.abs(turn.b) > 0.01; };
  const boxes = [];
  for (const [node, at] of leaves) {
    if (!LETTER.test(node.data) && !/\d/.test(node.data)) continue;
    if (style(at).visibility !== "visible" || forEars(at)) continue;
    let layer = null, group = 0;
    for (const each of above(at)) { const css = style(each); if (["fixed", "sticky"].includes(css.position) && !layer) layer = each; if (+css.opacity === 0) group = 1; }
    if (group) continue;
    for (const box of rectsOf(node)) {
      let scrolls = false, gone = false;
      for (const each of above(at)) {
        if (each === main || each === document.body) break;  // of the page only what is off the screen at its side
        const css = style(each), frame = css.box;
        if (css.display === "inline" || css.display === "contents") continue;
        const x = css.overflowX, y = css.overflowY;
        const over = Math.max(box.right - frame.right, frame.left - box.left), under = Math.max(box.bottom - frame.bottom, frame.top - box.top);
        if (["auto", "scroll"].includes(x) && each.scrollWidth > each.clientWidth + 1) scrolls = true;
        if (["auto", "scroll"].includes(y) && each.scrollHeight > each.clientHeight + 1 && under > 0) { gone = true; break; }
        if (CUTS.has(x) && over > SLACK && css.textOverflow === "ellipsis") { gone = true; break; }  // told below
        if (CUTS.has(x) && over > SLACK && !scrolls) { fault("cut at its side", at, node.data, over); gone = true; break; }
        if (CUTS.has(y) && under > 4 && css.position !== "fixed") { fault("cut at its foot or head", at, node.data, under); gone = true; break; }
        if (each.tagName === "svg" && over > SLACK && css.overflow !== "visible") { fault("cut at a chart's edge", at, node.data, over); gone = true; break; }
      }
      if (!gone && !scrolls && (box.right > innerWidth + 1 || box.left < -1)) { fault("off the screen", at, node.data, Math.max(box.right - innerWidth, -box.left)); gone = true; }
      if (!gone && !scrolls && !slanted(at)) boxes.push({box, node, at, layer});
    }
  }
  // Text that ends in three dots because there is no room for it.
  const seen = new Set();
  for (const one of all(document.body)) {
    if (!shown(one) || icon(one)) continue;
    const css = style(one);
    if (one.tagName === "INPUT" && ["text", "search", "number", "tel", "email", "url", ""].includes(one.type)) {
// the present choice of a menu may be longer than its field: it is whole in the menu, one click away
      if (one.placeholder && !one.value) {
        const pen = document.createElement("canvas").getContext("2d"); pen.font = css.font;
        const room = one.clientWidth - parseFloat(css.paddingLeft) - parseFloat(css.paddingRight);
        const needs = pen.measureText(one.placeholder).width;
        if (needs > room + SLACK && room > 20) fault("a placeholder is cut", one, one.placeholder, needs - room);
      }
      continue;
    }
    const dots = css.textOverflow === "ellipsis" && CUTS.has(css.overflowX) && one.scrollWidth > one.clientWidth + 1;
    const lines = css.webkitLineClamp !== "none" && one.scrollHeight > one.clientHeight + 2;
    if ((dots || lines) && one.textContent.trim() && !forEars(one) && !seen.has(one)) {
      seen.add(one);
      fault("ends in dots", one, one.textContent, Math.max(one.scrollWidth - one.clientWidth, lines ? one.scrollHeight - one.clientHeight : 0));
    }
  }
  // Text over other text: of elements of which neither holds the other.
  boxes.sort((a, b) => a.box.top - b.box.top);
  const pairs = new Set();
  boxes.forEach((one, number) => {
    for (let next = number + 1; next < boxes.length && boxes[next].box.top < one.box.bottom; next++) {
      const other = boxes[next];
      if (other.at === one.at || other.layer !== one.layer) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
      const least = Math.min(one.box.height, other.box.height);
      if (across > 3 && down > Math.max(4, 0.4 * least)) {
        const name = place(one.at) + brief(one.node.data) + brief(other.node.data);
        if (!pairs.has(name)) { pairs.add(name); fault("lies over other text", one.at, `${brief(one.node.data).slice(0, 70)} ⟷ ${brief(other.node.data).slice(0, 70)}`, Math.min(across, down)); }
      }
    }
  });
  // Tabs and tables that scroll are no fault, but are worth knowing of.
  const scrolling = [];
  for (const one of all(document.body)) {
    if (one === main || !shown(one) || one.closest("[data-testid=stSidebar]")) continue;
    const css = style(one);
    if (["auto", "scroll"].includes(css.overflowX) && one.scrollWidth > one.clientWidth + 2 && one.textContent.trim()) scrolling.push({where: place(one), by: one.scrollWidth - one.clientWidth, text: brief(one.textContent).slice(0, 60)});
  }
  return {said, faults, scrolling};
}
