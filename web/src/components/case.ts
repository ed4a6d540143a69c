// Words and reckoning of cases, for every page that shows one.

import type { CaseBrief } from '@/api/cases'
import { sentences } from '@/i18n'

export const t = sentences(
  {
    kind_exit: '退出处置', kind_idle: '闲置处置',
    opened: '立案', warned: '预警', rectifying: '限期整改', review: '复核', agreed: '协商', done: '办结', withdrawn: '撤销',
    left: '剩 {n} 天', today: '今日到期', overdue: '逾期 {n} 天', due: '期限', opened_on: '立案 {date}',
    paths_fit: '可走的处置路径', paths_unfit: '不适用的路径及原因',
    of_parcel: '处置台账', none: '这宗地没有办理中的或办结的处置。', load_failed: '台账未能载入：{why}', start: '立案', start_exit: '立案（退出处置）', start_idle: '立案（闲置处置）',
    note: '说明', note_hint: '写明理由，必填', document: '文号', document_hint: '所依据的文件，如有', submit: '提交', sending: '正在提交…', cancel: '取消', frozen: '立案时固定当日依据；立案不是认定。',
    open_now: '查看', running: '已有办理中的处置，不能再立。',
  },
  {
    kind_exit: 'Exit', kind_idle: 'Idle land',
    opened: 'Opened', warned: 'Warned', rectifying: 'Rectifying', review: 'Review', agreed: 'Agreement', done: 'Done', withdrawn: 'Withdrawn',
    left: '{n} days left', today: 'Due today', overdue: '{n} days overdue', due: 'Deadline', opened_on: 'Opened {date}',
    paths_fit: 'Lawful paths that fit', paths_unfit: 'Paths that do not fit, and why',
    of_parcel: 'Cases', none: 'No case of this parcel is open or done.', load_failed: 'The cases could not be read: {why}', start: 'Open a case', start_exit: 'Open an exit case', start_idle: 'Open an idle-land case',
    note: 'Note', note_hint: 'Why; required', document: 'Document', document_hint: 'Number of the document it rests on, if any', submit: 'Submit', sending: 'Submitting…', cancel: 'Cancel', frozen: 'The evidence of the day is kept with the case; opening one determines nothing.',
    open_now: 'View', running: 'A case is open already, so another cannot be.',
  },
)

/** The states in the order of the procedure; withdrawn stands aside. */
export const states = ['opened', 'warned', 'rectifying', 'review', 'agreed', 'done'] as const
const known = [...states, 'withdrawn'] as const
type State = (typeof known)[number]

/** stateTitle is the bureau's word for a state; one that is not known here keeps the server's. */
export function stateTitle(c: CaseBrief): string {
  return known.includes(c.state as State) ? t(c.state as State) : c.state_title
}

export const kindTitle = (kind: string) => t(kind === 'idle' ? 'kind_idle' : 'kind_exit')

const dayMs = 86_400_000

/** daysLeft counts the days from the as-of date to a deadline; negative once it is over. */
export function daysLeft(due: string, asOf: string): number {
  return Math.round((Date.parse(`${due}T00:00:00Z`) - Date.parse(`${asOf}T00:00:00Z`)) / dayMs)
}

/** deadline says in words how a case stands to its deadline; '' when it waits for nothing. */
export function deadline(c: Pick<CaseBrief, 'due' | 'as_of'>): string {
  if (c.due === null) return ''
  const n = daysLeft(c.due, c.as_of)
  if (n < 0) return t('overdue', { n: -n })
  return n === 0 ? t('today') : t('left', { n })
}
