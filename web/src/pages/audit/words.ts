import { sentences } from '@/i18n'

const zh = {
  lead: '登录、查看保密数据、导出和各项改动的记录；逐行以摘要相连，读出时已全链校验。',
  who: '账号', act: '行为', q: '对象', from: '起始日', to: '截止日', at: '时间', address: '来源地址', role: '角色', operator: '本机操作', seq: '编号',
  all: '全部', writes: '除查看以外', more: '更早的记录', none: '没有符合条件的记录。', end: '已到最早的记录。', find: '查询', clear: '清除',
  a_read: '查看', a_export: '导出', a_sign_in: '登录', a_sign_in_refused: '登录失败', a_sign_out: '退出', a_upload: '上传文件', a_import: '写入数据', a_discard: '放弃文件', a_undo: '撤销变更', a_act: '办理台账或评价', a_add_rules: '启用方案',
  a_user_add: '新建账号', a_user_edit: '修改账号', a_user_token: '新令牌', a_user_revoke: '作废令牌',
}

const en: Record<keyof typeof zh, string> = {
  lead: 'Sign-ins, reads of confidential data, exports and every change. Lines are chained by hash, and the chain was verified.',
  who: 'Account', act: 'Act', q: 'Target', from: 'From', to: 'To', at: 'Time', address: 'Address', role: 'Role', operator: 'Operator', seq: 'No.',
  all: 'All', writes: 'All but reads', more: 'Earlier lines', none: 'No such lines.', end: 'That was the first line.', find: 'Find', clear: 'Clear',
  a_read: 'Read', a_export: 'Export', a_sign_in: 'Sign-in', a_sign_in_refused: 'Sign-in refused', a_sign_out: 'Sign-out', a_upload: 'Upload', a_import: 'Import', a_discard: 'Discard a file', a_undo: 'Undo', a_act: 'Act on a case or run', a_add_rules: 'Rule set put in force',
  a_user_add: 'Add account', a_user_edit: 'Edit account', a_user_token: 'New token', a_user_revoke: 'Revoke token',
}

export const t = sentences(zh, en)

const known = Object.keys(zh).filter((k) => k.startsWith('a_')) as (keyof typeof zh & `a_${string}`)[]
export const acts = known.map((k) => k.slice(2))

/** actWord is an act's word; one without a word is shown as it is. */
export function actWord(act: string): string {
  const key = known.find((k) => k === `a_${act}`)
  return key === undefined ? act : t(key)
}

/** readable is an address with the letters that it stands for; one that is not well formed stays as it is. */
export function readable(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}
