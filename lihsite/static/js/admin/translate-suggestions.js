/*
 * What the translation memory and the machine suggest for the segment that is worked on, and the
 * terms of the glossary in it; F9 takes the first suggestion.
 */
(() => {
  const { segmentOf, type, focus, editable, piece, refresh, root, bar, keys, atSegment } =
    window.lihTranslation ?? {};
  if (!bar?.dataset.suggestionsUrl || !segmentOf) return;

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

  function termEntry({ term, translation, note }) {
    const entry = piece('term');
    entry.querySelector('[data-term-text]').textContent = `${term} → ${translation || '?'}`;
    entry.querySelector('[data-term-note]').textContent = note;
    return entry;
  }

  /* The terms are read out with the field that they are needed in. */
  function describe(segment, terms) {
    const input = editable(segment.field);
    const ids = new Set((input?.getAttribute('aria-describedby') ?? '').split(' '));
    input?.setAttribute('aria-describedby', [...ids.add(terms.id)].join(' ').trim());
  }

  function show(segment) {
    const { terms } = segment;
    const { suggestions = [], error = '' } = segment.offered ?? {};
    const card = segment.pair.querySelector(':scope > .lih-source');
    if (!card || segment.table || !(suggestions.length || terms.length || error)) return;
    document.querySelectorAll('.lih-suggestions').forEach((shown) => shown.remove());
    const box = piece('suggestions');
    if (terms.length) {
      box.querySelector('[data-terms-text]').append(...terms.map(termEntry));
      const line = box.querySelector('[data-terms]');
      line.hidden = false;
      describe(segment, line);
    }
    box.querySelector('[data-suggestions]').append(...suggestions.map((one) => entry(segment, one)));
    box.querySelector('[data-suggestions-error]').textContent = error;
    card.append(box);
  }

  /* A source that a save has brought along is asked about anew, and so is a service that failed. */
  async function offer(segment) {
    show(segment);
    if (segment.state === 'done') return;
    if (segment.offeredFor !== segment.fingerprint) {
      segment.offeredFor = segment.fingerprint;
      segment.offered = await ask(segment);
      const isNew = !segment.offered.suggestions.length;
      if (isNew && 'machine' in bar.dataset) segment.offered = await ask(segment, true);
      if (segment.offered.error) segment.offeredFor = null;
    }
    if (segment.offered && segmentOf(document.activeElement)?.name === segment.name) show(segment);
  }

  root.addEventListener('focusin', ({ target }) => {
    const segment = segmentOf(target);
    if (segment?.pair) offer(segment);
  });

  keys.F9 = atSegment((segment) => {
    const [first] = segment.offered?.suggestions ?? [];
    if (first) use(segment, first);
  });
})();
