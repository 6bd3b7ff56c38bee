/* Tells the others in which language one works: the one whose tab is open. */
(() => {
  const TABS = '[data-edit-form] [role="tabpanel"]';
  // None until the tabs are set up; the server knows in which language the form began.
  let open = null;

  document.addEventListener('formdata', ({ target, formData }) => {
    if (!open || !target.matches('.w-editing-sessions')) return;
    // A form without tabs of languages has one, which the server knows.
    if (!document.querySelector(`${TABS} [data-language-tab]`)) return;
    const language = open.querySelector('[data-language-tab]');
    formData.set('language', language?.dataset.languageTab ?? '');
  });

  // By what the event says: Wagtail shows the panel only afterwards.
  const tell = ({ detail }) => {
    const panel = document.getElementById(detail.current);
    if (!panel?.matches(TABS)) return;
    open = panel;
    document
      .querySelector('.w-editing-sessions')
      ?.dispatchEvent(new CustomEvent('w-session:ping', { bubbles: true }));
  };
  document.addEventListener('w-tabs:ready', tell);
  document.addEventListener('w-tabs:changed', tell);
})();
