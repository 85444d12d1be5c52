"""Chinese text: normalising, numerals, sentences, segmentation."""
