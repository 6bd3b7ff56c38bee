/*
 * What was typed in the last moment, or in the first, is saved. Wagtail 8.0 loses it in four ways:
 *
 * - Rich text writes itself into its hidden input a quarter of a second after typing. Here it does so
 *   whenever the data of its form are asked for.
 * - When an autosave succeeds, the form as it is then counts as saved, with what was typed while the
 *   request was under way. Here that is compared with what was sent.
 * - What a form holds two seconds after it was opened counts as its beginning, with what was typed
 *   until then. Here that is compared with the form before the first key.
 * - It takes a beginning twice, half a second apart, as another of its controllers that has done its
 *   work connects this one anew: what was typed in between counts as there before. Here only the last
 *   is one.
 */
(() => {
  const WRAPPER = '[data-draftail-editor-wrapper]';
  const MOVES_ONLY = /^(Arrow|Page|Home|End|Tab|Shift|Control|Alt|Meta|Escape|F\d)/;
  const ANNOTATION = /^(COMMENT-|STYLE_RERENDER)/;

  /* Hidden fields that say nothing of the page. */
  const OWN = new Set(['loaded_draft', 'save_number']);

  /* The inputs of rich text that somebody has typed in since they were last written. */
  const pending = new Set();

  const inputOf = (target) => {
    const wrapper = target.closest?.(WRAPPER);
    return [...(wrapper?.parentNode.children ?? [])].find((input) => input.draftailEditor);
  };

  function notice(event) {
    if (event.type === 'keydown' && MOVES_ONLY.test(event.key)) return;
    const input = inputOf(event.target);
    if (input) pending.add(input);
  }
  ['keydown', 'beforeinput', 'paste', 'cut', 'drop', 'compositionend'].forEach((type) => {
    document.addEventListener(type, notice, true);
  });

  /* Rich text writes itself anew when it is first used, in its own way: that is no edit of the tab. */
  document.addEventListener('language-tab:touched', ({ target }) => {
    target.querySelectorAll('[name]').forEach((input) => {
      if (input.draftailEditor) pending.add(input);
    });
  });

  /* As Wagtail does, without the styles that mark comments. */
  function write(input) {
    const state = input.draftailEditor.getEditorState();
    const raw = window.Draftail.serialiseEditorStateToRaw(state);
    raw?.blocks.forEach((block) => {
      block.inlineStyleRanges = block.inlineStyleRanges.filter(
        ({ style }) => !ANNOTATION.test(style),
      );
    });
    input.rawContentState = raw;
    input.value = JSON.stringify(raw);
  }

  document.addEventListener(
    'formdata',
    ({ target, formData }) => {
      pending.forEach((input) => {
        if (!input.isConnected) pending.delete(input);
        if (input.form !== target) return;
        write(input);
        pending.delete(input);
        if (formData.has(input.name)) formData.set(input.name, input.value);
      });
    },
    true,
  );

  const controllerOf = (element, identifier) =>
    window.wagtail?.app?.getControllerForElementAndIdentifier(element, identifier);

  let sent = '';
  document.addEventListener('w-autosave:save', ({ target }) => {
    sent = controllerOf(target, 'w-unsaved')?.formData ?? '';
  });

  function differs(before, after, updated) {
    const [old, now] = [new URLSearchParams(before), new URLSearchParams(after)];
    const names = new Set([...old.keys(), ...now.keys()]);
    return [...names].some(
      (name) => !(name in updated) && !OWN.has(name) && old.getAll(name).join() !== now.getAll(name).join(),
    );
  }

  document.addEventListener('w-autosave:success', ({ target, detail }) => {
    const unsaved = controllerOf(target, 'w-unsaved');
    if (!unsaved || !sent) return;
    if (differs(sent, unsaved.formData, detail.data?.field_updates ?? {})) {
      unsaved.initialFormData = sent;
      // Wagtail has just called the form saved, and hears nothing of it being unsaved again at once:
      // only a form that differs from its last look is saved by itself.
      unsaved.previousFormData = sent;
      unsaved.check();
    }
  });

  /* The forms that somebody is in already: as they were before, and whether something was changed. */
  const beginnings = new Map();

  function begin({ target, isTrusted, type }) {
    const form = isTrusted && target.closest?.('[data-edit-form]');
    const unsaved = form && controllerOf(form, 'w-unsaved');
    if (!unsaved || unsaved.initialFormData) return;
    if (!beginnings.has(form)) beginnings.set(form, { formData: unsaved.formData, isChanged: false });
    if (type !== 'pointerdown' && type !== 'keydown') beginnings.get(form).isChanged = true;
  }
  ['pointerdown', 'keydown', 'beforeinput', 'paste', 'cut', 'drop', 'input', 'change'].forEach(
    (type) => document.addEventListener(type, begin, true),
  );

  function recall(form) {
    const { formData, isChanged } = beginnings.get(form) ?? {};
    const unsaved = controllerOf(form, 'w-unsaved');
    if (isChanged && unsaved) unsaved.initialFormData = formData;
    return unsaved;
  }

  /* How many beginnings Wagtail will still take of a form: one each time that it is connected. */
  const LONGEST_GAP = 3000; // ms
  const toCome = new Map();
  document.addEventListener('w-unsaved:ready', ({ target }) => {
    const unsaved = controllerOf(target, 'w-unsaved');
    if (!unsaved || unsaved.initialFormData || unsaved.forceValue) return;
    toCome.set(target, (toCome.get(target) ?? 0) + 1);
  });

  document.addEventListener('w-unsaved:watch-edits', ({ target }) => {
    const left = (toCome.get(target) ?? 1) - 1;
    if (left > 0) {
      toCome.set(target, left);
      const early = controllerOf(target, 'w-unsaved');
      early.initialFormData = undefined;
      // A Wagtail that takes one beginning for both times is not waited for in vain.
      window.setTimeout(() => {
        if (!early.initialFormData) early.setInitialFormData();
      }, LONGEST_GAP);
      return;
    }
    toCome.delete(target);
    const unsaved = recall(target);
    beginnings.delete(target);
    unsaved?.check();
  });

  /* Before Wagtail asks whether to leave, and before a tab goes out of sight. */
  const look = () =>
    document
      .querySelectorAll('[data-edit-form]')
      .forEach((form) => recall(form)?.check());
  window.addEventListener('beforeunload', look, true);
  document.addEventListener('visibilitychange', look);

  /* Somebody else was saving for long: the autosave is tried again by itself. */
  const PAUSE = 3000; // ms
  document.addEventListener('w-autosave:error', ({ target, detail }) => {
    if (!detail.response?.busy) return;
    window.setTimeout(() => controllerOf(target, 'w-autosave')?.save(), PAUSE);
  });

  /*
   * An autosave that reaches the server after a later save is of no use any more: saves are numbered.
   * The number is no change of the form.
   */
  const numberOf = (form) => form.elements.namedItem('save_number');
  const numbers = new WeakMap();
  function next(form) {
    const number = (numbers.get(form) ?? Number(numberOf(form)?.value ?? 0)) + 1;
    numbers.set(form, number);
    return number;
  }
  document.addEventListener('w-autosave:save', ({ target, detail }) => {
    if (target instanceof HTMLFormElement) detail.formData.set('save_number', next(target));
  });
  document.addEventListener('submit', ({ target }) => {
    const input = target.matches('[data-edit-form]') && numberOf(target);
    if (input) input.value = next(target);
  });
})();
