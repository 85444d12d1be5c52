/** Reading one document: arriving at a clause, following the outline, finding words, copying. Each works by itself. */
import { arrives } from "./reader/arrival.js";
import { copies } from "./reader/copying.js";
import { finds } from "./reader/finding.js";
import { follows } from "./reader/outline.js";

const text = document.querySelector(".text");
copies(text);
finds(document.querySelector(".find"), text);
follows([...document.querySelectorAll(".toc nav, nav.toc")], document.querySelector(".toc.narrow"));
// Last: what the others put on the page has moved the clause that was asked for.
arrives(text, document.getElementById("lost"));
