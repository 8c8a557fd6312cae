// What Streamlit does not do by itself: the page's language, the focus after a turn of the page, the keys 1 to 9, a word when the
// app does not answer, and its own English words. It is put into each page once and told anew what has changed.
(() => {
  const told = TOLD;
  const live = (window.assessmentLive ??= { place: null });
  const before = live.place;
  Object.assign(live, told);
  document.documentElement.lang = told.language;
  const app = () => document.querySelector('[data-testid="stApp"]');
  const main = () => document.querySelector('[data-testid="stMain"]');

  // ── after a turn of the page one begins at its top, with the focus on its title
  if (before === null ? new URLSearchParams(location.search).has('q') : before !== told.place) {
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
  live.mend?.();
  if (live.isThere) return;
  live.isThere = true;

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
        ?? document.querySelector('.st-key-next button');
      place?.focus();
      (next ?? place)?.scrollIntoView({ block: 'nearest' });
    }
  });

  // ── whether the app answers: asked after each change, and again until it does
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
    let away = false;
    while (!(await answers()) || !connected()) {
      if (away || !connected()) say(live.words.away);
      away = true;
      await new Promise((later) => setTimeout(later, 1500));
    }
    if (away) {
      document.querySelector('.st-key-again button')?.click();  // whatever was chosen meanwhile is sent and saved now
      say(live.words.back);
      setTimeout(() => say(''), 4000);
    }
    asking = false;
  };
  document.addEventListener('change', () => setTimeout(look, 2500), true);
  window.addEventListener('offline', look);
  window.addEventListener('online', look);

  // ── Streamlit's own words, which it has in English only, and what its marks leave out
  const say_own = (one, attribute) => {
    const text = one.getAttribute(attribute);
    if (live.own[text]) one.setAttribute(attribute, live.own[text]);
    else if (text?.startsWith('Help for ') && live.own['Help for {name}']) {
      one.setAttribute(attribute, live.own['Help for {name}'].replace('{name}', text.slice(9)));
    }
  };
  live.mend = () => {
    for (const one of document.querySelectorAll('button[aria-label], input[aria-label], a[aria-label]')) say_own(one, 'aria-label');
    for (const one of document.querySelectorAll('[data-testid="stFileUploaderDropzone"] button p, [data-testid="stFileUploaderDropzone"] button, [data-testid="stFileUploaderDropzoneInstructions"] *, [data-testid="InputInstructions"], a[href="#stMain"], [data-testid="stSelectboxVirtualDropdownEmpty"] *')) {
      for (const part of one.childNodes) {
        if (part.nodeType !== Node.TEXT_NODE) continue;
        const text = part.nodeValue.trim();
        if (live.own[text]) part.nodeValue = live.own[text];
        else {
          const size = /^(\d+)MB per file(.*)$/.exec(text);
          if (size) part.nodeValue = live.own['up to {size} MB per file'].replace('{size}', size[1]) + size[2];
        }
      }
    }
    for (const link of document.querySelectorAll('.st-key-head-pages a')) {
      const [named] = link.getAttribute('href').split('?');
      const here = named.replace(/^.*\//, '') === live.page;
      if (here) { if (link.getAttribute('aria-current') !== 'page') { link.setAttribute('aria-current', 'page'); link.scrollIntoView({ block: 'nearest', inline: 'center' }); } }
      else link.removeAttribute('aria-current');
    }
    if (!connected()) look();
  };
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => { waiting = false; live.mend(); }, 80);
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label', 'data-test-connection-state'] });
  live.mend();
})();
