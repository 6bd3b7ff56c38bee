/*
 * Puts each segment of the source beside the field that translates it, in Wagtail's own form, and
 * keeps count of what is left to do while somebody types.
 *
 * A segment is named as in lihsite/multilingual/segments.py; Wagtail marks the fields and blocks of
 * the form with the parts of that name (`data-contentpath`). A table has no such marks: its cells
 * are found by row and column, and its source stands above it as one table.
 */
(() => {
  const root = document.querySelector('[data-translation]');
  const bar = document.querySelector('[data-translate-bar]');
  if (!root || !bar) return;

  const segments = new Map();
  let sourceBlocks = new Set();

  const piece = (name) =>
    document.querySelector(`template[data-piece="${name}"]`).content.firstElementChild.cloneNode(true);

  /* Where a segment is translated */

  const isGone = (element) => element.closest('[data-streamfield-child][aria-hidden="true"]');

  function child(parent, part) {
    const found = [...parent.querySelectorAll(`[data-contentpath="${CSS.escape(part)}"]`)];
    return found.find(
      (element) => element.parentElement.closest('[data-contentpath]') === parent && !isGone(element),
    );
  }

  function cell(table, [kind, ...place]) {
    if (kind === 'caption') return table.querySelector('.w-field__wrapper input');
    if (kind === 'columns') return table.querySelectorAll('thead .column-heading')[place[0]];
    const row = table.querySelectorAll('tbody > tr')[place[0]];
    return row?.querySelectorAll(':scope > td:not(.control-cell)')[place[1]];
  }

  /* The field of a segment, and the element that holds it together with its source. */
  function place(name) {
    const [field, ...parts] = name.split('.');
    const language = root.dataset.translation.replaceAll('-', '_');
    let element = root.querySelector(`[data-contentpath="${field}_${language}"]`);
    while (element && parts.length) {
      const next = child(element, parts[0]);
      if (!next) break;
      element = next;
      parts.shift();
    }
    if (!element) return null;
    if (!parts.length) {
      const isWholeField = element.matches('.w-field');
      const pair = isWholeField
        ? element.closest('.w-field__wrapper')
        : element.querySelector('.w-field__wrapper');
      return pair && { field: element, pair };
    }
    const table = element.querySelector('.typed-table-block');
    const found = table && cell(table, parts);
    return found ? { field: found, pair: element, table } : null;
  }

  const editable = (field) =>
    field.matches('input, textarea')
      ? field
      : field.querySelector('[contenteditable="true"], textarea, input[type="text"]');

  function textOf(field) {
    const input = editable(field);
    if (!input) return '';
    return (input.isContentEditable ? input.innerText : input.value).trim();
  }

  /* What there is to do */

  function stateOf(segment) {
    // Wagtail's editors appear one after the other.
    const waiting = (segment.isOutdated && 'outdated') || (segment.isByMachine && 'machine') || 'done';
    if (!editable(segment.field)) return waiting;
    const text = textOf(segment.field);
    segment.textBefore ??= text;
    if (!text) return 'untranslated';
    return segment.isConfirmed || text !== segment.textBefore ? 'done' : waiting;
  }

  function showNumbers() {
    const all = [...segments.values()];
    const toDo = all.filter(({ state }) => state !== 'done');
    const [untranslated, outdated, machine] = ['untranslated', 'outdated', 'machine'].map(
      (name) => all.filter(({ state }) => state === name),
    );
    const numbers = {
      translated: all.length - toDo.length,
      total: all.length,
      words: [...untranslated, ...outdated].reduce((sum, { words }) => sum + words, 0),
    };
    const format = document.querySelector('[data-progress-format]').innerHTML;
    const progress = bar.querySelector('[data-progress]');
    const text = toDo.length
      ? format.replace(/%\((\w+)\)s/g, (_match, name) => numbers[name])
      : progress.dataset.done;
    const line = bar.querySelector('[data-progress-text]');
    if (line.textContent !== text) line.textContent = text;
    const done = all.length ? (all.length - toDo.length) / all.length : 1;
    bar.querySelector('[data-progress-fill]').style.inlineSize = `${done * 100}%`;
    Object.entries({ all, untranslated, outdated, machine }).forEach(([name, found]) => {
      bar.querySelector(`[data-count="${name}"]`).textContent = found.length;
    });
    const byMachine = bar.querySelector('[data-show-segments="machine"]');
    byMachine.hidden = !machine.length && root.dataset.show !== 'machine';
  }

  /* The source beside it */

  function sourceCard(pair) {
    const found = pair.querySelector(':scope > .lih-source');
    if (found) return found;
    const card = piece('source');
    pair.classList.add('lih-pair');
    pair.prepend(card);
    return card;
  }

  function showSource(segment) {
    const card = sourceCard(segment.pair);
    card.dataset.segment = segment.name;
    const text = card.querySelector('[data-source-text]');
    const html = segment.state === 'outdated' && segment.changes ? segment.changes : segment.html;
    if (card.dataset.html !== html) {
      card.dataset.html = html;
      text.innerHTML = html;
      text.classList.toggle('lih-source__text--plain', !segment.isRich);
      text.lang = segment.lang;
    }
    showDecision(card, segment.state);
  }

  /* What a person may confirm as it is: what is outdated, and what a machine has written. */
  const DECISIONS = ['outdated', 'machine'];

  function showDecision(card, state) {
    const shown = card.querySelector('.lih-outdated');
    if (shown?.dataset.decision === state) return;
    shown?.remove();
    if (!DECISIONS.includes(state)) return;
    const decision = piece(state);
    decision.dataset.decision = state;
    card.append(decision);
  }

  /* A table's source is a table: its cells are those of the segments, the others stay empty. */
  function showTable(element, parts) {
    const card = sourceCard(element);
    element.classList.add('lih-pair--table');
    const key = parts.map(({ html, changes, state }) => `${state}${html}${changes}`).join();
    if (card.dataset.html !== key) {
      card.dataset.html = key;
      const rows = [];
      let note = '';
      parts.forEach(({ name, html, changes, state }) => {
        const shown = state === 'outdated' && changes ? changes : html;
        const [, kind, line, column] = name.match(/\.(columns|rows|caption)(?:\.(\d+))?(?:\.(\d+))?$/);
        if (kind === 'caption') note = shown;
        else if (kind === 'columns') (rows[0] ??= [])[line] = shown;
        else (rows[Number(line) + 1] ??= [])[column] = shown;
      });
      const width = Math.max(...rows.map((row) => row?.length ?? 0), 0);
      const table = document.createElement('table');
      rows.forEach((row, number) => {
        const line = table.insertRow();
        for (let column = 0; column < width; column += 1) {
          const filled = number ? line.insertCell() : line.appendChild(document.createElement('th'));
          filled.innerHTML = row?.[column] ?? '';
        }
      });
      const text = card.querySelector('[data-source-text]');
      text.replaceChildren(table);
      if (note) text.insertAdjacentHTML('beforeend', `<p>${note}</p>`);
      text.lang = parts[0].lang;
    }
    showDecision(card, DECISIONS.find((one) => parts.some(({ state }) => state === one)));
  }

  /* A block that the source has not is the translation's own. */
  function markOwnBlocks() {
    root.querySelectorAll('[data-streamfield-child][data-contentpath]').forEach((block) => {
      const parts = [];
      for (let at = block; at && root.contains(at); at = at.parentElement.closest('[data-contentpath]')) {
        parts.unshift(at.dataset.contentpath);
      }
      parts[0] = parts[0].slice(0, -root.dataset.translation.length - 1);
      const isOwn = !sourceBlocks.has(parts.join('.'));
      const inOwn = block.parentElement.closest('.lih-own-block');
      block.classList.toggle('lih-own-block', isOwn && !inOwn);
      const note = block.querySelector(':scope > .lih-own-note');
      if (isOwn && !inOwn && !note) block.prepend(piece('own'));
      else if (!isOwn) note?.remove();
    });
  }

  /* Everything, as the form now is */

  function refresh() {
    const tables = new Map();
    segments.forEach((segment) => {
      const found = place(segment.name);
      Object.assign(segment, { field: null, pair: null, table: null }, found);
      if (!found) {
        segment.state = 'untranslated';
        return;
      }
      segment.state = stateOf(segment);
      if (found.table) {
        tables.set(found.pair, [...(tables.get(found.pair) ?? []), segment]);
      } else {
        showSource(segment);
        segment.pair.dataset.state = segment.state;
      }
    });
    tables.forEach((parts, element) => {
      showTable(element, parts);
      const order = ['untranslated', 'outdated', 'machine', 'done'];
      element.dataset.state = order.find((state) => parts.some((part) => part.state === state));
    });
    markOwnBlocks();
    showNumbers();
    keepMatches();
  }

  let waiting;
  function refreshSoon() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(refresh, 80);
  }

  /* Filters: what was shown when one was chosen stays until the next choice. */

  const MATCH = 'lih-match';
  const nothing = document.querySelector('[data-nothing-shown]');

  function keepMatches() {
    const { show } = root.dataset;
    markMatches(show);
    const isEmpty = show !== 'all' && !root.querySelector(`.${MATCH}`);
    // What is to do in blocks that the translation has not is named above the form.
    nothing.hidden = !isEmpty || [...segments.values()].some(({ state }) => state === show);
    nothing.querySelector('p').textContent = nothing.dataset[show] ?? '';
  }

  function markMatches(show) {
    if (show === 'all') return;
    segments.forEach(({ state, pair }) => {
      if (!pair || state !== show) return;
      for (let at = pair; at && at !== root; at = at.parentElement) at.classList.add(MATCH);
    });
  }

  function show(name) {
    root.dataset.show = name;
    root.querySelectorAll(`.${MATCH}`).forEach((element) => element.classList.remove(MATCH));
    bar.querySelectorAll('[data-show-segments]').forEach((button) => {
      const isChosen = button.dataset.showSegments === name;
      button.setAttribute('aria-pressed', isChosen);
      button.classList.toggle('lih-choice--current', isChosen);
    });
    keepMatches();
    const url = new URL(window.location);
    if (name === 'all') url.searchParams.delete('show');
    else url.searchParams.set('show', name);
    window.history.replaceState(null, '', url);
    const form = document.querySelector('[data-edit-form]');
    form.action = url.pathname + url.search;
  }

  bar.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-show-segments]');
    if (button) show(button.dataset.showSegments);
  });
  nothing.querySelector('button').addEventListener('click', () => {
    const all = bar.querySelector('[data-show-segments="all"]');
    all.click();
    all.focus();
  });

  /* The source as it was when the page was loaded, and whatever a save says has changed since. */

  function read() {
    const data = JSON.parse(document.querySelector('#lih-source-data script').textContent);
    data.segments.forEach((segment) => {
      const known = segments.get(segment.name);
      segments.set(segment.name, { ...known, ...segment, textBefore: undefined, isConfirmed: false });
    });
    if (data.blocks) sourceBlocks = new Set(data.blocks);
    if (!data.segments.length) return;
    const seen = document.querySelector('[data-seen-sources]');
    const fingerprints = [...segments.values()].map(({ name, fingerprint }) => [name, fingerprint]);
    seen.value = JSON.stringify(Object.fromEntries(fingerprints));
  }

  /* The preview is of the language that is translated. */
  function preview() {
    const panel = document.querySelector('[data-controller~="w-preview"]');
    const controller =
      panel && window.wagtail?.app?.getControllerForElementAndIdentifier(panel, 'w-preview');
    if (!controller?.hasModeTarget) return;
    controller.modeTarget.value = root.dataset.translation;
    controller.updateNewTabLink();
  }

  window.lihTranslation = { segments, editable, piece, refresh, root, bar, DECISIONS };

  read();
  document.addEventListener('w-autosave:success', () => {
    window.setTimeout(() => {
      read();
      refresh();
    });
  });
  document.addEventListener('w-preview:ready', preview);
  root.addEventListener('input', refreshSoon);
  new MutationObserver(refreshSoon).observe(root, { childList: true, subtree: true });
  window.addEventListener('load', preview);
  refresh();
  show(bar.dataset.show);
})();
