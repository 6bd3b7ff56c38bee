/*
 * From one translation to the next by link or by key: what was typed is saved first, so that nobody
 * is asked whether to leave, and the last words come along.
 */
(() => {
  const { bar, keys } = window.lihTranslation ?? {};
  const form = document.querySelector('[data-edit-form]');
  if (!bar || !keys || !form) return;

  const controllerOf = (identifier) =>
    window.wagtail?.app?.getControllerForElementAndIdentifier(form, identifier);

  function isSaved() {
    const unsaved = controllerOf('w-unsaved');
    if (!unsaved) return true;
    unsaved.check();
    // Until it has looked at the form for the first time, it takes what was typed for no change.
    return Boolean(unsaved.initialFormData) && !unsaved.hasEditsValue;
  }

  let goal = null;

  function leave(link) {
    const autosave = controllerOf('w-autosave');
    if (isSaved() || !autosave?.activeValue) {
      window.location.assign(link.href);
      return;
    }
    goal = link;
    autosave.save();
  }

  // Wagtail takes note of what is saved in the same event.
  document.addEventListener('w-autosave:success', () => {
    window.setTimeout(() => {
      if (goal) leave(goal);
    });
  });
  // What could not be saved is on this page.
  document.addEventListener('w-autosave:error', () => {
    goal = null;
  });

  bar.addEventListener('click', (event) => {
    const link = event.target.closest('a[href]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    leave(link);
  });

  function nextLanguage() {
    const all = [...bar.querySelectorAll('[data-translation-language]')];
    const current = all.findIndex((link) => link.hasAttribute('aria-current'));
    return all.length > 1 ? all[(current + 1) % all.length] : null;
  }

  const goTo = (find) => () => {
    const link = find();
    if (link) leave(link);
  };
  keys['Shift+F2'] = goTo(nextLanguage);
  keys['Shift+F4'] = goTo(() => bar.querySelector('[data-next-page]'));
  keys['Shift+F8'] = () => document.querySelector('[data-publish-ready]')?.click();
})();
