/*
 * A form creates one page, however fast somebody saves. In Wagtail 8.0 an autosave that is under way,
 * or waits for its half second, creates a page of its own beside the one that the button creates. So
 * the button waits for it, and then saves what it has created; and behind the button nothing is saved
 * by itself any more.
 */
(() => {
  const CREATES = /\/add\//;

  /* Last of all, when nothing else has kept the form from being sent. */
  window.addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !form.matches('[data-edit-form]') || !CREATES.test(form.action)) return;
    const autosave = window.wagtail?.app?.getControllerForElementAndIdentifier(form, 'w-autosave');
    if (!autosave) return;
    if (!autosave.submitPromise) {
      autosave.activeValue = false;
      return;
    }
    event.preventDefault();
    autosave.submitPromise.finally(() => {
      // Wagtail has disabled it meanwhile, and then it would not say which button it is.
      if (submitter) submitter.disabled = false;
      form.requestSubmit(submitter);
    });
  });
})();
