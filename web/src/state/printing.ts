import { onBeforeUnmount, ref, type Ref } from 'vue'

/** usePrinting says whether the page is being printed, so that a sheet of thousands of rows is made only then. */
export function usePrinting(): Ref<boolean> {
  const paper = window.matchMedia('print')
  const printing = ref(paper.matches)
  const begin = () => (printing.value = true)
  const end = () => (printing.value = false)
  const follow = () => (printing.value = paper.matches)
  window.addEventListener('beforeprint', begin)
  window.addEventListener('afterprint', end)
  paper.addEventListener('change', follow)
  onBeforeUnmount(() => {
    window.removeEventListener('beforeprint', begin)
    window.removeEventListener('afterprint', end)
    paper.removeEventListener('change', follow)
  })
  return printing
}
