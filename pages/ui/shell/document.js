// What no control can say: the language of the page, and that an answer that changes is to be read aloud.
// An answer is drawn where nobody's focus is: a screen reader says it, without interrupting.
const ANSWERS = '.st-key-answer, [class*="_aloud"]'
let watcher = null // one for all pages

export default function ({ data }) {
  document.documentElement.lang = data
  const main = document.querySelector('[data-testid="stMain"]')
  const mark = (part) => {
    if (part.matches?.(ANSWERS)) part.setAttribute('aria-live', 'polite')
    part.querySelectorAll?.(ANSWERS).forEach((answer) => answer.setAttribute('aria-live', 'polite'))
  }
  mark(main)
  watcher?.disconnect()
  const mine = (watcher = new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(mark))))
  mine.observe(main, { childList: true, subtree: true })
  return () => mine.disconnect()
}
