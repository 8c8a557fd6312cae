// The outline of the questionnaire: dimensions with how far they are, and the pages in them. Texts are data, never markup.
const MARKS = { done: '✓', begun: '◐', open: '○' };

const make = (tag, name, ...inside) => {
  const one = document.createElement(tag);
  if (name) one.className = name;
  one.append(...inside);
  return one;
};

const bar = (share) => {
  const full = make('span', 'full');
  full.style.width = `${Math.round(share * 100)}%`;
  const all = make('span', 'bar', full);
  all.setAttribute('aria-hidden', 'true');
  return all;
};

export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector('.place');
  const wide = window.matchMedia('(min-width: 1001px)');
  let box;

  const row = (room) => {
    const mark = make('span', `mark ${room.state}`, MARKS[room.state]);
    mark.setAttribute('aria-hidden', 'true');
    const button = make('button', room.key === data.here ? 'room here' : 'room', mark, make('span', 'title', room.title), make('span', 'count', room.count));
    button.type = 'button';
    button.setAttribute('aria-label', `${room.title}, ${room.said}`);
    if (room.key === data.here) button.setAttribute('aria-current', 'true');
    button.onclick = () => { box.open = wide.matches; setTriggerValue('go', room.key); };
    return make('li', '', button);
  };
  const dimension = (part) => {
    const head = make('div', 'dimension', make('span', 'name', part.title), make('span', 'left', part.said));
    const one = make('li', '', ...(part.title ? [head, bar(part.share)] : []), make('ol', 'rooms', ...part.rooms.map(row)));
    one.dataset.id = part.id;
    return one;
  };

  const left = make('span', 'left', data.said);
  const list = make('ol', 'dimensions', ...data.dimensions.map(dimension));
  const nav = make('nav', '', list);
  nav.setAttribute('aria-label', data.name);
  box = make('details', 'box', make('summary', '', make('span', 'name', data.name), left), nav);
  const fit = () => { box.open = wide.matches; };
  fit();
  wide.addEventListener('change', fit);

  const had = place.querySelector('details');
  if (had && !wide.matches) box.open = had.open && had.dataset.here === data.here;
  box.dataset.here = data.here;
  place.replaceChildren(box);
  const seen = parentElement.host?.closest('.st-key-outline');
  const current = box.querySelector('[aria-current]');
  if (seen && current && wide.matches) {
    const at = current.getBoundingClientRect(), frame = seen.getBoundingClientRect();
    if (at.bottom > frame.bottom || at.top < frame.top) seen.scrollTop += at.top - frame.top - frame.height / 3;
  }

  // A question was answered: what it changes is told alone, and the rest stays.
  window.assessmentCounts = (told) => {
    left.textContent = told.said;
    const one = [...list.children].find((each) => each.dataset.id === told.dimension.id);
    one?.replaceWith(dimension(told.dimension));
  };
  return () => wide.removeEventListener('change', fit);
}
