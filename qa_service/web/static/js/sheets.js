/** Style sheets for a shadow root. They are fetched and adopted, which no Content-Security-Policy of a host forbids. */

const NAMES = ["tokens", "contrast", "dark", "parts", "conversation", "widget"];
const MEDIA = { contrast: "(prefers-contrast: more)", dark: "(prefers-color-scheme: dark)" };
const DARK = { auto: MEDIA.dark, light: "not all", dark: "all" };

/** The sheets of one shadow root. */
export class Sheets {
  #dark = null;

  /**
   * Fetch the sheets and have a shadow root wear them.
   * @param {ShadowRoot} root
   * @param {string} base where this script's folder is
   */
  async dress(root, base) {
    const texts = await Promise.all(NAMES.map((name) => textOf(new URL(`../css/${name}.css`, base))));
    if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
      const sheets = texts.map((text, i) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        if (MEDIA[NAMES[i]]) sheet.media.mediaText = MEDIA[NAMES[i]];
        return sheet;
      });
      root.adoptedStyleSheets = sheets;
      this.#dark = (media) => (sheets[NAMES.indexOf("dark")].media.mediaText = media);
    } else {
      const styles = texts.map((text, i) => {
        const style = document.createElement("style");
        style.textContent = text;
        style.media = MEDIA[NAMES[i]] ?? "all";
        return style;
      });
      root.prepend(...styles);
      this.#dark = (media) => (styles[NAMES.indexOf("dark")].media = media);
    }
  }

  /** Be light, dark, or what the system wishes (`auto`). */
  theme(name) {
    this.#dark?.(DARK[name] ?? DARK.auto);
  }
}

async function textOf(url) {
  const response = await fetch(url, { credentials: "omit" });
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return response.text();
}
