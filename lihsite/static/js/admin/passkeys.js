// Passkeys: a form with `data-passkey` asks the browser for one before it is sent.
//
// The server is asked at `data-options` what to ask the device; its answer is sent as the form's
// `credential`. Where a browser has no passkeys the form stays hidden.

(() => {
  const knows = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;
  if (!knows) {
    return;
  }

  async function credentialFor(form) {
    const token = form.elements.csrfmiddlewaretoken.value;
    const response = await fetch(form.dataset.options, {
      method: "POST",
      headers: { "X-CSRFToken": token, Accept: "application/json" },
    });
    const answer = await response.json();
    if (answer.error) {
      form.querySelector("[data-passkey-status]").textContent = answer.error;
      return null;
    }
    if (answer.address) {
      window.location.assign(answer.address);
      return null;
    }
    if (form.dataset.passkey === "create") {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(answer.publicKey);
      return navigator.credentials.create({ publicKey });
    }
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(answer.publicKey);
    return navigator.credentials.get({ publicKey });
  }

  async function send(event) {
    event.preventDefault();
    const form = event.target;
    const status = form.querySelector("[data-passkey-status]");
    status.textContent = "";
    try {
      const credential = await credentialFor(form);
      if (credential) {
        form.elements.credential.value = JSON.stringify(credential.toJSON());
        form.submit();
      }
    } catch {
      status.textContent = status.dataset.failed;
    }
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", send);
  }
  for (const note of document.querySelectorAll("[data-without-passkeys]")) {
    note.hidden = true;
  }
})();
