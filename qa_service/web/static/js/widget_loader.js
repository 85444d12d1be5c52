/** The one line that a page names: it loads the widget's modules from where it came itself. */
(function () {
  "use strict";
  const script = document.currentScript;
  import(new URL("/static/{digest}/js/widget.js", script.src).href)
    .then((widget) => widget.place(script))
    .catch((error) => {
      // The usual cause: the service was not told of this site.
      console.warn(`知识产权政策问答没有载入：${location.origin} 须列入服务的 QA_WIDGET_ORIGINS，本页的 CSP 须放行 ${new URL(script.src).origin}。`, error);
    });
})();
