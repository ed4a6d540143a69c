import { computed, ref } from 'vue'
import { setLanguage } from '@/api/client'
import { en } from './en'
import { word, type WordKind } from './words'
import { zh, type Key } from './zh'

export type Language = 'zh' | 'en'
export type { Key }

/** language is what the whole page is written in. */
export const language = ref<Language>('zh')

/** english is true while the page is in English. */
export const english = computed(() => language.value === 'en')

/** speak changes the language of the page, of the document and of the server's sentences. */
export function speak(l: Language): void {
  language.value = l
  const tag = l === 'en' ? 'en' : 'zh-CN'
  document.documentElement.lang = tag
  setLanguage(tag)
}

export type Params = Readonly<Record<string, string | number>>

/** fill puts parameters into a sentence: "{n} 宗". */
export function fill(sentence: string, params: Params = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}

/** t is the page's sentence for a key in the current language. */
export function t(key: Key, params?: Params): string {
  return fill((language.value === 'en' ? en : zh)[key], params)
}

/** sentences makes a t of a page's own words, which are read together with the page's code. Both languages must have every key. */
export function sentences<K extends string>(chinese: Readonly<Record<K, string>>, inEnglish: Readonly<Record<NoInfer<K>, string>>) {
  return (key: K, params?: Params): string => fill((language.value === 'en' ? inEnglish : chinese)[key], params)
}

/** w is the word for a coded value in the current language. */
export function w(kind: WordKind, code: unknown): string {
  return word(kind, code, language.value)
}

/** pick chooses between a Chinese and an English text that came with the data; an empty one falls back to the other. */
export function pick(chinese: string | undefined | null, inEnglish: string | undefined | null): string {
  const [first, second] = language.value === 'en' ? [inEnglish, chinese] : [chinese, inEnglish]
  return first || second || ''
}
