/* Lets a browser find its seat in a workshop again, so that who scans the code a second time does not vote twice; and its desk. */
export default function ({ data, setTriggerValue }) {
  const place = `assessment-${data.what}${location.pathname}`;
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(place)) ?? {};
    } catch {
      return {};
    }
  };
  const write = (seat) => {
    try {
      localStorage.setItem(place, JSON.stringify(seat));
    } catch {
      /* a browser that keeps nothing: the address still leads there */
    }
  };
  if (data.forget) return write({});
  if (data.token) return write({ code: data.code, token: data.token });
  const kept = read();
  if (kept.token && (!data.code || kept.code === data.code)) setTriggerValue('found', kept.token);
}
