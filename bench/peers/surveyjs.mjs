// Peers of scoring many sheets. Usage: node surveyjs.mjs MODE COUNT SCORES [--stale]
//   survey    SurveyJS (survey-core from npm, MIT) in the way its users score: choices carry a score, one SurveyModel takes
//             each response by `survey.data = …`, code walks the visible questions
//   plain     no library: a loop written by hand over the same questionnaire, the ceiling for Node on this machine
// Prints versions and responses per processor second of each of five rounds; writes the scores, one line each.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { questionnaire, surveyjs, responses, holds } from './throughput.mjs';

const [mode, count, file] = process.argv.slice(2), stale = process.argv.includes('--stale');
const all = [...responses(+count, ...(stale ? [20260716, 60] : []))];
const qn = questionnaire(), dims = qn.dimensions, di = Object.fromEntries(dims.map((d, i) => [d.id, i]));
let version = '';

function finish(num, den) {
  const d = dims.map((_, i) => den[i] > 0 ? num[i] / den[i] : null);
  let a = 0, w = 0;
  dims.forEach((x, i) => { if (d[i] !== null) { a += x.weight * d[i]; w += x.weight; } });
  return [...d, w > 0 ? a / w : null];
}
function survey() {
  const { Model, Serializer, Version } = createRequire(process.cwd() + '/')('survey-core');
  version = Version;
  Serializer.addProperty('itemvalue', 'score:number');
  Serializer.addProperty('question', { name: 'weight:number', default: 1 });
  Serializer.addProperty('question', 'dimension:string');
  const s = new Model(surveyjs());
  return r => {
    s.data = r;                                       // replaces every earlier value
    const num = [0, 0, 0, 0], den = [0, 0, 0, 0];
    for (const q of s.getAllQuestions(true)) {        // the visible ones
      if (!q.dimension || q.isEmpty()) continue;
      const sc = q.selectedItem?.score;               // "not applicable" has none
      if (sc === undefined || sc === null) continue;
      num[di[q.dimension]] += sc * q.weight; den[di[q.dimension]] += q.weight;
    }
    return finish(num, den);
  };
}
function plain(r) {
  const seen = { sector: r.sector, agents: r.agents, channels: r.channels }, num = [0, 0, 0, 0], den = [0, 0, 0, 0];
  for (const q of qn.questions) {
    if (q.visibleIf && !holds(q.visibleIf, seen)) continue;
    if (q.panel && !holds(qn.panels[0].visibleIf, seen)) continue;
    const v = r[q.id]; if (v === undefined) continue;
    seen[q.id] = v; if (v === 'none') continue;
    num[di[q.dimension]] += q.choices[v - 1].score * q.weight; den[di[q.dimension]] += q.weight;
  }
  return finish(num, den);
}

const run = mode === 'survey' ? survey() : plain, rounds = 5, size = Math.ceil(all.length / rounds), got = [], rates = [];
for (const r of all.slice(0, 200)) run(r);            // warm up
for (let k = 0; k < rounds; k++) {
  const part = all.slice(k * size, (k + 1) * size), before = process.cpuUsage();
  for (const r of part) got.push(run(r));
  const spent = process.cpuUsage(before);
  rates.push(part.length / ((spent.user + spent.system) / 1e6));
}
writeFileSync(file, got.map(x => JSON.stringify(x)).join('\n') + '\n');
console.log(JSON.stringify({ node: process.version, version, rates }));
