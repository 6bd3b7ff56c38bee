/*
 * Shows what others have changed in what the form shows, as the last autosave has found it: each
 * time anew, but said only once. Showing the new text saves the form, which leads back to where one is.
 */
(() => {
  const PLACE = 'lih-place';

  /* The form of a page that is being created goes on as its edit form, without being loaded anew. */
  const form = document.querySelector('[data-edit-form]');
  if (form && !document.getElementById('lih-others-changes')) {
    const [shown, found] = [document.createElement('div'), document.createElement('div')];
    shown.setAttribute('role', 'status');
    shown.dataset.othersChanges = '';
    found.id = 'lih-others-changes';
    found.hidden = true;
    form.before(shown, found);
  }

  document.addEventListener('w-autosave:success', () => {
    // Once Wagtail has put the answer in its place.
    window.setTimeout(() => {
      const found = document.getElementById('lih-others-changes');
      const shown = document.querySelector('[data-others-changes]');
      if (!found || !shown || found.innerHTML.trim() === shown.innerHTML.trim()) return;
      shown.innerHTML = found.innerHTML;
    });
  });

  /* A text that both have changed is asked about, in place of what was said of it. */
  document.addEventListener('w-autosave:error', ({ detail }) => {
    if (detail.response?.conflict) document.querySelector('[data-others-changes]')?.replaceChildren();
  });

  document.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-show-newest]');
    if (!button) return;
    // The address of the tab outlives the redirect, and the place on the page is kept.
    const { form } = button;
    const url = new URL(form.action, window.location);
    url.hash = window.location.hash;
    form.action = url;
    window.sessionStorage.setItem(PLACE, window.scrollY);
  });

  window.addEventListener('load', () => {
    const place = window.sessionStorage.getItem(PLACE);
    window.sessionStorage.removeItem(PLACE);
    if (place !== null) window.scrollTo(0, Number(place));
  });
})();
