// Save the graph that is on screen, in its present colours, as SVG or PNG: the browser does it, no server, no dot.
const KEPT = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin',
  'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor']
const FOR_SCREEN_ONLY = ['tabindex', 'role', 'aria-label', 'aria-pressed', 'class']
const SHARP = 4 // pixels for each unit of the drawing: sharp on a printed page

function snapshot (key) {
  const live = document.querySelector(`.st-key-${key} .stGraphVizChart svg`)
  if (!live) return null
  const copy = live.cloneNode(true)
  const from = [live, ...live.querySelectorAll('*')]
  const to = [copy, ...copy.querySelectorAll('*')]
  from.forEach((element, i) => {
    const seen = getComputedStyle(element)
    to[i].setAttribute('style', KEPT.map((name) => `${name}:${seen.getPropertyValue(name)}`).join(';'))
    FOR_SCREEN_ONLY.forEach((name) => to[i].removeAttribute(name))
  })
  const { x, y, width, height } = live.viewBox.baseVal
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', width)
  copy.setAttribute('height', height)
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  const fill = getComputedStyle(document.querySelector('.stApp')).backgroundColor
  for (const [name, value] of Object.entries({ x, y, width, height, fill })) ground.setAttribute(name, value)
  copy.prepend(ground)
  return { text: new XMLSerializer().serializeToString(copy), width, height }
}

function save (blob, name) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

function savePng (svg, { width, height }, name) {
  const image = new Image()
  const url = URL.createObjectURL(svg)
  image.onload = () => {
    const canvas = document.createElement('canvas')
    canvas.width = width * SHARP
    canvas.height = height * SHARP
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
    URL.revokeObjectURL(url)
    canvas.toBlob((png) => save(png, name))
  }
  image.src = url
}

export default function ({ data, parentElement }) {
  parentElement.querySelectorAll('button').forEach((button) => {
    const type = button.dataset.type
    button.textContent = data.words[type]
    button.onclick = () => {
      const figure = snapshot(data.key)
      if (!figure) return
      const svg = new Blob([figure.text], { type: 'image/svg+xml' })
      if (type === 'svg') save(svg, `${data.name}.svg`)
      else savePng(svg, figure, `${data.name}.png`)
    }
  })
}
