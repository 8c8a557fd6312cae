/* The pages of the PDF: a strip of a few, the one that is read, and the ways to the others. Texts are data, never markup.
   The elements are made once and then only changed, so that the focus stays where it is while pages turn. */

const made = (name, attributes = {}, ...inside) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...inside);
  return element;
};

/* Shapes, so that no typeface has to have the arrows; their buttons have names. */
const SHAPES = { first: "M6 5v14M18 6l-7 6 7 6", back: "M15 6l-7 6 7 6", next: "M9 6l7 6-7 6" };
const shape = (path) => {
  const place = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(place, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(place, "path");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
};

function build(place) {
  const view = { turnTo: () => {} };
  const larger = () => {
    const on = view.enlarge.getAttribute("aria-pressed") !== "true";
    view.enlarge.setAttribute("aria-pressed", String(on));
    view.desk.classList.toggle("larger", on);
  };
  const ways = {};
  for (const way of ["first", "back", "next"]) ways[way] = made("button", { type: "button", class: "way" }, shape(SHAPES[way]));
  const field = made("input", { type: "number", min: "1", step: "1", inputmode: "numeric" });
  const before = made("span", { "aria-hidden": "true" });
  const of = made("span", {});
  const goto = made("label", { class: "goto" }, before, field, of);
  view.enlarge = made("button", { type: "button", class: "enlarge", "aria-pressed": "false", onclick: larger });
  const strip = made("ol", { class: "strip" });
  const at = (file) => new URL(`.${file}`, location.href).href;  // Streamlit names its files from the app's root
  const picture = made("img", { decoding: "async" });
  const paper = made("div", { class: "paper" }, picture);
  view.desk = made("div", { class: "desk", tabindex: "0", role: "group" }, paper);
  const said = made("p", { class: "unseen", role: "status" });
  const hint = made("p", { class: "unseen", id: "preview-hint" });
  const bar = made("div", { class: "bar" }, ways.first, ways.back, goto, ways.next, view.enlarge);
  const whole = made("section", {}, strip, bar, view.desk, said, hint);
  view.desk.setAttribute("aria-describedby", "preview-hint");
  place.append(whole);

  const goal = () => {
    const wanted = Math.round(Number(field.value));
    if (wanted >= 1) view.turnTo(wanted);
    else field.value = view.page;
  };
  field.onchange = goal;
  paper.onclick = larger;
  ways.first.onclick = () => view.turnTo(1);
  ways.back.onclick = () => view.turnTo(view.page - 1);
  ways.next.onclick = () => view.turnTo(view.page + 1);
  whole.onkeydown = (event) => {
    if (event.target === field || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target === view.desk && view.desk.classList.contains("larger")) return; /* there the arrows scroll */
    const to = { ArrowLeft: view.page - 1, ArrowRight: view.page + 1, Home: 1, End: view.count }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    view.turnTo(to);
  };

  view.update = ({ data, setStateValue }) => {
    const words = data.words;
    const turned = view.page !== undefined && view.page !== data.page;
    view.page = data.page;
    view.count = data.count;
    view.turnTo = (page) => {
      const to = Math.min(Math.max(1, page), view.count);
      field.value = to;
      if (to === view.page) return;
      view.page = to;
      whole.setAttribute("aria-busy", "true");
      setStateValue("page", to);
    };
    for (const [way, button] of Object.entries(ways)) {
      button.setAttribute("aria-label", words[way]);
      button.title = words[way];
      const closed = way === "next" ? data.page === data.count : data.page === 1;
      button.setAttribute("aria-disabled", String(closed));
    }
    whole.setAttribute("aria-label", words.name);
    whole.removeAttribute("aria-busy");
    field.setAttribute("aria-label", words.go);
    field.max = data.count;
    field.value = data.page;
    before.textContent = words.page;
    of.textContent = words.of;
    view.enlarge.textContent = words.larger;
    view.desk.setAttribute("aria-label", words.said);
    hint.textContent = words.hint;
    picture.width = data.width;
    picture.height = data.height;
    picture.alt = data.alt;
    if (picture.src !== at(data.picture)) picture.src = at(data.picture);
    if (turned) {
      view.desk.scrollTo(0, 0);
      said.textContent = words.said;
    }
    strip.setAttribute("aria-label", words.strip);
    const held = [...strip.querySelectorAll("button")].findIndex((each) => each.matches(":focus"));
    strip.replaceChildren(
      ...data.strip.map((each) => {
        const number = made("span", { class: "number", "aria-hidden": "true" }, String(each.page));
        const small = made("img", { src: at(each.picture), alt: "", width: "60", height: "85" });
        const button = made("button", { type: "button", "aria-label": each.name, onclick: () => view.turnTo(each.page) }, small, number);
        if (each.page === data.page) button.setAttribute("aria-current", "page");
        return made("li", {}, button);
      }),
    );
    if (held >= 0) strip.querySelector("[aria-current]")?.focus({ preventScroll: true });
  };
  return view;
}

const views = new WeakMap();

export default function (component) {
  const place = component.parentElement.querySelector(".place");
  if (!views.has(place)) views.set(place, build(place));
  views.get(place).update(component);
}
