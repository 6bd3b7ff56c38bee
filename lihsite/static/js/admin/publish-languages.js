/*
 * The shared fields go live with the source language, unless somebody says otherwise.
 */
(() => {
  const form = document.querySelector('[data-publish-languages]');
  const shared = form?.querySelector('[name="with_shared"]');
  const source = form?.querySelector(
    `[name="languages"][value="${form.dataset.publishLanguages}"]`,
  );
  if (!shared || !source) return;

  let isDecided = false;
  shared.addEventListener('change', () => {
    isDecided = true;
  });
  source.addEventListener('change', () => {
    if (!isDecided) shared.checked = source.checked;
  });
})();
