/*
 * The steps of a translator, each by mouse and by key: to the next segment to do, the source copied,
 * a segment taken for right as it is or confirmed, and at last the language published.
 */
(() => {
  if (!window.lihTranslation) return;
  const { segments, editable, refresh, root, bar, DECISIONS } = window.lihTranslation;

  function segmentOf(element) {
    return [...segments.values()].find(
      ({ field, pair, table }) => field?.contains(element) || (!table && pair?.contains(element)),
    );
  }

  /* Going on */

  function unfold(element) {
    for (let at = element; at && at !== root; at = at.parentElement) {
      if (at.hidden || at.hasAttribute('hidden')) {
        document.querySelector(`[data-panel-toggle][aria-controls="${CSS.escape(at.id)}"]`)?.click();
      }
    }
  }

  /* The hidden input of a rich text, to which Wagtail binds its editor. */
  const richInput = (field) =>
    [...field.querySelectorAll('input[type="hidden"]')].find((input) => input.draftailEditor);

  function focus({ field, pair }) {
    unfold(field);
    const input = editable(field);
    pair.scrollIntoView({ block: 'center' });
    if (!input?.isContentEditable) {
      input?.focus({ preventScroll: true });
      return;
    }
    const rich = richInput(field);
    if (rich) rich.draftailEditor.focus();
    else input.focus({ preventScroll: true });
  }

  function step(direction) {
    refresh();
    const all = [...segments.values()].filter(({ field }) => field);
    const current = segmentOf(document.activeElement);
    const from = current ? all.indexOf(current) : direction > 0 ? -1 : all.length;
    const ahead =
      direction > 0
        ? [...all.slice(from + 1), ...all.slice(0, Math.max(from, 0))]
        : [...all.slice(0, Math.max(from, 0)).reverse(), ...all.slice(from + 1).reverse()];
    const next = ahead.find(({ state }) => state !== 'done');
    if (next) focus(next);
    else (document.querySelector('[data-translate-finish]') ?? document.querySelector('.action-save'))?.focus();
  }

  /* Copying the source */

  /* What the browser's undo brings back: the text is put in as if it were typed. */
  function typeOver(input, value) {
    const before = document.activeElement;
    const selection = window.getSelection();
    const range = before?.isContentEditable && selection.rangeCount && selection.getRangeAt(0);
    const longest = input.getAttribute('maxlength');
    // What does not fit is for the server to say; nothing is cut off unseen.
    input.removeAttribute('maxlength');
    input.focus({ preventScroll: true });
    let isTyped = false;
    // What is folded cannot have the focus, and another field would be typed into.
    if (document.activeElement === input) {
      input.select();
      isTyped = document.execCommand(value ? 'insertText' : 'delete', false, value);
    }
    if (longest !== null) input.setAttribute('maxlength', longest);
    if (before !== input) {
      before?.focus({ preventScroll: true });
      if (range) {
        selection.removeAllRanges();
        selection.addRange(range);
      }
    }
    return isTyped;
  }

  function type(field, value) {
    const rich = richInput(field);
    if (rich) {
      const { EditorState, convertFromRaw } = window.DraftJS;
      const before = rich.draftailEditor.getEditorState();
      const content = convertFromRaw(JSON.parse(value));
      // As inserted characters it would be undone together with what was typed just before.
      const after = EditorState.push(before, content, 'change-block-data');
      rich.draftailEditor.onChange(EditorState.moveSelectionToEnd(after));
      return;
    }
    const input = editable(field);
    if (input.value === value) return;
    const events = ['change'];
    if (!typeOver(input, value)) {
      input.value = value;
      events.unshift('input');
    }
    events.forEach((name) => input.dispatchEvent(new Event(name, { bubbles: true })));
  }

  const contentOf = (field) =>
    richInput(field)?.draftailEditor.getEditorState().getCurrentContent() ?? editable(field)?.value;

  async function copySource(segment) {
    const { field } = segment;
    const content = contentOf(field);
    const active = document.activeElement;
    const url = new URL(bar.dataset.sourceUrl, window.location);
    url.searchParams.set('name', segment.name);
    url.searchParams.set('from', segment.lang);
    const response = await fetch(url, { credentials: 'same-origin' });
    if (!response.ok) return;
    const { value } = await response.json();
    // Whoever has gone on writing meanwhile, here or elsewhere, is not disturbed.
    if (contentOf(field) === content) type(field, value);
    if (document.activeElement === active) focus(segment);
    refresh();
  }

  /* Still right, or right as the machine wrote it */

  const CONFIRMED = 'input[name="confirmed"]';
  const form = document.querySelector('[data-edit-form]');

  function confirmRight(segment) {
    if (!DECISIONS.includes(segment.state)) return;
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = 'confirmed';
    input.value = segment.name;
    form.append(input);
    segment.isConfirmed = true;
    refresh();
    // A decision is saved at once: nothing may be typed after it.
    window.wagtail?.app?.getControllerForElementAndIdentifier(form, 'w-autosave')?.save();
  }

  /* What is saved was confirmed as it then read; it is not taken for right for ever. The form has
   * to be without it before Wagtail takes it for what is saved. */
  let sent = [];
  document.addEventListener('w-autosave:save', () => {
    sent = [...form.querySelectorAll(CONFIRMED)];
  });
  document.addEventListener('w-autosave:success', () => sent.forEach((input) => input.remove()), true);

  /* By mouse */

  const ofCard = (target) => {
    const card = target.closest('.lih-source');
    return [...segments.values()].filter(({ pair }) => pair && pair === card.parentElement);
  };

  document.addEventListener('click', ({ target }) => {
    if (target.closest('[data-next-segment]')) step(1);
    else if (target.closest('[data-copy-source]')) {
      const parts = ofCard(target);
      // The button of a single segment is the segment's own, as the key is; a table's fills it.
      parts
        .filter(({ state }) => parts.length === 1 || state === 'untranslated')
        .forEach(copySource);
    } else if (target.closest('[data-still-right]')) {
      const parts = ofCard(target);
      parts.forEach(confirmRight);
      if (parts.length) focus(parts[0]);
    }
  });

  /* By key: none that a browser or Wagtail's editors use. */

  const atSegment = (act) => () => {
    const segment = segmentOf(document.activeElement);
    if (segment) act(segment);
  };
  const finish = () => document.querySelector('[data-translate-finish]')?.click();

  const KEYS = {
    Enter: () => step(1),
    'Shift+Enter': () => step(-1),
    F2: atSegment(copySource),
    F4: atSegment((segment) => {
      confirmRight(segment);
      step(1);
    }),
    F8: finish,
  };

  Object.assign(window.lihTranslation, { segmentOf, type, focus, keys: KEYS, atSegment });

  document.addEventListener(
    'keydown',
    (event) => {
      const isModified = event.ctrlKey || event.metaKey;
      const isFunctionKey = /^F\d+$/.test(event.key);
      if (event.altKey || isModified === isFunctionKey) return;
      const act = KEYS[`${event.shiftKey ? 'Shift+' : ''}${event.key}`];
      if (!act || document.querySelector('dialog[open], [aria-modal="true"]:not([aria-hidden="true"])')) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      act();
    },
    true,
  );
})();
