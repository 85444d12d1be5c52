/** The question page with scripts: the conversation goes on without leaving it. Without them, each answer is a page. */

import { Conversation } from "./conversation.js";
import { tabMemory } from "./memory.js";
import { wordsOf } from "./words.js";

const title = document.title.split(" - ").pop();
const written = document.getElementById("conversation");
const tools = document.querySelector(".tools");

/** The address of an answer: of a follow-up, what it was taken to ask, which means the same to whoever opens it. */
function addressOf(question, answer) {
  return `/?${new URLSearchParams({ q: answer.interpreted ?? question })}`;
}

function json(id) {
  const found = document.getElementById(id);
  return found && JSON.parse(found.textContent);
}

function begin() {
  const conversation = new Conversation({
    channel: "page",
    words: wordsOf(),
    welcome: json("welcome"),
    memory: tabMemory("qa-page"),
    level: 2,
    unfolded: true,
    opening: written.querySelector(".opening"),
    addressOf: (question, answer) => new URL(addressOf(question, answer), location.origin).href,
    answered(question, answer) {
      history.replaceState(null, "", addressOf(question, answer));
      document.title = `${question.slice(0, 40)} - ${title}`;
      tools.hidden = false;
    },
  });
  conversation.element.id = "conversation";
  const given = json("answered");
  if (given) conversation.adopt(given.answer.session_id, given.question, given.answer);
  tools.hidden = conversation.kept.length === 0;
  written.replaceWith(conversation.element);

  document.getElementById("restart").addEventListener("click", () => {
    conversation.restart();
    history.replaceState(null, "", "/");
    document.title = title;
    tools.hidden = true;
  });
  document.getElementById("print").addEventListener("click", () => print());
  addEventListener("beforeprint", () => {
    const today = new Date().toLocaleDateString("zh-CN", { year: "numeric", month: "long", day: "numeric" });
    document.getElementById("printed").textContent = `${today}，${decodeURI(location.href)}`;
  });
  document.getElementById("human")?.addEventListener("click", () => conversation.showHandover());
  for (const link of document.querySelectorAll(".before [data-question]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      conversation.ask(link.dataset.question);
    });
  }
  // Where fingers type, the focus would cover half of the page with a keyboard.
  if (!given && !matchMedia("(pointer: coarse)").matches) conversation.focus();
}

// A question that is too long stays in the form as it was typed.
if (!document.getElementById("q-error")) begin();
