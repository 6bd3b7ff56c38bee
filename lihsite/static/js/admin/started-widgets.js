/*
 * Starts the widgets that Wagtail 8.0 starts by inline scripts: choosers, pickers of dates, inline
 * panels. Our templates write the same as data, so the policy of the admin needs no exception for
 * inline scripts, in dialogs neither, whose nonce would be that of another answer.
 */
(() => {
  const { Controller } = window.StimulusModule;
  const CALLED = [
    'initDateChooser',
    'initTimeChooser',
    'initDateTimeChooser',
    'createTaskChooser',
  ];
  const MADE = [
    'Chooser',
    'PageChooser',
    'ImageChooser',
    'DocumentChooser',
    'SnippetChooser',
    'InlinePanel',
    'MultipleChooserPanel',
  ];

  /* An element that is moved to another place is connected again. */
  const started = new WeakSet();

  window.wagtail.app.register(
    'started-widget',
    class extends Controller {
      static values = { name: String, arguments: Array };

      connect() {
        if (started.has(this.element)) return;
        started.add(this.element);
        const widget = window[this.nameValue];
        if (CALLED.includes(this.nameValue)) widget(...this.argumentsValue);
        else if (MADE.includes(this.nameValue)) new widget(...this.argumentsValue);
      }
    },
  );
})();
