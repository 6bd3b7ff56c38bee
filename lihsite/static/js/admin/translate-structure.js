/*
 * Shows in the preview what becomes of the translation if it follows the source as is chosen, before
 * anything is applied.
 */
(() => {
  const button = document.querySelector('[data-preview-structure]');
  const form = document.querySelector('[data-edit-form]');
  const panel = document.querySelector('[data-controller~="w-preview"]');
  const toggle = document.querySelector('[data-side-panel-toggle="preview"]');
  if (!button || !form || !panel || !toggle) return;

  const isShown = () => button.getAttribute('aria-pressed') === 'true';

  /* The preview reads the form right after it has said so; nobody else is to apply anything. */
  let isAsking = false;
  document.addEventListener('w-preview:update', () => {
    isAsking = isShown();
    queueMicrotask(() => {
      isAsking = false;
    });
  });
  form.addEventListener('formdata', ({ formData }) => {
    if (isAsking) formData.set(button.dataset.previewStructure, '1');
  });

  async function update() {
    const controller = window.wagtail?.app?.getControllerForElementAndIdentifier(panel, 'w-preview');
    await controller?.updatePromise?.catch(() => {});
    controller?.setPreviewData();
  }

  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(!isShown()));
    if (isShown() && toggle.getAttribute('aria-expanded') !== 'true') toggle.click();
    update();
  });
})();
