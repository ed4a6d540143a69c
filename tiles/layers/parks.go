package layers

import "muchan/parcels"

var parkFields = getters[parcels.Park]{
	"code":       func(p *parcels.Park) cell { return text(p.Code) },
	"name":       func(p *parcels.Park) cell { return text(p.Name) },
	"name_en":    func(p *parcels.Park) cell { return text(p.NameEn) },
	"definition": func(p *parcels.Park) cell { return text(p.Definition) },
	"area_km2": func(p *parcels.Park) cell {
		m2, ok := p.AreaM2.Get()
		return cell{number: m2 / 1e6, present: ok}
	},
}
