/*
 * Shows what somebody else has made of the same text when an autosave meets it. Until it is decided
 * and saved by the button nothing is saved by itself: the form would be asked the same again.
 */
(() => {
  const PANEL = '.lih-conflicts';

  function place(form) {
    const known = document.querySelector('[data-conflicts]');
    if (known) return known;
    const made = document.createElement('div');
    made.dataset.conflicts = '';
    form.before(made);
    return made;
  }

  document.addEventListener('w-autosave:error', ({ target, detail }) => {
    if (!detail.response?.conflict) return;
    const container = place(target);
    container.innerHTML = detail.response.html;
    container.querySelector(PANEL).focus();
    container.scrollIntoView({ block: 'start' });
  });

  /* Before anybody takes note of a save that does not happen. */
  document.addEventListener(
    'w-autosave:save',
    (event) => {
      if (!document.querySelector(PANEL)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  /* Writing in the text that brings both together is choosing it. */
  document.addEventListener('input', ({ target }) => {
    if (!target.closest('[data-conflict-text]')) return;
    target.closest('.lih-conflict__side').querySelector('[type=radio]').checked = true;
  });

  document.querySelector(PANEL)?.focus();
})();
