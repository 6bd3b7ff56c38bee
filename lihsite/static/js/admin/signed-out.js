/*
 * What somebody types after their session has ended is not lost. Nothing is sent to the login, which
 * would forget it: the form says that it waits, and goes on once they have signed in in another tab.
 */
(() => {
  const waiting = new Set();

  const controllerOf = (element, identifier) =>
    window.wagtail?.app?.getControllerForElementAndIdentifier(element, identifier);

  document.addEventListener('w-autosave:error', ({ target, detail }) => {
    if (detail.response?.signed_out) waiting.add(target);
  });

  /* The token of a new session, which each form of it has; nothing while there is none. */
  async function newToken(form) {
    const response = await fetch(form.action, { credentials: 'same-origin' }).catch(() => null);
    if (!response?.ok || response.redirected) return '';
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.querySelector('[name=csrfmiddlewaretoken]')?.value ?? '';
  }

  async function resume(form) {
    const token = await newToken(form);
    if (!token) return false;
    form.elements.namedItem('csrfmiddlewaretoken').value = token;
    return waiting.delete(form);
  }

  window.addEventListener('submit', async (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !waiting.has(form)) return;
    event.preventDefault();
    const isIn = await resume(form);
    const progress = submitter && controllerOf(submitter, 'w-progress');
    if (progress) progress.loadingValue = false;
    if (submitter) submitter.disabled = false;
    if (isIn) form.requestSubmit(submitter);
  });

  /* Whoever comes back from the other tab need not press anything. */
  document.addEventListener('visibilitychange', async () => {
    if (document.hidden) return;
    for (const form of waiting) {
      if (await resume(form)) controllerOf(form, 'w-autosave')?.save();
    }
  });
})();
