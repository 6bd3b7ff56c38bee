/*
 * The language in which a page is first written is its source language: until the source has a title
 * or is chosen, the choice under Settings and the languages to publish in follow what is typed. The
 * server does the same with what is posted.
 */
(() => {
  const titleIn = (form, language) =>
    form.elements.namedItem(`title_${language.replaceAll('-', '_')}`);
  const shownIn = (form, language) =>
    form.querySelector(`[data-live-language="${CSS.escape(language)}"]`);
  const sentWith = ({ options }) => [...options].find((option) => option.defaultSelected)?.value;
  const sources = new WeakMap();
  const chosen = new WeakSet();

  /* The tick and the word "source" go from one language to the other. */
  function moveSource(form, from, to) {
    const [left, reached] = [shownIn(form, from), shownIn(form, to)];
    if (!left || !reached) return;
    left.control.checked = false;
    reached.control.checked = true;
    const [old, young] = [left, reached].map((label) => label.lastElementChild);
    const place = document.createComment('');
    old.replaceWith(place);
    young.replaceWith(old);
    place.replaceWith(young);
  }

  function choose(choice, language) {
    const { form } = choice;
    const before = sources.get(choice) ?? sentWith(choice);
    if (!titleIn(form, before)?.value.trim()) moveSource(form, before, language);
    sources.set(choice, language);
  }

  document.addEventListener('change', ({ target }) => {
    if (target.name !== 'source_language') return;
    chosen.add(target);
    choose(target, target.value);
  });

  document.addEventListener('input', ({ target }) => {
    const choice = target.form?.elements.namedItem('source_language');
    if (!choice || choice.disabled || chosen.has(choice) || !target.name.startsWith('title_') || !target.value.trim()) return;
    const language = [...choice.options]
      .map(({ value }) => value)
      .find((value) => titleIn(choice.form, value) === target);
    if (!language || language === choice.value) return;
    const title = titleIn(choice.form, choice.value);
    if (!title || title.value.trim()) return;
    choose(choice, language);
    choice.value = language;
  });
})();
