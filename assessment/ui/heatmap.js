// The levels of the capabilities: a button each, in the colour of its level. Texts are data, never markup.
export default function ({ data, parentElement, setTriggerValue }) {
  const make = (tag, name, ...inside) => {
    const one = document.createElement(tag);
    if (name) one.className = name;
    one.append(...inside);
    return one;
  };
  const colours_of = Object.fromEntries(data.legend.map((step) => [step.level, step]));
  const painted = (one, colours) => {
    if (colours) {
      one.style.background = colours.ground;
      one.style.color = colours.ink;
    } else one.classList.add('none');
    return one;
  };
  const cell = (given) => {
    const level = make('span', 'level', given.level);
    const label = make('span', 'label', given.label);
    label.lang = document.documentElement.lang;
    const name = make('span', 'name', ...(given.code ? [make('span', 'code', given.code)] : []), label);
    const one = painted(make(data.opens ? 'button' : 'div', 'cell', level, name), colours_of[given.level]);
    one.title = given.said;
    if (data.opens) {
      one.type = 'button';
      one.dataset.section = given.id;
      one.setAttribute('aria-label', `${given.code ? `${given.code} ` : ''}${given.label}: ${given.said}`);
      one.onclick = () => setTriggerValue('open', given.id);
    }
    return make('li', '', one);
  };

  const rows = data.rows.map((row) => {
    const cells = make('ul', 'cells', ...row.cells.map(cell));
    if (row.label) cells.setAttribute('aria-label', row.label);
    return make('div', 'row', ...(row.label ? [make('p', 'dimension', row.label)] : []), cells);
  });
  const steps = data.legend.map((step) =>
    make('li', '', painted(make('span', 'swatch', step.level), step), make('span', '', step.label)));
  if (data.rows.some((row) => row.cells.some((given) => !colours_of[given.level]))) {
    steps.push(make('li', '', make('span', 'swatch none', '–'), make('span', '', data.none)));
  }
  const all = make('div', 'levels', ...rows, make('ul', 'legend', ...steps));
  all.setAttribute('role', 'group');
  all.setAttribute('aria-label', data.name);

  const place = parentElement.querySelector('.place');
  const had = parentElement.activeElement?.dataset?.section ?? '';
  place.replaceChildren(all);
  // what had the focus keeps it when the figures come anew
  if (had) [...place.querySelectorAll('button')].find((one) => one.dataset.section === had)?.focus({ preventScroll: true });
}
