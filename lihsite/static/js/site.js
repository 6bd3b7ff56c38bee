// The site works without this file. It puts a film's player in the place of the link to the film
// once that was clicked, copies a citation, and closes the phone's menu where a turned screen has
// room for it.

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-player]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const player = document.createElement("iframe");
  player.className = "video__player";
  player.src = link.dataset.player;
  player.title = link.dataset.title;
  player.allow = "autoplay; fullscreen; picture-in-picture";
  player.allowFullscreen = true;
  player.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(player);
  player.focus();
});

const menu = document.getElementById("menu");
matchMedia("(min-width: 48rem)").addEventListener("change", (wide) => {
  if (wide.matches && menu?.matches(":popover-open")) menu.hidePopover();
});

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.closest("section").querySelector("[data-copy-status]").textContent = button.dataset.copied;
    button.textContent = button.dataset.copied;
  });
}
