import { sentences } from '@/i18n'

export const t = sentences(
  {
    lead: '每项参数附出处与核实情况', used: '使用中', other: '未使用', none: '没有规则集', verified: '已核实', unverified: '未核实', from: '生效', to: '失效', open_end: '至今', area: '适用园区', any_area: '任何园区', authority: '发布机关', document: '文号', source: '出处', and: '、', between: '；', id: '标识', hash: '指纹', places: '本年度用于', unstated: '未见',
    read: '条文表', text: '原文', diff: '对比', against: '对比对象', choose: '选择另一规则集', only_here: '仅左侧', only_there: '仅右侧', parameter: '参数', left: '本方案 {id}', right: '对比方案 {id}', unreadable: '其中一份文本已不能按现行格式读取，只比较文本', history: '历次文本', history_hint: '选择较早与较新的两份文本，对比其参数和文本。', history_one: '只有一份文本，没有更早的。', shipped: '随程序提供', added: '录入启用', run_used: '评价曾用，未启用', in_force: '现行', when: '时间', how: '来源', who: '录入人', older: '较早', newer: '较新', validity: '有效期', same: '两者没有差别', structured: '参数差别', lines: '文本差别', cut: '文本过长，不作逐行对比',
    add: '录入新文本', add_hint: '粘贴 YAML 全文。通过检查后立即启用；同一标识的旧规则由它取代，旧文本仍保留。', add_diff: '与现行文本对比', check: '检查并启用', cancel: '取消', refused: '规则集有误', at_line: '第 {n} 行', accepted: '已启用 {id}', value: '值', item: '项',
  },
  {
    lead: 'Every parameter with its source and whether it was verified', used: 'In use', other: 'Not in use', none: 'No rule sets', verified: 'verified', unverified: 'not verified', from: 'Valid from', to: 'Valid to', open_end: 'now', area: 'Parks', any_area: 'any', authority: 'Authority', document: 'Document', source: 'Source', and: ', ', between: '; ', id: 'ID', hash: 'Hash', places: 'Used this year for', unstated: 'not seen',
    read: 'Readable', text: 'Text', diff: 'Compare', against: 'Compare with', choose: 'Choose another set', only_here: 'left only', only_there: 'right only', parameter: 'Parameter', left: 'This set, {id}', right: 'The other, {id}', unreadable: 'One of the texts cannot be read in today’s form; only the lines are compared', history: 'Earlier texts', history_hint: 'Choose an earlier and a later text to compare their parameters and lines.', history_one: 'There is one text and none before it.', shipped: 'shipped with the program', added: 'added', run_used: 'used by a run, never in force', in_force: 'in force', when: 'When', how: 'Origin', who: 'By', older: 'Earlier', newer: 'Later', validity: 'Valid', same: 'They do not differ', structured: 'Parameters that differ', lines: 'Lines that differ', cut: 'The texts are too long to compare line by line',
    add: 'New text', add_hint: 'Paste the whole YAML. What passes the checks is in force at once; it replaces the set with its ID, whose text is kept.', add_diff: 'Compared with the text in force', check: 'Check and put in force', cancel: 'Cancel', refused: 'The rule set is wrong', at_line: 'line {n}', accepted: '{id} is in force', value: 'Value', item: 'Item',
  },
)
