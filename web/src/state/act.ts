import { shallowReactive } from 'vue'
import { Problem } from '@/api/problem'
import { t } from '@/i18n'
import { lapse } from './session'

/** Act is one thing that a form does at the server: whether it is on its way, and what was said when it was refused. */
export interface Act {
  busy: boolean
  fault: string
  /** run does it; true when it was done. What was typed is the form's and stays, also when the session ended meanwhile. */
  run(work: () => Promise<unknown>): Promise<boolean>
}

/** act makes one. A session that ended opens the sign-in over the form, which can then be sent again. */
export function act(): Act {
  const state: Act = shallowReactive({
    busy: false,
    fault: '',
    async run(work: () => Promise<unknown>) {
      Object.assign(state, { busy: true, fault: '' })
      try {
        await work()
        return true
      } catch (cause) {
        if (cause instanceof DOMException && cause.name === 'AbortError') return false
        if (cause instanceof Problem && cause.status === 401) lapse()
        state.fault = cause instanceof Problem && !cause.offline ? cause.message : t('app.offline')
        return false
      } finally {
        state.busy = false
      }
    },
  })
  return state
}
