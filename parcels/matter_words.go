package parcels

// ActTitles names the acts of matters in Chinese, StateTitles their states; those with En do so in English.
var (
	ActTitles = map[string]string{
		ActOpen: "立案", ActWarn: "预警", ActRectify: "限期整改", ActExtend: "延长整改期限", ActReview: "复核", ActAgree: "达成协议", ActFinish: "办结", ActWithdraw: "撤销",
		ActDraft: "形成草稿", ActNotice: "公示", ActObject: "提出异议", ActUphold: "异议成立", ActReject: "异议不成立", ActRedraft: "更正后重新形成草稿",
		ActFinalise: "定稿公布",
	}
	StateTitles = map[string]string{
		CaseOpened: "已立案", CaseWarned: "已预警", CaseRectifying: "整改中", CaseReview: "复核中", CaseAgreed: "已达成协议", CaseDone: "已办结",
		Withdrawn: "已撤销", RunDraft: "草稿", RunNotice: "公示中", RunFinal: "已公布",
	}
	ActTitlesEn = map[string]string{
		ActOpen: "Opened", ActWarn: "Warning", ActRectify: "Time to rectify", ActExtend: "Time extended", ActReview: "Review", ActAgree: "Agreement",
		ActFinish: "Closed", ActWithdraw: "Withdrawal", ActDraft: "Draft", ActNotice: "Public notice", ActObject: "Objection",
		ActUphold: "Objection upheld", ActReject: "Objection rejected", ActRedraft: "Corrected draft", ActFinalise: "Published as final",
	}
	StateTitlesEn = map[string]string{
		CaseOpened: "Opened", CaseWarned: "Warned", CaseRectifying: "Rectifying", CaseReview: "Under review", CaseAgreed: "Agreed", CaseDone: "Closed",
		Withdrawn: "Withdrawn", RunDraft: "Draft", RunNotice: "On public notice", RunFinal: "Published",
	}
)

func stateTitle(state string) string {
	if state == "" {
		return "未立"
	}
	return StateTitles[state]
}
