/*
 * Records what live regions would have a screen reader say: text that appears in an element whose nearest ancestor with
 * live semantics is polite or assertive. `heard()` returns it, in order, and forgets it.
 */
(() => {
  const LIVE = "[aria-live], [role=log], [role=status], [role=alert]";
  const texts = [];

  function isLive(node) {
    const region = (node instanceof Element ? node : node.parentElement)?.closest(LIVE);
    if (!region || region.getAttribute("aria-live") === "off") return false;
    const hasBox = getComputedStyle(region).display !== "contents";
    return (hasBox ? region : node).checkVisibility?.({ visibilityProperty: true }) ?? true;
  }

  const observer = new MutationObserver((records) => {
    for (const { target, type, addedNodes } of records) {
      for (const node of type === "characterData" ? [target] : addedNodes) {
        // Of elements, only what is rendered.
        const text = (node instanceof HTMLElement ? node.innerText : node.textContent)?.trim();
        if (text && node.isConnected && isLive(node)) texts.push(text);
      }
    }
  });
  for (const cell of document.querySelectorAll("pyrun-cell")) {
    observer.observe(cell.shadowRoot, { childList: true, subtree: true, characterData: true });
  }
  window.heard = () => texts.splice(0);
})();
