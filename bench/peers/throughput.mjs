// The questionnaire and the responses of the throughput benchmark for Node: the same as throughput.py, to the last response.
export function mulberry32(a) {
  return () => { a = (a + 0x6D2B79F5) | 0; let t = Math.imul(a ^ (a >>> 15), a | 1); t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t; return (t ^ (t >>> 14)) >>> 0; };
}
const name = i => 'q' + String(i).padStart(2, '0');
const SECTORS = ['contact_center', 'retail', 'bank', 'public'], CHANNELS = ['voice', 'mail', 'chat', 'social'];
const WEIGHTS = [1, 2, 1, 3, 0.5, 1, 2, 1.5];
const DIMENSIONS = [{ id: 'people', weight: 0.3 }, { id: 'process', weight: 0.25 }, { id: 'technology', weight: 0.25 }, { id: 'data', weight: 0.2 }];
// the 8 visibility conditions; every one refers to earlier answers only; g1 is a panel of three questions
const VISIBLE = {
  q05: { ge: ['q01', 3] },
  q12: { any: [{ eq: ['q10', 5] }, { eq: ['q11', 5] }] },
  q20: { in: ['q19', [3, 4, 5]] },
  q27: { eq: ['sector', 'contact_center'] },
  q38: { all: [{ gt: ['agents', 50] }, { ne: ['sector', 'public'] }] },
  q39: { ge: ['q38', 2] },                                            // chain: hidden too when q38 is hidden
  g1: { has: ['channels', 'chat'] },                                  // panel q50, q51, q52
  q66: { all: [{ not: { eq: ['q65', 1] } }, { answered: 'q64' }] },
};
const PANEL = { g1: ['q50', 'q51', 'q52'] };

export function questionnaire() {
  const questions = [];
  for (let i = 1; i <= 72; i++) {
    const reversed = i % 12 === 7;                                    // six questions score 5..1
    questions.push({
      id: name(i), dimension: DIMENSIONS[Math.floor((i - 1) / 18)].id, weight: WEIGHTS[(i * 5) % 8], na: i % 3 === 0,
      text: `Practice ${i}: how far is it established?`,
      choices: [1, 2, 3, 4, 5].map(v => ({ value: v, score: reversed ? 6 - v : v, text: ['Not at all', 'Ad hoc', 'Partly', 'Mostly', 'Fully'][v - 1] })),
      ...(VISIBLE[name(i)] ? { visibleIf: VISIBLE[name(i)] } : {}),
      ...(PANEL.g1.includes(name(i)) ? { panel: 'g1' } : {}),
    });
  }
  return { title: 'Throughput questionnaire', scale: [1, 5], na_value: 'none', dimensions: DIMENSIONS,
    profile: [{ id: 'sector', type: 'single', choices: SECTORS }, { id: 'agents', type: 'number' }, { id: 'channels', type: 'multiple', choices: CHANNELS }],
    panels: [{ id: 'g1', visibleIf: VISIBLE.g1, questions: PANEL.g1 }], questions,
    bands: [[1.8, 1], [2.6, 2], [3.4, 3], [4.2, 4], [null, 5]] };
}

const lit = v => typeof v === 'string' ? `'${v}'` : Array.isArray(v) ? `[${v.map(lit).join(', ')}]` : String(v);
export function expr(c) {
  const [op, a] = Object.entries(c)[0];
  switch (op) {
    case 'any': return '(' + a.map(expr).join(' or ') + ')';
    case 'all': return '(' + a.map(expr).join(' and ') + ')';
    case 'not': return `!(${expr(a)})`;
    case 'answered': return `{${a}} notempty`;
    case 'in': return `{${a[0]}} anyof ${lit(a[1])}`;
    case 'has': return `{${a[0]}} contains ${lit(a[1])}`;
    default: return `{${a[0]}} ${{ eq: '=', ne: '<>', ge: '>=', gt: '>' }[op]} ${lit(a[1])}`;
  }
}

export function surveyjs() {
  const qn = questionnaire();
  const el = q => ({ type: 'radiogroup', name: q.id, title: q.text, dimension: q.dimension, weight: q.weight,
    choices: q.choices, ...(q.na ? { showNoneItem: true, noneText: 'Not applicable' } : {}), ...(q.visibleIf ? { visibleIf: expr(q.visibleIf) } : {}) });
  const pages = [{ name: 'profile', elements: [
    { type: 'dropdown', name: 'sector', choices: SECTORS }, { type: 'text', inputType: 'number', name: 'agents' }, { type: 'checkbox', name: 'channels', choices: CHANNELS }] }];
  for (const d of qn.dimensions) {
    const elements = [];
    for (const q of qn.questions.filter(q => q.dimension === d.id)) {
      if (!q.panel) elements.push(el(q));
      else if (q.id === PANEL.g1[0]) elements.push({ type: 'panel', name: 'g1', visibleIf: expr(VISIBLE.g1), elements: PANEL.g1.map(id => el(qn.questions.find(x => x.id === id))) });
    }
    pages.push({ name: d.id, elements });
  }
  return { title: qn.title, clearInvisibleValues: 'onHidden', pages };
}

// ---- responses ------------------------------------------------------------
const ans = (r, id) => r[id];
export function holds(c, r) {
  const [op, a] = Object.entries(c)[0];
  const v = Array.isArray(a) && typeof a[0] === 'string' ? ans(r, a[0]) : undefined;
  switch (op) {
    case 'any': return a.some(x => holds(x, r));
    case 'all': return a.every(x => holds(x, r));
    case 'not': return !holds(a, r);
    case 'answered': return ans(r, a) !== undefined;
    case 'eq': return v === a[1];
    case 'ne': return v !== a[1];
    case 'ge': return typeof v === 'number' && v >= a[1];
    case 'gt': return typeof v === 'number' && v > a[1];
    case 'in': return a[1].includes(v);
    case 'has': return Array.isArray(v) && v.includes(a[1]);
  }
}

export function* responses(n, seed = 20260715, stalePercent = 0) {
  const qn = questionnaire(), rnd = mulberry32(seed);
  for (let k = 0; k < n; k++) {
    const r = {}, tilt = 1 + rnd() % 5, stale = rnd() % 100 < stalePercent, miss = rnd() % 4 ? 3 : 25;
    r.sector = SECTORS[rnd() % 4]; r.agents = rnd() % 200;
    const ch = CHANNELS.filter(() => rnd() % 2); if (ch.length) r.channels = ch;
    const seen = { ...r };                                            // what a respondent really sees; hidden = unanswered, so it cascades
    for (const q of qn.questions) {
      const vis = (!q.visibleIf || holds(q.visibleIf, seen)) && (!q.panel || holds(VISIBLE[q.panel], seen));
      const x = rnd() % 100, y = rnd() % 5, z = rnd() % 3;
      let v;
      if (x < miss) v = undefined; else if (q.na && x >= 92) v = 'none'; else v = z === 0 ? 1 + y : Math.max(1, Math.min(5, tilt - 1 + y % 3));
      if (v === undefined) continue;
      if (vis) { r[q.id] = v; seen[q.id] = v; } else if (stale) r[q.id] = v;   // stale answers under hidden questions must not count
    }
    yield r;
  }
}
