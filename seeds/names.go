package seeds

// trade is a kind of business with its industry code (GB/T 4754-2017), its share of firms and how it names itself.
type trade struct {
	industry string
	group    group
	share    int
	name     string
	tcePer   float64 // tonnes of standard coal per 万元 of output
}

// group is an industry group of the plan.
type group int

const (
	textiles group = iota // 纺织鞋服: 17, 18, 195
	electronics
	machinery
	foodMedicine
	otherIndustry
	services // logistics and research; no industrial output
)

var trades = []trade{
	{"1951", textiles, 14, "鞋业", 0.12},
	{"1953", textiles, 8, "鞋塑", 0.165},
	{"1954", textiles, 4, "橡胶鞋材", 0.195},
	{"1959", textiles, 5, "运动鞋服", 0.112},
	{"1811", textiles, 12, "运动服饰", 0.09},
	{"1819", textiles, 10, "服装", 0.09},
	{"1821", textiles, 8, "针织服饰", 0.105},
	{"1830", textiles, 5, "服装辅料", 0.112},
	{"1751", textiles, 6, "化纤织造", 0.255},
	{"1713", textiles, 5, "染整", 0.435},
	{"1781", textiles, 4, "非织造布", 0.232},
	{"1711", textiles, 3, "纺纱", 0.285},
	{"3932", electronics, 4, "卫星接收设备", 0.06},
	{"3922", electronics, 2, "通信设备", 0.06},
	{"3971", electronics, 2, "显示器件", 0.082},
	{"3982", electronics, 2, "电子电路", 0.105},
	{"3551", machinery, 3, "纺织机械", 0.097},
	{"3441", machinery, 2, "泵业", 0.097},
	{"3670", machinery, 3, "汽车配件", 0.105},
	{"3823", machinery, 2, "配电设备", 0.082},
	{"3424", machinery, 2, "石材机械", 0.105},
	{"1461", foodMedicine, 2, "调味食品", 0.128},
	{"1411", foodMedicine, 3, "烘焙食品", 0.135},
	{"2740", foodMedicine, 2, "中成药", 0.12},
	{"1529", foodMedicine, 1, "饮料", 0.15},
	{"2929", otherIndustry, 3, "塑料制品", 0.225},
	{"2231", otherIndustry, 3, "纸箱包装", 0.21},
	{"3032", otherIndustry, 1, "石材", 0.255},
	{"2641", otherIndustry, 1, "水性涂料", 0.18},
}

var (
	brandFirst  = []string{"云", "禾", "青", "岚", "沐", "朗", "知", "景", "川", "岩", "松", "竹", "砚", "榕", "桐", "鹭", "舟", "溪", "辰", "牧"}
	brandSecond = []string{"屿", "泽", "桥", "原", "帆", "杉", "柏", "澄", "湾", "谷", "麓", "汀", "陌", "庭", "澜", "野", "朔", "序", "弦", "彤", "棠"}
)

// firmName makes a name that says it is a demonstration: 演示 and two characters that no two serial numbers below 420 share.
func firmName(serial int, trade string) string {
	a := serial % len(brandFirst)
	b := (serial/len(brandFirst) + 7*a) % len(brandSecond)
	return "泉州演示" + brandFirst[a] + brandSecond[b] + trade + "有限公司"
}

// tradeOf draws a trade of a group by its share of firms.
func tradeOf(d *dice, g group) trade {
	total := 0
	for _, t := range trades {
		if t.group == g {
			total += t.share
		}
	}
	n := d.intn(total)
	for _, t := range trades {
		if t.group != g {
			continue
		}
		if n -= t.share; n < 0 {
			return t
		}
	}
	panic("seeds: no trade in the group")
}
