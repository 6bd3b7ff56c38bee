/* Tells the others in which language one works: the one whose tab is open. */
(() => {
  const TABS = '[data-edit-form] [role="tabpanel"]';

  document.addEventListener('formdata', ({ target, formData }) => {
    if (!target.matches('.w-editing-sessions')) return;
    // A form without tabs has one language, which the server knows.
    if (!document.querySelector(`${TABS} [data-language-tab]`)) return;
    const open = document.querySelector(`${TABS}:not([hidden]) [data-language-tab]`);
    formData.set('language', open?.dataset.languageTab ?? '');
  });

  const ping = () =>
    document
      .querySelector('.w-editing-sessions')
      ?.dispatchEvent(new CustomEvent('w-session:ping', { bubbles: true }));
  document.addEventListener('w-tabs:changed', ping);
})();
