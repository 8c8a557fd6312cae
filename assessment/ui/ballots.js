// What can be voted on a question, and how many chose it once that may be seen. Texts are data, never markup.
export default function ({ data, parentElement }) {
  const make = (tag, name, ...inside) => {
    const one = document.createElement(tag);
    if (name) one.className = name;
    one.append(...inside);
    return one;
  };
  const row = (given) => {
    const text = make('span', 'text', given.text);
    const mark = given.mark ? [make('span', 'mark', given.mark)] : [];
    const said = make('span', 'said', ...mark, text);
    const inside = [said];
    if (data.revealed) {
      const bar = make('span', 'bar');
      bar.style.width = `${given.share}%`;
      const rail = make('span', 'rail', bar);
      rail.setAttribute('aria-hidden', 'true');
      inside.push(rail, make('span', 'people', given.people));
    }
    const tags = [...(given.tags ?? []).map((tag) => make('span', 'tag', tag)), ...(given.agreed ? [make('span', 'tag agreed', given.agreed)] : [])];
    if (tags.length) inside.push(make('span', 'tags', ...tags));
    return make('li', `row${given.agreed ? ' chosen' : ''}${given.aside ? ' aside' : ''}`, ...inside);
  };
  const all = make('ul', `ballots${data.big ? ' big' : ''}${data.dense ? ' dense' : ''}`, ...data.rows.map(row));
  all.setAttribute('aria-label', data.name);
  all.lang = document.documentElement.lang;
  parentElement.querySelector('.place').replaceChildren(all);
}
