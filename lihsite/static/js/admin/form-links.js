/*
 * Links into the edit form: to a field (`#:w:contentpath=…`, as in a usage report) or to a comment
 * (`?comment=…`). Wagtail looks for the field in the form as it is loaded; that of a language whose
 * tab is fetched on demand is not there yet, nor can it show a comment before its field.
 */
(() => {
  const GROWS_FOR = 2000; // ms
  const search = new URLSearchParams(window.location.search);
  const data = document.getElementById('comments-data');
  const comment =
    search.has('comment') &&
    data &&
    JSON.parse(data.textContent).comments.find(({ pk }) => String(pk) === search.get('comment'));
  const [, directives = ''] = window.location.hash.split(':w:');
  const path = comment?.contentpath || new URLSearchParams(directives).get('contentpath');
  if (!path) return;

  const names = path.split('.').map((name) => `[data-contentpath="${CSS.escape(name)}"]`);
  const field = () => document.querySelector(names.join(' '));
  const isColumnOf = (language) => path.split('.')[0].endsWith(`_${language.replaceAll('-', '_')}`);
  const tab = [...document.querySelectorAll('[data-language-tab-pending]')].find(
    ({ dataset }) => isColumnOf(dataset.languageTab),
  );
  const isHere = Boolean(field());
  if (!comment && (isHere || !tab)) return;

  const panel = (field() || tab)?.closest('[role="tabpanel"]');
  if (!panel) return;
  // Before Wagtail reads the address: the tab is opened, and the comment not yet looked for.
  search.delete('comment');
  const query = search.size ? `?${search}` : '';
  window.history.replaceState(null, '', `${window.location.pathname}${query}#${panel.id}`);

  /* Editors of rich text above it grow for a moment, until the reader goes elsewhere. */
  function keepInView(target) {
    const observer = new ResizeObserver(() => {
      const block = target.offsetHeight > window.innerHeight / 2 ? 'start' : 'center';
      target.scrollIntoView({ behavior: 'instant', block });
    });
    observer.observe(tab);
    const stop = () => observer.disconnect();
    ['wheel', 'pointerdown', 'keydown'].forEach((type) => {
      document.addEventListener(type, stop, { capture: true, once: true });
    });
    window.setTimeout(stop, GROWS_FOR);
  }

  function showField() {
    const target = field();
    if (!target) return;
    target.closest('[hidden="until-found"]')?.dispatchEvent(new Event('beforematch'));
    keepInView(target);
    target
      .querySelector('input:not([type="hidden"]), textarea, select, [contenteditable="true"], button')
      ?.focus({ preventScroll: true });
  }

  /* Once the list of comments knows where in the form the comment belongs. */
  function showComment() {
    const { commentApp } = window.comments;
    const { store, actions } = commentApp;
    let isShown = false;
    const show = () => {
      const all = [...store.getState().comments.comments.values()];
      const found = all.find(({ remoteId, annotation }) => remoteId === comment.pk && annotation);
      if (isShown || !found) return;
      isShown = true;
      window.setTimeout(() => {
        commentApp.activate();
        const options = { updatePinnedComment: true, forceFocus: true };
        store.dispatch(actions.setFocusedComment(found.localId, options));
      });
    };
    store.subscribe(show);
    show();
  }

  if (!isHere) {
    tab.addEventListener('language-tab:loaded', () => window.setTimeout(showField), { once: true });
  }
  if (comment) showComment();
})();
