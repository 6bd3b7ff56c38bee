/*
 * Fetches the fields of a language when its tab is first opened, and marks what is typed there with
 * its language, so that spell-checking works in blocks too.
 */
(() => {
  const MARKED = 'input:not([lang]), textarea:not([lang]), [contenteditable]:not([lang])';

  const settle = (callback) => window.setTimeout(callback, 300);

  /* Text that arrives with a tab is no edit of the user's. */
  function keepUnsavedState(form) {
    const controller = window.wagtail?.app?.getControllerForElementAndIdentifier(form, 'w-unsaved');
    if (controller && !controller.hasEditsValue) settle(() => controller.clear());
  }

  function connectComments(tab) {
    if (!window.comments?.initAddCommentButton) return;
    tab
      .querySelectorAll('[data-component="add-comment-button"]')
      .forEach((button) => window.comments.initAddCommentButton(button));
  }

  async function load(tab) {
    const url = tab.dataset.languageTabUrl;
    delete tab.dataset.languageTabUrl;
    const status = tab.querySelector('[role="status"]');
    try {
      const response = await fetch(url, { credentials: 'same-origin' });
      if (!response.ok || response.redirected) throw new Error(response.statusText);
      const fragment = document.createRange().createContextualFragment(await response.text());
      keepUnsavedState(tab.closest('form'));
      tab.replaceChildren(...fragment.firstElementChild.childNodes);
      connectComments(tab);
    } catch {
      tab.dataset.languageTabUrl = url;
      status.textContent = status.dataset.failed;
    }
  }

  function loadVisible(root) {
    root.querySelectorAll('[data-language-tab-url]').forEach((tab) => {
      if (!tab.closest('[hidden]')) load(tab);
    });
  }

  document.addEventListener('w-tabs:changed', (event) => settle(() => loadVisible(event.target)));
  document.addEventListener('w-tabs:ready', (event) => settle(() => loadVisible(event.target)));

  document.addEventListener('focusin', (event) => {
    const tab = event.target.closest?.('[data-language-tab]');
    if (tab && event.target.matches(MARKED)) event.target.lang = tab.dataset.languageTab;
  });
})();
