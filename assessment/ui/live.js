// What Streamlit does not do by itself: the page's language, the focus after a turn of the page, the keys 1 to 9, a word when the
// app does not answer, and its own English words. It is put into each page once and told anew what has changed.
if (window.assessmentTell) return;
const live = { place: null, words: {}, own: {} };
const app = () => document.querySelector('[data-testid="stApp"]');
const main = () => document.querySelector('[data-testid="stMain"]');

// ── the keys: only where a question has the focus, so that no single key does anything by surprise
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target;
  if (at.matches?.('textarea, input:not([type=radio]):not([type=checkbox]), [contenteditable]')) return;
  const card = at.closest?.('[class*="st-key-card-"]');
  if (!card) return;
  const group = card.querySelector('[role="radiogroup"]');
  const options = group ? [...group.querySelectorAll('input[type=radio]')] : [];
  if (/^[1-9]$/.test(event.key) && event.key <= options.length) {
    const chosen = options[event.key - 1];
    event.preventDefault();
    chosen.focus();
    chosen.click();
  } else if (event.key === 'Enter' && options.includes(at)) {
    event.preventDefault();
    const cards = [...document.querySelectorAll('[class*="st-key-card-"]')];
    const next = cards[cards.indexOf(card) + 1];
    const place = next?.querySelector('[role="radiogroup"] input:checked, [role="radiogroup"] input, input, textarea')
      ?? document.querySelector('.st-key-next button, .st-key-last button');
    place?.focus();
    (next ?? place)?.scrollIntoView({ block: 'nearest' });
  }
}, true);  // before the widgets, which keep Enter to themselves

// ── whether the app answers: asked where a change is followed by no sign of life, and again until it does
let asking = false;
const answers = async () => {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), 4000);
  try {
    return (await fetch(new URL('_stcore/health', location.href), { signal: stop.signal, cache: 'no-store' })).ok;
  } catch { return false; } finally { clearTimeout(late); }
};
const connected = () => (app()?.dataset.testConnectionState ?? 'CONNECTED') === 'CONNECTED';
const say = (text) => {
  let box = document.getElementById('assessment-away');
  if (!text) { box?.remove(); return; }
  if (!box) {
    box = document.createElement('div');
    box.id = 'assessment-away';
    box.setAttribute('role', 'alert');
    app().append(box);
  }
  if (box.textContent !== text) box.textContent = text;
};
const look = async () => {
  if (asking) return;
  asking = true;
  let times = 0;
  while (!(await answers()) || !connected()) {
    times += 1;
    if (times > 1) say(live.words.away);  // a page that has just been opened connects in a moment
    await new Promise((later) => setTimeout(later, 1500));
  }
  if (times > 1) {
    document.querySelector('.st-key-again button')?.click();  // whatever was chosen meanwhile is sent and saved now
    say(live.words.back);
    setTimeout(() => say(''), 4000);
  }
  asking = false;
};
let sign = 0;  // when the app last showed a sign of life
const wonder = () => {
  const at = performance.now();
  setTimeout(() => { if (sign < at) look(); }, 2500);
};
for (const done of ['click', 'input', 'change']) document.addEventListener(done, wonder, true);
window.addEventListener('offline', look);
window.addEventListener('online', look);

// ── Streamlit's own words, which it has in English only, and what its marks leave out
const inOurs = (text) => {
  const size = /^(\d+)MB per file(.*)$/.exec(text);
  if (size) return live.own['up to {size} MB per file']?.replace('{size}', size[1]) + size[2];
  if (text.startsWith('Help for ')) return live.own['Help for {name}']?.replace('{name}', text.slice(9));
  return live.own[text];
};
const OWN = [
  '[data-testid="stFileUploaderDropzone"] *', '[data-testid="InputInstructions"]', '[data-testid="stSelectboxVirtualDropdownEmpty"] *', 'a[href="#stMain"]',
  '[data-testid="stDateInputField"] [data-placeholder]',
].join();
live.mend = () => {
  for (const name of ['aria-label', 'placeholder']) {
    for (const one of document.querySelectorAll(`:is(button, input, a)[${name}]`)) {
      const said = one.getAttribute(name), ours = inOurs(said);
      if (ours && ours !== said) one.setAttribute(name, ours);
    }
  }
  for (const one of document.querySelectorAll('[data-testid="stDateInputField"] [role="spinbutton"]')) {
    const change = (name, ours) => { if (ours && ours !== one.getAttribute(name)) one.setAttribute(name, ours); };
    change('aria-label', one.getAttribute('aria-label')?.replace(/^(day|month|year)(?=, )/, (word) => live.own[word]));
    const said = one.getAttribute('aria-valuetext') ?? '', named = / – ./.test(said) && new Date(Date.UTC(2000, one.getAttribute('aria-valuenow') - 1));
    change('aria-valuetext', named ? said.replace(/ – .*/, ` – ${named.toLocaleString(document.documentElement.lang, { month: 'long', timeZone: 'UTC' })}`) : live.own[said]);
  }
  for (const one of document.querySelectorAll('[role="img"][aria-label$=" icon"]')) {  // the word stands beside each
    one.removeAttribute('aria-label');
    one.removeAttribute('role');
    one.setAttribute('aria-hidden', 'true');
  }
  const pages = document.querySelector('.st-key-head-pages');
  pages?.setAttribute('role', 'navigation');
  pages?.setAttribute('aria-label', live.words.pages);
  for (const one of document.querySelectorAll(OWN)) {
    for (const part of one.childNodes) {
      const said = part.nodeType === Node.TEXT_NODE ? part.nodeValue.trim() : '', ours = said && inOurs(said);
      if (ours && ours !== said) part.nodeValue = ours;
    }
  }
  for (const link of document.querySelectorAll('.st-key-head-pages a')) {
    const [named] = link.getAttribute('href').split('?');
    const here = named.replace(/^.*\//, '') === live.page;
    if (!here) link.removeAttribute('aria-current');
    else if (!link.hasAttribute('aria-current')) {
      link.setAttribute('aria-current', 'page');
      link.scrollIntoView({ block: 'nearest', inline: 'center' });
    }
  }
  if (!connected()) look();
};
let waiting = false;
new MutationObserver((seen) => {
  if (seen.some((one) => one.attributeName === 'data-test-script-state')) sign = performance.now();
  if (waiting) return;
  waiting = true;
  setTimeout(() => { waiting = false; live.mend(); }, 80);
}).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label', 'data-test-connection-state', 'data-test-script-state'] });

// ── what is told anew at each change of page or language
window.assessmentTell = () => {
  const told = window.assessmentTold;
  const before = live.place;
  Object.assign(live, told);
  document.documentElement.lang = told.language;
  // ── after a turn of the page one begins at its top, with the focus on its title
  const isTurned = before === null
    ? new URLSearchParams(location.search).has('q')
    : before !== told.place && !told.place.startsWith(`${before}?`);  // a page may complete its own address
  if (isTurned) {
    let tries = 0;
    const arrive = () => {
      const title = main()?.querySelector('h1');
      if (!title || app()?.dataset.testScriptState === 'running') { if (tries++ < 60) setTimeout(arrive, 50); return; }
      const wanted = new URLSearchParams(location.search).get('q');
      const card = wanted && /^[a-z0-9-]+$/.test(wanted) && document.querySelector(`.st-key-card-${wanted}`);
      if (card) {
        card.scrollIntoView({ block: 'start' });
        card.querySelector('[role="radiogroup"] input:checked, [role="radiogroup"] input, input, textarea')?.focus({ preventScroll: true });
        return;
      }
      main().scrollTo(0, 0);
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
    };
    setTimeout(arrive, 30);
  }
  live.mend();
};
if (window.assessmentTold) window.assessmentTell();
