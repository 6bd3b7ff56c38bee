/*
 * Comments that are written while an autosave is under way are kept. When it succeeds, Wagtail 8.0
 * loads all comments anew from the server's answer, without those that were begun, finished, changed
 * or answered since the request was sent.
 */
(() => {
  const app = () => window.comments?.commentApp;
  const state = () => app().store.getState().comments;
  const isBegun = ({ mode, newReply }) => mode === 'creating' || mode === 'editing' || newReply;

  /* The comments as they were sent: their store never changes one, it replaces it. */
  let sent = new Map();

  /* Wagtail counts upwards from one. */
  let number = 0;
  const ownNumber = () => {
    number -= 1;
    return number;
  };

  function restore(comment) {
    const { actions, store } = app();
    const before = sent.get(comment.localId);
    const wasSent = comment.remoteId || (before && before.mode !== 'creating');
    const stored =
      wasSent &&
      [...state().comments.values()].findLast((candidate) =>
        comment.remoteId
          ? candidate.remoteId === comment.remoteId
          : candidate.contentpath === comment.contentpath && candidate.text === before.text,
      );
    if (!stored) {
      const localId = ownNumber();
      store.dispatch(actions.addComment({ ...comment, localId, remoteId: null, annotation: null }));
      return localId;
    }
    const { localId } = stored;
    const { mode, text, newText, newReply } = comment;
    store.dispatch(actions.updateComment(localId, { mode, text, newReply }));
    if (newText) store.dispatch(actions.updateComment(localId, { newText }));
    comment.replies.forEach((reply) => {
      if (reply.remoteId || before?.replies.has(reply.localId)) return;
      store.dispatch(actions.addReply(localId, { ...reply, localId: ownNumber() }));
    });
    if (comment.resolved) store.dispatch(actions.resolveComment(localId));
    if (comment.deleted) store.dispatch(actions.deleteComment(localId));
    return localId;
  }

  document.addEventListener('w-autosave:save', () => {
    if (app()) sent = state().comments;
  });

  document.addEventListener(
    'w-autosave:success',
    ({ detail }) => {
      if (!app() || !detail.data?.comments) return;
      const { comments, focusedComment } = state();
      const kept = [...comments.values()].filter(
        (comment) => comment !== sent.get(comment.localId) || isBegun(comment),
      );
      // After Wagtail's own listener, which loads the answer.
      queueMicrotask(() => {
        kept.forEach((comment) => {
          const localId = restore(comment);
          if (comment.localId !== focusedComment) return;
          const options = { updatePinnedComment: true, forceFocus: true };
          app().store.dispatch(app().actions.setFocusedComment(localId, options));
        });
      });
    },
    true,
  );
})();
