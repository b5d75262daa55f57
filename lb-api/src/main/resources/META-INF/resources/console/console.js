// The page works without any of this, except that it does not bring itself up to date.
(() => {
  "use strict";
  const root = document.documentElement;
  const themes = ["auto", "light", "dark"];

  const read = () => {
    try {
      return localStorage.getItem("theme") || "auto";
    } catch {
      return "auto";
    }
  };
  const show = (theme) => {
    if (theme === "auto") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", theme);
  };

  root.classList.add("js");
  show(read());

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    if (button) {
      const name = () => (button.textContent = "Theme: " + read());
      button.hidden = false;
      name();
      button.addEventListener("click", () => {
        const next = themes[(themes.indexOf(read()) + 1) % themes.length];
        try {
          localStorage.setItem("theme", next);
        } catch {
          return;
        }
        show(next);
        name();
      });
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button && navigator.clipboard) {
      navigator.clipboard.writeText(button.dataset.copy).then(() => {
        button.classList.add("copied");
        setTimeout(() => button.classList.remove("copied"), 1200);
      });
    }
  });

  // Nobody looks: nothing is asked.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.detail.elt.hasAttribute("data-live")) event.preventDefault();
  });

  const stale = (is) => {
    const note = document.getElementById("stale");
    if (note) note.hidden = !is;
  };
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      if (event.detail.elt.hasAttribute("data-live")) stale(true);
    });
  }

  // What changed is said once, and what did not is not said again.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!event.detail.elt.hasAttribute("data-live")) return;
    stale(false);
    const now = document.getElementById("spoken-now");
    const spoken = document.getElementById("spoken");
    const to = document.getElementById("to");
    if (now && to && !to.value) to.value = now.dataset.to;
    if (now && spoken && now.textContent !== spoken.textContent) spoken.textContent = now.textContent;
  });
})();
