// Listens to the chart with the key given: a press on the point that is named under the pointer says which section it stands for.
// (The library's own event of a press does not come from webs.)
export default function ({ data, setTriggerValue }) {
  let chart = null;
  let under = null;
  let tries = 0;
  let later = 0;
  const over = (event) => {
    const section = event?.points?.[0]?.customdata?.at?.(-1);
    under = typeof section === 'string' ? section : null;
    chart.style.cursor = under ? 'pointer' : '';
  };
  const away = () => { under = null; chart.style.cursor = ''; };
  const pressed = () => {
    if (!under) return;
    const section = under;
    away();
    setTriggerValue('open', section);
  };
  const attach = () => {
    chart = document.querySelector(`.st-key-${CSS.escape(data.chart)} .js-plotly-plot`);
    if (typeof chart?.on !== 'function') {
      if (tries++ < 100) later = setTimeout(attach, 100);
      return;
    }
    chart.on('plotly_hover', over);
    chart.on('plotly_unhover', away);
    chart.addEventListener('click', pressed, true);
  };
  attach();
  return () => {
    clearTimeout(later);
    chart?.removeListener?.('plotly_hover', over);
    chart?.removeListener?.('plotly_unhover', away);
    chart?.removeEventListener('click', pressed, true);
  };
}
