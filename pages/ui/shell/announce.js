// An answer that changes is drawn where nobody's focus is: have a screen reader say it, without interrupting.
const ANSWERS = '.st-key-answer, [class*="_aloud"]'

export default function () {
  const mark = () => {
    for (const answer of document.querySelectorAll(ANSWERS)) {
      if (!answer.hasAttribute('aria-live')) answer.setAttribute('aria-live', 'polite')
    }
  }
  mark()
  const watcher = new MutationObserver(mark)
  watcher.observe(document.body, { childList: true, subtree: true })
  return () => watcher.disconnect()
}
