// The page's address as the browser has it: every control writes itself into it.
export default function ({ setStateValue }) {
  const tell = () => {
    if (window.location.href !== window.__ladderAddress) {
      window.__ladderAddress = window.location.href
      setStateValue('address', window.location.href)
    }
  }
  window.__ladderAddress = undefined
  tell()
  const timer = setInterval(tell, 1000)
  return () => clearInterval(timer)
}
