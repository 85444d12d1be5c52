/** Which ink is read on a colour (WCAG 2.2, relative luminance and contrast ratio). */

/**
 * Return the ink with the higher contrast on a colour.
 * @param {string} colour as CSS computes it: `rgb(r, g, b)`
 * @returns {"#000"|"#fff"}
 */
export function inkOn(colour) {
  const [red, green, blue] = (colour.match(/[\d.]+/g) ?? ["0", "0", "0"]).map(Number);
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  // 1.05 / (L + 0.05) against (L + 0.05) / 0.05
  return (luminance + 0.05) ** 2 > 1.05 * 0.05 ? "#000" : "#fff";
}

function linear(channel) {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
