/**
 * How a page looks: by the system's wish, or by what was chosen here. A classic script in the head, so that nothing
 * flashes; what is chosen is kept in this browser, for this site alone.
 */
(function () {
  "use strict";
  const root = document.documentElement;
  const THEMES = { auto: "(prefers-color-scheme: dark)", light: "not all", dark: "all" };

  function kept(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }

  function keep(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch {
      // Without storage, what is chosen lasts as long as the page.
    }
  }

  function show(theme, size) {
    root.dataset.theme = theme;
    root.dataset.size = size;
    document.getElementById("dark-sheet").media = THEMES[theme];
  }

  let theme = kept("qa-theme") in THEMES ? kept("qa-theme") : "auto";
  let size = kept("qa-size") === "large" ? "large" : "normal";
  show(theme, size);

  function isDark() {
    return theme === "dark" || (theme === "auto" && matchMedia(THEMES.auto).matches);
  }

  function label(large, dark) {
    large.setAttribute("aria-pressed", String(size === "large"));
    dark.setAttribute("aria-pressed", String(isDark()));
  }

  document.addEventListener("DOMContentLoaded", () => {
    const large = document.getElementById("choose-large");
    const dark = document.getElementById("choose-dark");
    if (!large || !dark) return;
    large.hidden = dark.hidden = false;
    label(large, dark);
    large.addEventListener("click", () => {
      size = size === "large" ? "normal" : "large";
      keep("qa-size", size);
      show(theme, size);
      label(large, dark);
    });
    dark.addEventListener("click", () => {
      theme = isDark() ? "light" : "dark";
      keep("qa-theme", theme);
      show(theme, size);
      label(large, dark);
    });
  });
})();
