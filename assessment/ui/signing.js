/* Signing in leads back to the start page: where one wanted to go waits in this tab meanwhile. */
export default function ({ data }) {
  const here = `${location.pathname}${location.search}`;
  try {
    if (data.keep) return sessionStorage.setItem('assessment-way', here);
    const way = sessionStorage.getItem('assessment-way');
    sessionStorage.removeItem('assessment-way');
    if (way && way !== here && /^\/(?!\/)/.test(way)) location.replace(way);
  } catch {
    /* a browser that keeps nothing: one begins at the start page */
  }
}
