import { sentences } from '@/i18n'

const zh = {
  lead: '谁可以登录、能看什么。密码和令牌只存摘要，令牌只在生成时显示一次。',
  name: '账号', role: '角色', state: '状态', password: '密码', tokens: '令牌', last_use: '最近使用', created: '建立', action: '操作',
  active: '可用', disabled: '已停用', has_password: '已设', no_password: '未设', never: '从未', no_end: '长期', ended: '已过期', revoked: '已作废',
  add: '新建账号', add_now: '建立并生成令牌', note: '用途', note_hint: '如：QGIS、办公电脑', days: '有效期（天）', days_hint: '0 为长期有效',
  edit: '修改', disable: '停用', enable: '启用', new_token: '新令牌', revoke: '作废',
  set_password: '设置密码', password_hint: '12 到 256 个字符；原密码登录的会话随即结束',
  secret_title: '{name} 的令牌', secret_text: '请现在复制并交给本人。关闭后无法再次查看，只能重新生成。', copy: '复制', copied: '已复制', close: '我已保存',
  until: '至 {date}', save: '保存', cancel: '取消', saved: '已保存', count: '{n} 个账号',
  disable_sure: '停用 {name}？其会话和令牌立即失效。', revoke_sure: '作废 {name} 的令牌 {id}？用它登录的会话立即结束。',
}

const en: Record<keyof typeof zh, string> = {
  lead: 'Who may sign in and what they see. Passwords and tokens are kept as hashes; a token is shown only when it is made.',
  name: 'Account', role: 'Role', state: 'State', password: 'Password', tokens: 'Tokens', last_use: 'Last use', created: 'Created', action: 'Action',
  active: 'Active', disabled: 'Disabled', has_password: 'Set', no_password: 'None', never: 'Never', no_end: 'No end', ended: 'Expired', revoked: 'Revoked',
  add: 'New account', add_now: 'Add and make a token', note: 'For', note_hint: 'such as QGIS, office computer', days: 'Valid for (days)', days_hint: '0: it does not expire',
  edit: 'Edit', disable: 'Disable', enable: 'Enable', new_token: 'New token', revoke: 'Revoke',
  set_password: 'Set a password', password_hint: '12 to 256 characters; sessions signed in with the old one end',
  secret_title: 'Token of {name}', secret_text: 'Copy it now and hand it over. Once closed it cannot be seen again, only made anew.', copy: 'Copy', copied: 'Copied', close: 'I kept it',
  until: 'until {date}', save: 'Save', cancel: 'Cancel', saved: 'Saved', count: '{n} accounts',
  disable_sure: 'Disable {name}? Its sessions and tokens end at once.', revoke_sure: 'Revoke token {id} of {name}? Sessions signed in with it end at once.',
}

export const t = sentences(zh, en)
