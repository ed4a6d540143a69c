package scoring

// ControlRules are the control indicators of industrial projects (工业项目建设用地控制指标).
type ControlRules struct{}

func (c *checker) control() {}
