/*
 * Fetches the fields of a language when its tab is first opened, and marks what is typed there with
 * its language, so that spell-checking works in blocks too.
 *
 * A fetched tab takes part in saving from the moment the editor does something in it. Until then the
 * form is as if the tab were still closed: opening a tab is no change to warn of or to save.
 */
(() => {
  const PENDING = '[data-language-tab-pending]';
  const UNTOUCHED = '[data-language-tab-untouched]';
  const TEXT = 'input[type="text"], textarea, [contenteditable="true"]';

  const controllerOf = (element, identifier) =>
    window.wagtail?.app?.getControllerForElementAndIdentifier(element, identifier);

  document.addEventListener('formdata', ({ target, formData }) => {
    target.querySelectorAll(UNTOUCHED).forEach((tab) => {
      tab.querySelectorAll('[name]').forEach(({ name }) => formData.delete(name));
    });
  });

  /* Looking around in a tab changes nothing: putting the cursor in a text, or going on with Tab. */
  const onlyLooks = ({ key, target, type }) =>
    type === 'pointerdown' ? target.closest(TEXT) : key === 'Tab';

  /* What the tab holds when it is touched is no edit; what was typed elsewhere until then is one. */
  function touch(event) {
    // Widgets fire events of their own when they are set up.
    const tab = event.isTrusted && event.target.closest?.(UNTOUCHED);
    if (!tab || onlyLooks(event)) return;
    const unsaved = controllerOf(tab.closest('form'), 'w-unsaved');
    unsaved?.check();
    delete tab.dataset.languageTabUntouched;
    tab.dispatchEvent(new CustomEvent('language-tab:touched', { bubbles: true }));
    const isEdit = event.type === 'input' || event.type === 'change';
    // Before Wagtail has taken the form's beginning, the tab will be part of it.
    if (unsaved?.initialFormData && !isEdit && !unsaved.hasEditsValue) unsaved.clear();
  }
  ['beforeinput', 'pointerdown', 'keydown', 'paste', 'drop', 'input', 'change'].forEach((type) => {
    document.addEventListener(type, touch, true);
  });

  function markLanguage(tab) {
    tab.querySelectorAll(TEXT).forEach((input) => {
      const speaksForItself = input.lang || input.getAttribute('role') === 'combobox';
      if (!speaksForItself) input.lang = tab.dataset.languageTab;
    });
  }

  function keepMarking(tab) {
    markLanguage(tab);
    new MutationObserver(() => markLanguage(tab)).observe(tab, { childList: true, subtree: true });
  }

  function connectComments(tab) {
    if (!window.comments?.initAddCommentButton) return;
    tab
      .querySelectorAll('[data-component="add-comment-button"]')
      .forEach((button) => window.comments.initAddCommentButton(button));
  }

  /* Wagtail makes the panels foldable that are there when the page loads; these come later. */
  function connectPanel(toggle) {
    const panel = toggle.closest('[data-panel]');
    const content = document.getElementById(toggle.getAttribute('aria-controls'));
    if (!panel || !content || panel.collapsibleInitialised) return;
    panel.collapsibleInitialised = true;
    const announce = (name, expanded) =>
      toggle.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { expanded } }));
    const fold = (expanded) => {
      toggle.setAttribute('aria-expanded', expanded);
      if (expanded) content.removeAttribute('hidden');
      else content.setAttribute('hidden', 'onbeforematch' in document.body ? 'until-found' : '');
      announce('commentAnchorVisibilityChange', expanded);
      announce('wagtail:panel-toggle', expanded);
    };
    const switchOver = () => fold(toggle.getAttribute('aria-expanded') !== 'true');
    toggle.addEventListener('click', switchOver);
    panel.querySelector('[data-panel-heading]')?.addEventListener('click', switchOver);
    content.addEventListener('beforematch', () => fold(true));
    const expanded = !panel.classList.contains('collapsed');
    if (!expanded) fold(false);
    announce('wagtail:panel-init', expanded);
  }

  async function load(tab) {
    const status = tab.querySelector('[role="status"]');
    // The address of the form: a page that is being created has got one of its own meanwhile.
    const loaded = tab.closest('form')?.elements.namedItem('loaded_draft')?.value ?? '';
    const query = new URLSearchParams({ language_tab: tab.dataset.languageTab, loaded_draft: loaded });
    const url = `${window.location.pathname}?${query}`;
    delete tab.dataset.languageTabPending;
    try {
      const response = await fetch(url, { credentials: 'same-origin' });
      if (!response.ok || response.redirected) throw new Error(response.statusText);
      const fragment = document.createRange().createContextualFragment(await response.text());
      tab.dataset.languageTabUntouched = '';
      tab.replaceChildren(...fragment.firstElementChild.childNodes);
      tab.querySelectorAll('[data-panel-toggle]').forEach(connectPanel);
      connectComments(tab);
      tab.dispatchEvent(new CustomEvent('language-tab:loaded'));
    } catch {
      tab.dataset.languageTabPending = '';
      status.textContent = status.dataset.failed;
    }
  }

  /* The preview follows the reader to the language whose tab is open. */
  function preview(language) {
    const panel = document.querySelector('[data-controller~="w-preview"]');
    const controller = panel && controllerOf(panel, 'w-preview');
    if (!controller?.hasModeTarget || controller.modeTarget.value === language) return;
    controller.modeTarget.value = language;
    if (controller.shouldAutoUpdate) controller.setPreviewMode();
    else controller.updateNewTabLink();
  }

  function open(panelId) {
    const tab = document.getElementById(panelId)?.querySelector('[data-language-tab]');
    if (!tab) return;
    if (tab.matches(PENDING)) load(tab);
    preview(tab.dataset.languageTab);
  }

  /*
   * Wagtail's links to a place in a form, `#:w:contentpath=body_fr.<id of a block>`, from its lists of
   * usage and our report of broken links. It opens the tab of what it finds in the form itself.
   */
  function placeAskedFor() {
    const [, directives] = window.location.hash.split(':w:');
    return new URLSearchParams(directives ?? '').get('contentpath');
  }

  function elementAt(place) {
    const steps = place.split('.').filter(Boolean);
    return document.querySelector(
      steps.map((step) => `[data-contentpath="${CSS.escape(step)}"]`).join(' '),
    );
  }

  function show(place, tries = 50) {
    const [field] = place.split('.');
    // A block that has gone meanwhile: its field is the nearest that there is.
    const element = elementAt(place) ?? (tries ? null : elementAt(field));
    if (element) element.scrollIntoView({ block: 'center' });
    else if (tries) window.setTimeout(() => show(place, tries - 1), 40);
  }

  function openAt(place) {
    const [field] = place.split('.');
    const tabs = [...document.querySelectorAll('[data-language-tab]')];
    const tab = tabs.find(({ dataset }) => field.endsWith(`_${dataset.languageTab.replaceAll('-', '_')}`));
    if (!tab || elementAt(place)) return;
    const panel = tab.closest('[role="tabpanel"]');
    if (tab.matches(PENDING)) tab.addEventListener('language-tab:loaded', () => show(place));
    else show(place);
    document.querySelector(`[role="tab"][aria-controls="${panel.id}"]`)?.click();
  }

  document.addEventListener(
    'w-tabs:ready',
    () => {
      const place = placeAskedFor();
      if (place) openAt(place);
    },
    { once: true },
  );

  /* After saving the same tab is open again, without scrolling past the messages above it. */
  const storageKey = (path) => `language-tab:${path}`;

  document.addEventListener('submit', ({ target }) => {
    if (!target.querySelector('[data-language-tab]')) return;
    sessionStorage.setItem(storageKey(new URL(target.action).pathname), window.location.hash);
  });

  const lastHash = sessionStorage.getItem(storageKey(window.location.pathname));
  sessionStorage.removeItem(storageKey(window.location.pathname));
  if (lastHash && !window.location.hash) {
    window.history.replaceState(null, '', lastHash);
    window.addEventListener('load', () => {
      window.setTimeout(() => document.querySelector('main').scrollTo(0, 0));
    });
  }

  document.addEventListener('w-tabs:ready', ({ detail }) => open(detail.current));
  document.addEventListener('w-tabs:changed', ({ detail }) => open(detail.current));
  document.querySelectorAll('[data-language-tab]').forEach(keepMarking);
})();
