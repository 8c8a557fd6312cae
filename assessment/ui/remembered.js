/* What is drawn of them: the list, the private link, the switch. Follows remembering.js in one script. */

const COPIED_FOR = 4000; /* milliseconds */

function made(name, attributes = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element[key] = value;
    else if (value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...inside);
  return element;
}

/* The server's page may be reached without TLS: then the clipboard is closed, and a selection is copied. */
async function copy(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = made("textarea", { readonly: true, class: "unseen", "aria-hidden": "true" });
    field.value = text;
    beside.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

function copier(words, text, status, attributes = {}) {
  const button = made("button", { type: "button", ...attributes }, words.copy);
  button.onclick = async () => {
    const done = await copy(text, button.parentElement);
    button.focus();
    button.textContent = done ? words.copied : words.copy;
    status.textContent = done ? words.copied : words.not_copied;
    setTimeout(() => {
      button.textContent = words.copy;
      status.textContent = "";
    }, COPIED_FOR);
  };
  return button;
}

/* ── the open assessment's link ── */

function drawLink(root, { place, words, link }) {
  const { off } = read(place);
  const sign = JSON.stringify([off, words, link]);
  if (root.dataset.sign === sign) return; /* what the status says is not taken away unheard */
  root.dataset.sign = sign;
  const status = made("p", { role: "status", class: "unseen" });
  const field = made("input", { type: "text", readonly: true, id: "link", value: link, spellcheck: "false", onfocus: () => field.select() });
  const label = made("label", { for: "link" }, words.label);
  const row = made("div", { class: "line" }, field, copier(words, link, status, { class: "first" }));
  root.replaceChildren(label, row, made("p", { class: "note" }, off ? words.only : words.both), status);
}

/* ── the list ── */

function facts(known, words, asked) {
  if (known === undefined) return [made("p", { class: "note" }, asked ? words.waiting : "\u2007")];
  if (known.problem) return [made("p", { class: "note" }, known.problem)];
  const changed = new Intl.DateTimeFormat(words.locale, { dateStyle: "medium", timeStyle: "short" });
  const bar = made("div", { class: "bar", "aria-hidden": "true" }, made("div"));
  bar.firstChild.style.width = `${Math.round(known.share * 100)}%`;
  return [
    made("p", { class: "note" }, known.about),
    made("p", { class: "note" }, `${words.changed} `, made("time", { datetime: known.changed }, changed.format(new Date(known.changed)))),
    made("p", { class: "note share" }, bar, known.answered),
  ];
}

function menu(words, name, entries) {
  const list = made("div", { class: "entries", hidden: true });
  const button = made("button", { type: "button", class: "more", "aria-expanded": "false", "aria-label": words.more.replace("{name}", name) }, "⋯");
  const close = (back) => {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus();
  };
  button.onclick = () => {
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) list.querySelector("button").focus();
  };
  const whole = made("div", { class: "menu" }, button, list);
  whole.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) close(true);
  });
  whole.addEventListener("focusout", (event) => {
    if (!whole.contains(event.relatedTarget)) close(false);
  });
  list.onmousedown = (event) => event.preventDefault(); /* some browsers take the focus away before the click */
  list.append(...entries(close));
  return whole;
}

function row(draw, link, data, act) {
  const { place, words, rows, home, told } = data;
  const known = rows[link.token];
  const name = known?.name || words.nameless;
  const status = made("p", { role: "status", class: "unseen" });
  const item = made("li", { "data-token": link.token, "aria-busy": known === undefined ? "true" : false });
  const said = made("div", { class: "said" }, made("h3", {}, known === undefined ? "\u2007" : name), ...facts(known, words, told?.includes(link.token)));
  const usable = known !== undefined && !known.problem;

  const ask = (close) => {
    close(false);
    const keep = made("button", { type: "button", class: "first", onclick: () => (draw(true), draw.focus(link.token)) }, words.keep);
    const yes = made("button", { type: "button", onclick: () => (forget(place, [link.token]), draw.focus()) }, words.forget);
    const text = made("p", { id: "ask", tabindex: "-1" }, words.really.replace("{name}", name));
    item.replaceChildren(
      made("div", { class: "ask", role: "group", "aria-labelledby": "ask" }, text,
        made("div", { class: "ways" }, keep, copier(words, home + link.token, status), yes)),
      status,
    );
    text.focus();
  };
  const entries = (close) => [
    ...(usable ? [made("button", { type: "button", onclick: () => act("go", { token: link.token, to: "results" }) }, words.results)] : []),
    copier(words, home + link.token, status),
    made("button", { type: "button", onclick: () => ask(close) }, words.forget),
  ];
  const go = made("button", { type: "button", class: "first", disabled: !usable, "data-token": link.token, "aria-label": words.go_on.replace("{name}", name) }, words.go);
  go.onclick = () => {
    go.disabled = true;
    act("go", { token: link.token, to: "on" });
  };
  item.append(said, made("div", { class: "ways" }, go, menu(words, name, entries)), status);
  return item;
}

function drawList(root, data, act) {
  const { place, words, open, away } = data;
  const draw = (anew = false) => {
    const links = read(place).links.filter((link) => link.token !== open);
    const sign = JSON.stringify([links.map((link) => link.token), data]);
    if (!anew && root.dataset.sign === sign) return; /* nobody loses an open menu for nothing */
    root.dataset.sign = sign;
    const active = root.getRootNode().activeElement;
    const used = root.contains(active) ? active.closest("li")?.dataset.token : undefined;
    root.hidden = links.length === 0;
    const head = made("h2", { id: "mine", tabindex: "-1" }, words.title);
    const again = made("button", { type: "button", class: "first", onclick: () => act("again", Date.now()) }, words.again);
    const items = away
      ? made("div", { class: "ask", role: "alert" }, made("p", {}, words.away), made("div", { class: "ways" }, again))
      : made("ul", {}, ...links.map((link) => row(draw, link, data, act)));
    root.replaceChildren(made("section", { "aria-labelledby": "mine" }, head, made("p", { class: "note" }, words.where), items));
    if (used !== undefined) draw.focus(used);
    const reserved = root.getRootNode().host?.closest(`.st-key-${data.room}`);
    if (!reserved) return;
    reserved.dataset.drawn = "yes";
    reserved.style.cssText = root.hidden ? "display: none" : "";
  };
  draw.focus = (token) => (root.querySelector(`button[data-token="${CSS.escape(token ?? "")}"]`) ?? root.querySelector("h2"))?.focus();
  return draw;
}

/* ── the switch ── */

function drawSwitch(root, { place, words }) {
  const draw = () => {
    const { off, links } = read(place);
    const box = made("input", { type: "checkbox", id: "shared", "aria-describedby": "shared-note" });
    box.checked = off;
    const ask = made("div", { class: "ask", role: "group", "aria-labelledby": "shared-ask", hidden: true });
    const yes = made("button", { type: "button", onclick: () => (write(place, { off: true, links: [] }), focus()) }, words.remove);
    const no = made("button", { type: "button", class: "first", onclick: () => (draw(), focus()) }, words.cancel);
    ask.append(made("p", { id: "shared-ask", tabindex: "-1" }, words.really), made("div", { class: "ways" }, no, yes));
    box.onchange = () => {
      if (box.checked && links.length) {
        ask.hidden = false;
        ask.firstChild.focus();
      } else {
        write(place, { off: box.checked, links: [] });
        focus();
      }
    };
    const label = made("label", { for: "shared", class: "tick" }, box, made("span", {}, words.label));
    root.replaceChildren(label, made("p", { class: "note", id: "shared-note" }, off ? words.off : words.on), ask);
  };
  const focus = () => root.querySelector("input").focus();
  return draw;
}

/* ── one component, four parts: `keep` shows nothing, `link`, `list`, `switch` ── */

const listening = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  const root = parentElement.querySelector(".remembered");
  const { part, place, token } = data;
  root.className = `remembered ${part}`;
  root.lang = data.words?.lang ?? "";
  let draw = () => {};
  if (part === "list") {
    forget(place, data.gone);
    const list = drawList(root, data, setTriggerValue);
    draw = () => {
      list();
      const tokens = read(place).links.map((link) => link.token);
      const told = JSON.stringify([...tokens].sort());
      if (told === JSON.stringify([...(data.told ?? [])].sort()) || told === root.dataset.told) return;
      root.dataset.told = told;
      setStateValue("told", tokens);
    };
  } else if (part === "switch") draw = drawSwitch(root, data);
  else {
    let off = read(place).off;
    if (!off) remember(place, token);
    draw = () => {
      const now = read(place).off;
      if (off && !now) setTimeout(() => remember(place, token));
      off = now;
      if (part === "link") drawLink(root, data);
    };
  }
  draw();
  const before = listening.get(root);
  if (before) forgetListener(before);
  const elsewhere = (event) => event.key === place && draw();
  listening.set(root, { draw, elsewhere });
  window.addEventListener(CHANGED, draw);
  window.addEventListener("storage", elsewhere);
  return () => forgetListener(listening.get(root) ?? {});
}

function forgetListener({ draw, elsewhere }) {
  window.removeEventListener(CHANGED, draw);
  window.removeEventListener("storage", elsewhere);
}
