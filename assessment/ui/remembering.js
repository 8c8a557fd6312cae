/* The assessments opened in this browser: their private links and when each was last used stand in this browser's own
   storage and nowhere else. Names and progress are read from the database each time; text is put in as text only. */

const MOST = 12;
const CHANGED = "assessments-remembered";

function read(place) {
  try {
    const stored = JSON.parse(localStorage.getItem(place) ?? "{}") ?? {};
    const links = Array.isArray(stored.links) ? stored.links : [];
    const sound = links.filter((link) => typeof link?.token === "string" && typeof link?.at === "number");
    return { off: stored.off === true, links: sound.sort((one, other) => other.at - one.at).slice(0, MOST) };
  } catch {
    return { off: true, links: [] }; /* a browser that keeps nothing, or something else in our place */
  }
}

function write(place, kept) {
  try {
    localStorage.setItem(place, JSON.stringify(kept));
  } catch {
    return; /* full or forbidden: the private link is then the way back */
  }
  window.dispatchEvent(new Event(CHANGED));
}

function remember(place, token) {
  const { off, links } = read(place);
  if (off) return;
  write(place, { off, links: [{ token, at: Date.now() }, ...links.filter((link) => link.token !== token)].slice(0, MOST) });
}

function forget(place, tokens) {
  const { off, links } = read(place);
  const left = links.filter((link) => !tokens.includes(link.token));
  if (left.length < links.length) write(place, { off, links: left });
}
