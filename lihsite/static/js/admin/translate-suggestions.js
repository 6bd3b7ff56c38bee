/*
 * What the translation memory and the machine suggest for the segment that is worked on, and the
 * terms of the glossary in it; F9 takes the first suggestion.
 */
(() => {
  const { segmentOf, type, focus, refresh, root, bar, keys, atSegment } = window.lihTranslation ?? {};
  if (!bar?.dataset.suggestionsUrl || !segmentOf) return;

  const piece = (name) =>
    document.querySelector(`template[data-piece="${name}"]`).content.firstElementChild.cloneNode(true);

  const plain = (text, isRich) => {
    if (!isRich) return text;
    return new DOMParser().parseFromString(text, 'text/html').body.textContent;
  };

  async function ask(segment, machine) {
    const url = new URL(bar.dataset.suggestionsUrl, window.location);
    url.searchParams.set('segment', segment.name);
    if (machine) url.searchParams.set('machine', '1');
    const response = await fetch(url, { credentials: 'same-origin' });
    return response.ok ? response.json() : { suggestions: [], terms: [] };
  }

  function use(segment, suggestion) {
    type(segment.field, suggestion.value);
    focus(segment);
    refresh();
  }

  function entry(segment, suggestion) {
    const item = piece('suggestion');
    const match = item.querySelector('[data-match]');
    match.textContent = suggestion.origin === 'machine' ? match.dataset.machine : `${suggestion.match} %`;
    const target = item.querySelector('[data-target-text]');
    target.textContent = plain(suggestion.target, segment.isRich);
    target.lang = root.dataset.translation;
    item.querySelector('button').addEventListener('click', () => use(segment, suggestion));
    return item;
  }

  function show(segment) {
    const { suggestions, terms } = segment.offered;
    const card = segment.pair.querySelector(':scope > .lih-source');
    if (!card || segment.table || !(suggestions.length || terms.length)) return;
    document.querySelectorAll('.lih-suggestions').forEach((shown) => shown.remove());
    const box = piece('suggestions');
    if (terms.length) {
      const words = terms.map(({ term, translation }) => `${term} → ${translation || '?'}`);
      box.querySelector('[data-terms-text]').textContent = words.join(' · ');
      box.querySelector('[data-terms]').hidden = false;
    }
    box.querySelector('[data-suggestions]').append(...suggestions.map((one) => entry(segment, one)));
    card.append(box);
  }

  /* A source that a save has brought along is asked about anew. */
  async function offer(segment) {
    if (segment.offeredFor !== segment.fingerprint) {
      segment.offeredFor = segment.fingerprint;
      segment.offered = await ask(segment);
      const isNew = !segment.offered.suggestions.length;
      if (isNew && 'machine' in bar.dataset) segment.offered = await ask(segment, true);
    }
    if (segment.offered && segmentOf(document.activeElement)?.name === segment.name) show(segment);
  }

  root.addEventListener('focusin', ({ target }) => {
    const segment = segmentOf(target);
    if (segment?.pair && segment.state !== 'done') offer(segment);
  });

  keys.F9 = atSegment((segment) => {
    const [first] = segment.offered?.suggestions ?? [];
    if (first) use(segment, first);
  });
})();
